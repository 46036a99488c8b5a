"""On which days the sessions of an activity are planned: in the words of its form, by the schedule's own rules."""

from __future__ import annotations

import pytest

from baixing.kernel.refusals import NotNow, Unfit
from baixing.programme import actions
from baixing.programme.forms.sessions import SessionsForm
from tests.programme.stage import again, draft, sessions, sitting
from tests.town import NINE, Town


def days(town: Town, **said: str) -> list[str]:
    """From the second Tuesday of March 2026."""
    form = SessionsForm({"first": "2026-03-10", "starts": "19:00", "ends": "21:00", "repeat": "weekly", **said})
    assert form.is_valid(), form.errors
    return [f"{start:%m-%d}" for start, _end in form.sitting(town.station).times]


@pytest.mark.parametrize(
    ("repeat", "until", "found"),
    [
        ("once", "", "03-10"),
        ("weekly", "2026-03-31", "03-10 03-17 03-24 03-31"),
        ("fortnightly", "2026-04-07", "03-10 03-24 04-07"),
        ("monthly", "2026-06-30", "03-10 04-14 05-12 06-09"),
        ("daily", "2026-03-13", "03-10 03-11 03-12 03-13"),
        ("workdays", "2026-03-17", "03-10 03-11 03-12 03-13 03-16 03-17"),
    ],
)
def test_days(town: Town, repeat: str, until: str, found: str) -> None:
    assert days(town, repeat=repeat, until=until) == found.split()


def test_exceptions_go_and_days_by_hand_come(town: Town) -> None:
    found = days(town, until="2026-03-31", but="2026-03-17", also="2026-03-18 2026-03-24")

    assert found == ["03-10", "03-18", "03-24", "03-31"]


def test_without_an_end_and_without_a_day_nothing_is_planned(town: Town) -> None:
    endless = SessionsForm({"first": "2026-03-10", "starts": "19:00", "ends": "21:00", "repeat": "weekly"})

    assert list(endless.errors) == ["until"]
    with pytest.raises(Unfit):
        days(town, until="2026-03-16", but="2026-03-10")


def test_many_sessions_are_planned_at_once_or_none(town: Town) -> None:
    activity = draft(town)

    with pytest.raises(Unfit):
        actions.add_sessions(again(activity), sitting(town, *range(1, 62)), by=town.zhou, at=NINE)
    with pytest.raises(NotNow):
        actions.add_sessions(again(activity), sitting(town, 1, -9), by=town.zhou, at=NINE)
    with pytest.raises(Unfit):
        actions.add_sessions(again(activity), sitting(town, 1, 2, seats=-1), by=town.zhou, at=NINE)

    assert len(sessions(activity)) == 1
