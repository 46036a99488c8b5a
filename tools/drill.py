"""`./run drill` lists the drills, `./run drill NAME …` makes them, `./run drill all` makes all.

Each drill's figures go to docs/reliability.md, into its line of the table and into its own part.
"""

from __future__ import annotations

import ast
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER, PAGE = ROOT / "drills", ROOT / "docs" / "reliability.md"
DATABASES = ("SQLite", "PostgreSQL")
PARTS = re.compile(
    r"^(Fault|Promise|Control|Test): (.+?)(?=^(?:Fault|Promise|Control|Test): |\Z)", re.MULTILINE | re.DOTALL
)
Found = dict[str, dict[str, Any]]  # database: outcome


@dataclass(frozen=True)
class Drill:
    name: str
    fault: str
    promise: str
    control: str
    test: str
    on: tuple[str, ...]


def drills() -> dict[str, Drill]:
    """Those there are, read without importing them: that would want a database."""
    return {path.stem: drill for path in sorted(FOLDER.glob("*.py")) if (drill := _read(path))}


def _read(path: Path) -> Drill | None:
    module = ast.parse(path.read_text())
    said = {name.lower(): " ".join(words.split()) for name, words in PARTS.findall(ast.get_docstring(module) or "")}
    if not said:
        return None
    on = DATABASES
    for node in module.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["ON"]:
            on = ast.literal_eval(node.value)
    return Drill(path.stem, said["fault"], said["promise"], said["control"], said["test"], on)


def main(names: list[str]) -> int:
    known = drills()
    if not names:
        for drill in known.values():
            print(f"{drill.name:<12} {drill.fault}")
        return 0
    wanted = list(known) if names == ["all"] else names
    if unknown := [name for name in wanted if name not in known]:
        print(f"There is no drill {', '.join(unknown)}. `./run drill` lists them.")
        return 2
    with tempfile.TemporaryDirectory(prefix="baixing-moulds-") as moulds:
        return max([_drill(known[name], moulds) for name in wanted])


def _drill(drill: Drill, moulds: str) -> int:
    found: Found = {}
    for database in drill.on:
        print(f"--- {drill.name} on {database}", flush=True)
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            run = [sys.executable, "-m", "drills", drill.name, database, "--to", file.name, "--moulds", moulds]
            subprocess.run(run, cwd=ROOT, check=False)
            text = Path(file.name).read_text()
        if not text:
            print(f"FAIL {drill.name} on {database}: it broke off")
            return 1
        found[database] = json.loads(text)
        print(f"    {json.dumps(found[database], ensure_ascii=False)}", flush=True)
    write(drill, found)
    holds = all(one["kept"] and one["caught"] for one in found.values())
    print(f"{'ok  ' if holds else 'FAIL'} {drill.name}", flush=True)
    return 0 if holds else 1


# --- the page ---


def write(drill: Drill, found: Found) -> None:
    """Put this run in the place of the one before; what other drills wrote stays."""
    page = PAGE.read_text()
    head, table, parts = _taken_apart(page)
    table[drill.name] = _line(drill, found)
    parts[drill.name] = _part(drill, found)
    lines = "\n".join(table[name] for name in sorted(table))
    blocks = "\n".join(parts[name] for name in sorted(parts))
    PAGE.write_text(f"{head}{lines}\n\n{blocks}")


def _taken_apart(page: str) -> tuple[str, dict[str, str], dict[str, str]]:
    lines = re.findall(r"^\| \[([a-z_]+)\]\(#.*\|$", page, re.MULTILINE)
    table = {name: line for name in lines for line in page.splitlines() if line.startswith(f"| [{name}](#")}
    parts = {
        part.splitlines()[0][3:]: part for part in re.findall(r"^## .+?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    }
    head = page[: page.index("| --- |")] + page[page.index("| --- |") :].splitlines()[0] + "\n"
    return head, table, {name: f"{part.rstrip()}\n" for name, part in parts.items()}


def _line(drill: Drill, found: Found) -> str:
    figures = next(iter(found.values()))["figures"]
    figure = ", ".join(f"{count} {words}" for words, count in list(figures.items())[:4])
    said = (f"[{drill.name}](#{drill.name})", drill.fault, drill.promise, figure, f"`{drill.test}`")
    return f"| {' | '.join(_cell(words) for words in said)} |"


def _part(drill: Drill, found: Found) -> str:
    names = list(found)
    head = [f"| | {' | '.join(names)} |", f"| --- |{' ---: |' * len(names)}"]
    return "\n".join(
        [
            f"## {drill.name}\n",
            f"**Fault.** {drill.fault} **Promise.** {drill.promise}\n",
            *head,
            *_rows(found, "figures"),
            f"\nControl: {drill.control}\n",
            *head,
            *_rows(found, "control"),
            f"\n{_machine()}. Short form: `{drill.test}`.\n",
        ]
    )


def _rows(found: Found, kind: str) -> list[str]:
    words = dict.fromkeys(words for one in found.values() for words in one[kind])
    return [
        f"| {_cell(said)} | {' | '.join(_cell(str(one[kind].get(said, '–'))) for one in found.values())} |"
        for said in words
    ]


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(platform.python_version_tuple()[:2])
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, Python {version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
