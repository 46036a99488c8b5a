"""THREATS.md claims nothing that no test proves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.threats.claims import PAGE, ROOT, claims, is_drill, is_test

ATTACKS: Final = {f"A{number}" for number in range(1, 46)}
LOCKS: Final = sorted((ROOT / "requirements").glob("*.lock"))


def test_every_claim_names_tests_that_exist() -> None:
    missing = {claim.name: [test for test in claim.tests if not is_test(test)] for claim in claims()}

    assert {name: tests for name, tests in missing.items() if tests} == {}


def test_every_claim_has_a_proof_or_says_why_not_yet() -> None:
    assert [claim.name for claim in claims() if not claim.tests and not claim.later] == []


def test_every_drill_that_is_named_exists() -> None:
    assert [name for claim in claims() for name in claim.drills if not is_drill(name)] == []


def test_every_attack_has_a_row_and_no_row_stands_twice() -> None:
    names = [claim.name for claim in claims()]

    assert set(names) >= ATTACKS
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_whatever_is_named_on_the_page_is_read_from_its_rows() -> None:
    """Or a row that is written otherwise would never be looked at."""
    named = set(re.findall(r"tests/[\w/]+\.py::\w+", PAGE.read_text()))

    assert {name for name in named if not is_test(name)} == set()
    assert len(claims()) == len(re.findall(r"^\| \w*\d", PAGE.read_text(), re.MULTILINE))


@pytest.mark.parametrize(
    "name",
    [
        "tests/threats/test_register.py::test_that_nobody_wrote",
        "tests/threats/no_such_file.py::test_every_claim_names_tests_that_exist",
        "tests/threats/claims.py::claims",
    ],
)
def test_a_test_that_is_not_there_is_missed(name: str) -> None:
    assert not is_test(name)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_library_is_pinned_by_its_digest(lock: Path) -> None:
    text = lock.read_text()
    parts = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]

    assert parts
    assert [part.split()[0] for part in parts if "--hash=sha256:" not in part] == []
