from __future__ import annotations

from pathlib import Path

import pytest

from tools import drill

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = "# What holds\n\n| drill | fault |\n| --- | --- |\n"


def outcome(lost: int) -> drill.Found:
    return {"SQLite": {"figures": {"orders lost": lost}, "control": {"orders lost": 7}, "kept": True, "caught": True}}


def made(name: str) -> drill.Drill:
    return drill.Drill(name, f"{name} fails.", "nothing is lost.", "unguarded.", "tests/x.py", ("SQLite",))


@pytest.mark.parametrize("one", drill.drills().values(), ids=lambda one: one.name)
def test_every_drill_says_what_it_is_and_has_a_short_form(one: drill.Drill) -> None:
    assert all([one.fault, one.promise, one.control])
    assert (ROOT / one.test.split("::")[0]).exists()


def test_a_drill_made_again_replaces_its_own_figures_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(HEAD)
    monkeypatch.setattr(drill, "PAGE", page)
    drill.write(made("disk"), outcome(1))
    drill.write(made("clock"), outcome(2))
    first = page.read_text()

    drill.write(made("disk"), outcome(0))

    assert first.count("| orders lost | 1 |") == 1
    assert page.read_text() == first.replace("1 orders lost", "0 orders lost").replace("lost | 1 |", "lost | 0 |")
