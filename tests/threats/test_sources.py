"""What stands in no source of ours, whatever it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[2] / "baixing"
SOURCES: Final = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
RUNS_TEXT: Final = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.loads", "yaml.load"}
OPENS: Final = {"urllib.request", "requests", "httpx", "socket", "aiohttp", "ftplib", "telnetlib"}
STATEMENTS: Final = {
    *("operations/queries/installation.py", "operations/actions/keeping.py", "people/actions/turns.py"),
    *("operations/actions/measuring.py", "schedule/actions/seats.py"),
    "demo/actions/years/tables.py",
}
OVER_TABLES: Final = ("kernel/", "operations/", "demo/")  # which name tables of ours, and see nothing that was typed
TELLS: Final = {"notices/channels/mail.py", "notices/channels/web.py"}  # what speaks to the outside


@cache
def _tree(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in _tree(path):
        if isinstance(node, ast.Call):
            yield _called(node.func), node


def _called(function: ast.expr) -> str:
    """`a.b` for a name and what is asked of it; the last name alone after anything longer."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute):
        first = f"{function.value.id}." if isinstance(function.value, ast.Name) else ""
        return f"{first}{function.attr}"
    return ""


def _imports(path: Path) -> Iterator[str]:
    for node in _tree(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_no_source_runs_text() -> None:
    found = [
        (_name(path), name)
        for path in SOURCES
        for name, call in _calls(path)
        if name in RUNS_TEXT or any(word.arg == "shell" for word in call.keywords)
    ]

    assert found == []


def test_no_question_to_the_database_is_made_of_what_somebody_typed() -> None:
    """Django's own ways of asking. Statements of ours stand in few places, and are no text that is put together."""
    found = [
        (_name(path), call)
        for path in SOURCES
        for name, call in _calls(path)
        if name.rpartition(".")[2] in {"raw", "extra", "RawSQL", "execute", "executemany"}
    ]
    joined = [name for name, call in found if any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in call.args)]

    assert {name for name, _call in found if not name.startswith("kernel/")} == STATEMENTS
    assert [name for name in joined if not name.startswith(OVER_TABLES)] == []


def test_no_order_and_no_filter_is_taken_from_a_request() -> None:
    """The words of an address choose among what the source names; they never name a column."""
    found = [
        (_name(path), name)
        for path in SOURCES
        for name, call in _calls(path)
        if name.rpartition(".")[2] == "order_by" and any(_is_asked(part) for arg in call.args for part in ast.walk(arg))
    ]
    spread = [
        (_name(path), name)
        for path in SOURCES
        for name, call in _calls(path)
        if name.rpartition(".")[2] in {"filter", "exclude"}
        and any(word.arg is None and any(_is_asked(part) for part in ast.walk(word.value)) for word in call.keywords)
    ]

    assert (found, spread) == ([], [])


def _is_asked(part: ast.AST) -> bool:
    if isinstance(part, ast.Attribute):
        return part.attr in {"GET", "POST", "cleaned_data"}
    return isinstance(part, ast.Name) and part.id in {"request", "typed"}


def test_what_must_not_be_guessed_is_not_drawn_by_random() -> None:
    """The demo's dice are a seed's, so that it is the same each time."""
    drawn = {_name(path) for path in SOURCES if "random" in set(_imports(path))}

    assert {name.partition("/")[0] for name in drawn} <= {"demo"}


def test_one_place_speaks_to_the_outside() -> None:
    """What it may be told to call is another test's: providers of the settings, push services on a list."""
    opens = {_name(path) for path in SOURCES if OPENS & set(_imports(path))}

    assert opens <= TELLS
