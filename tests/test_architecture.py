"""The house rules a machine can check and no linter does."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "baixing"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, USUAL_FUNCTION = 300, 40, 80, 8
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("*.html"))


@cache  # several rules ask for the same, and reading all files takes seconds
def nodes(path: Path) -> tuple[Function | ast.Call, ...]:
    return tuple(node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, Function | ast.Call))


def functions(path: Path) -> list[Function]:
    return [node for node in nodes(path) if isinstance(node, Function)]


def calls(path: Path) -> list[ast.Call]:
    return [node for node in nodes(path) if isinstance(node, ast.Call)]


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def saying(pattern: str, paths: list[Path]) -> list[str]:
    """Where the text stands: file:line."""
    wanted = re.compile(pattern, re.IGNORECASE)
    lines = ((path, number, line) for path in paths for number, line in enumerate(path.open(), start=1))
    return [f"{name(path)}:{number}" for path, number, line in lines if wanted.search(line)]


def test_files_and_functions_are_short() -> None:
    paths = modules("baixing", "drills", "tests", "tools")
    long = [(path, one) for path in paths for one in functions(path) if length(one) > LONGEST_FUNCTION]

    assert [name(path) for path in paths if len(path.read_text().splitlines()) > LONGEST_FILE] == []
    assert [f"{name(path)}: {one.name}" for path, one in long] == []


def test_half_of_the_functions_are_under_eight_lines() -> None:
    lengths = [length(function) for path in modules("baixing") for function in functions(path)]

    assert median(lengths) < USUAL_FUNCTION


def test_tests_are_at_most_25_lines() -> None:
    tests = [(path, one) for path in modules("tests") for one in functions(path) if one.name.startswith("test_")]

    assert [f"{name(path)}: {one.name}" for path, one in tests if length(one) > 25] == []


def test_templates_are_short() -> None:
    assert [name(path) for path in templates() if len(path.read_text().splitlines()) > LONGEST_TEMPLATE] == []


def test_templates_have_no_style_or_script_of_their_own() -> None:
    inline = r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:"

    assert saying(inline, templates()) == []


def test_nothing_is_marked_safe() -> None:
    unsafe = r"\|\s*safe\b|autoescape off"

    assert saying(unsafe, templates()) == []
    assert saying(r"\bmark_safe\(", modules("baixing")) == []


def test_save_names_its_fields() -> None:
    unnamed = [
        f"{name(path)}:{call.lineno}"
        for path in modules("baixing")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "save"
        if not call.args  # a file's: what is saved into it has a name
        if not {"update_fields", "force_insert"} & {keyword.arg for keyword in call.keywords}  # a new row is whole
    ]

    assert unnamed == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "services", "service", "managers", "common", "misc", "signals"}

    assert [name(path) for path in modules("baixing") if path.stem in drawers] == []


def test_people_are_signed_in_at_one_place() -> None:
    elsewhere = [path for path in modules("baixing") if name(path) != "baixing/people/sessions/__init__.py"]

    assert saying(r"auth(\.| import .*\b)log(in|out)\b(?!_)", elsewhere) == []


def test_only_faces_and_the_calendar_ask_the_clock() -> None:
    faces = {"views", "api", "admin", "commands", "sessions", "calendar", "demo", "templatetags"}
    others = [path for path in modules("baixing") if not faces & {path.stem, *path.parts}]

    assert saying(r"timezone\.now\(|datetime\.now\(|\.today\(\)|localdate\(\)", others) == []


def test_state_is_never_assigned() -> None:
    assert saying(r"\.state [=] ", modules("baixing", "drills", "tests")) == []


def test_commands_of_the_readme_exist() -> None:
    said = {word for page in ROOT.glob("README*.md") for word in re.findall(r"`\./run ([a-z]+)", page.read_text())}

    assert said <= set(re.findall(r"^    ([a-z]+)\) ", (ROOT / "run").read_text(), re.MULTILINE))
