"""A file of the ledger is checked without our server, by our command and by forty lines that know none of ours."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from baixing.hours import actions
from baixing.hours.queries import exports
from baixing.hours.rules.ledger import faults
from baixing.teams.models import Volunteer
from tests.hours.independent import verify
from tests.hours.stage import AFTER, credited, helped
from tests.town import Town

APRIL = AFTER + timedelta(days=30)


def ledger(town: Town) -> dict[str, Any]:
    """Two volunteers; a line that was taken back and put right; one month published."""
    first = credited(helped(town, town.luo), town.luo, town)
    credited(helped(town, town.min), town.min, town)
    correction = actions.ask_correction(first, minutes=90, words="早走了", by=town.zhou, at=AFTER)
    actions.agree_correction(correction, by=town.wu, at=AFTER)
    actions.publish_roots(at=APRIL)
    told: dict[str, Any] = json.loads(json.dumps(exports.whole_ledger(APRIL)))
    return told


def test_what_leaves_holds_for_both(town: Town) -> None:
    whole = ledger(town)
    own = json.loads(json.dumps(exports.own_ledger(Volunteer.objects.get(person=town.luo), APRIL)))

    assert [list(faults(file)) for file in (whole, own)] == [[], []]
    assert [verify(file) for file in (whole, own)] == [[], []]
    assert [one["total"] for one in whole["volunteers"]] == [90, 120]
    assert len(own["proofs"]) == 1


def changed(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:  # noqa: ANN401
    """The file with each of its values changed, one at a time: by one letter, by one."""
    if isinstance(told, dict | list):
        pairs = told.items() if isinstance(told, dict) else enumerate(told)
        for name, value in pairs:
            for where, other in changed(value, (*path, name)):
                copy = dict(told) if isinstance(told, dict) else list(told)
                copy[name] = other
                yield where, copy
    elif isinstance(told, bool):
        yield path, not told
    elif isinstance(told, int):
        yield path, told + 1
    elif isinstance(told, str) and told:
        yield path, ("0" if told[0] != "0" else "1") + told[1:]


def test_whatever_is_altered_in_the_lines_is_found_and_said_where(town: Town) -> None:
    told = ledger(town)
    first, counted = told["volunteers"][0]["number"], 0

    for path, other in changed(told):
        if path[0] not in {"volunteers", "roots"} or path[-1] in {"month", "volunteers", "entries"}:
            continue
        counted += 1
        found = list(faults(other))
        assert found, path
        assert verify(other), path
        if path[:2] == ("volunteers", 0) and path[2] == "entries":
            assert any(first in fault or "ledger is" in fault for fault in found), (path, found)

    assert counted > 60


def test_a_line_that_is_left_out_or_put_in_is_found(town: Town) -> None:
    told = ledger(town)
    lines = told["volunteers"][0]["entries"]

    told["volunteers"][0]["entries"] = lines[:-1]
    assert any("add up" in fault for fault in faults(told))
    told["volunteers"][0]["entries"] = lines[1:]
    assert any("line 1: a line is missing" in fault for fault in faults(told))
    told["volunteers"][0]["entries"] = [*lines, lines[0]]
    assert any("line 4" in fault for fault in faults(told))
    del told["volunteers"][0]
    assert any("The root of 2026-03" in fault for fault in faults(told))


def run(file: Path, folder: Path) -> tuple[int, str]:
    """With no setting and no database, in an empty folder."""
    command = [str(Path(sys.executable).parent / "baixing"), "verify-ledger", str(file)]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_the_command_needs_nothing_but_the_file(town: Town, tmp_path: Path) -> None:
    told = ledger(town)
    file = tmp_path / "ledger.json"
    file.write_text(json.dumps(told), "utf-8")
    assert run(file, tmp_path) == (0, "All holds: 2 volunteers, 4 entries, 210 minutes.\n")

    file.write_bytes(file.read_bytes().replace(b'"minutes": 90', b'"minutes": 91', 1))
    code, words = run(file, tmp_path)

    assert (code, f"{told['volunteers'][0]['number']}, line 3: the line was changed." in words) == (1, True)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": "x", "version": 1}', '{"format":"baixing-ledger"}', "9" * 5000, "[" * 100_000],
)
def test_what_is_no_ledger_is_said_in_a_sentence(text: str, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text(text)

    code, words = run(file, tmp_path)

    assert (code, "Traceback" in words, bool(words.strip())) == (1, False, True)
    assert run(tmp_path / "none.json", tmp_path)[0] == 2


def test_a_digest_is_that_of_the_text_in_the_document(town: Town) -> None:
    """docs/ledger.md shows one line and its digest: whoever writes a program of their own begins with it."""
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")
    text = page.partition("```canonical\n")[2].partition("\n```")[0]
    shown = page.partition("```digest\n")[2].partition("\n```")[0]

    assert hashlib.sha256(text.encode()).hexdigest() == shown
    assert town.luo
