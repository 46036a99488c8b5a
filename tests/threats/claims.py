"""What THREATS.md claims, and whether the tests and drills that it names are there. Read, never imported."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "THREATS.md"
ROW: Final = re.compile(r"^\| ([A-Z]*\d[\w./, –-]*) \| (.+) \|$", re.MULTILINE)
NAMED: Final = re.compile(r"`(tests/[\w/]+\.py::\w+)`")
DRILLED: Final = re.compile(r"`\./run drill (\w+)`")
CHECKED: Final = re.compile(r"`\./run check`: (\w[\w ]+)")


@dataclass(frozen=True)
class Claim:
    """One row: what it is about, all its cells, and what proves it. `later`: the row says why it is not yet claimed."""

    name: str
    words: str
    tests: tuple[str, ...]
    drills: tuple[str, ...]
    later: bool


def claims() -> list[Claim]:
    return [
        Claim(name, words, tuple(NAMED.findall(words)), tuple(DRILLED.findall(words)), "not yet: " in words)
        for name, words in ROW.findall(PAGE.read_text())
    ]


def is_test(name: str) -> bool:
    """Is there such a function in such a file, and would it be collected?"""
    path, _, function = name.partition("::")
    return function.startswith("test_") and function in _functions(path)


def is_drill(name: str) -> bool:
    return (ROOT / "drills" / f"{name}.py").exists()


@cache
def _functions(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.exists() or not file.name.startswith("test_"):
        return frozenset()
    return frozenset(node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef))
