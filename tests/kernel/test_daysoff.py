from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from baixing.kernel import daysoff
from baixing.kernel.calendar import holiday, is_workday

DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(3 * 366)]


@pytest.fixture
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(daysoff, "FILE", daysoff.FILE.with_name("nothing"))
    _forget()
    yield
    _forget()


def _forget() -> None:
    daysoff._kept.cache_clear()
    daysoff.of.cache_clear()


@pytest.mark.usefixtures("_nothing_kept")
def test_what_was_kept_at_set_up_is_what_the_library_says(request: pytest.FixtureRequest) -> None:
    asked = [(is_workday(day), holiday(day)) for day in DAYS]
    request.getfixturevalue("monkeypatch").undo()
    _forget()

    assert daysoff.FILE.exists()
    assert [(is_workday(day), holiday(day)) for day in DAYS] == asked
    assert {name for _works, name in asked} >= {"春节", "国庆节", "中秋节"}
