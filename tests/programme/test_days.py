"""What is held again and again, with its exceptions, as RFC 5545 counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baixing.kernel.calendar import is_workday
from baixing.kernel.refusals import NotNow, Unfit
from baixing.programme import actions
from baixing.programme.rules.days import Repeat, days_of, rule_of
from tests.programme.stage import again, draft, sessions, sitting
from tests.town import NINE, Town

FIRST = date(2026, 3, 10)  # the second Tuesday of the month


def said(repeat: str, until: date, **more: list[date]) -> list[str]:
    return [f"{day:%m-%d}" for day in days_of(repeat, FIRST, until, **more)]


@pytest.mark.parametrize(
    ("repeat", "until", "days"),
    [
        ("once", date(2026, 5, 1), "03-10"),
        ("weekly", date(2026, 3, 31), "03-10 03-17 03-24 03-31"),
        ("fortnightly", date(2026, 4, 7), "03-10 03-24 04-07"),
        ("monthly", date(2026, 6, 30), "03-10 04-14 05-12 06-09"),
        ("daily", date(2026, 3, 13), "03-10 03-11 03-12 03-13"),
        ("workdays", date(2026, 3, 17), "03-10 03-11 03-12 03-13 03-16 03-17"),
    ],
)
def test_days(repeat: str, until: date, days: str) -> None:
    assert said(repeat, until) == days.split()


def test_exceptions_go_and_days_by_hand_come() -> None:
    days = said("weekly", date(2026, 3, 31), but=[date(2026, 3, 17)], also=[date(2026, 3, 18), date(2026, 3, 24)])

    assert days == ["03-10", "03-18", "03-24", "03-31"]


def test_the_fifth_weekday_of_a_month_is_its_last() -> None:
    days = days_of("monthly", date(2026, 3, 31), date(2026, 6, 30))

    assert rule_of("monthly", date(2026, 3, 31), date(2026, 6, 30)) == "FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20260630"
    assert [f"{day:%m-%d}" for day in days] == ["03-31", "04-28", "05-26", "06-30"]


@given(
    repeat=st.sampled_from(Repeat.values),
    first=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    length=st.integers(0, 366),
)
def test_no_day_lies_outside_or_comes_twice(repeat: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)

    days = days_of(repeat, first, last)

    assert days == sorted(set(days))
    assert all(first <= day <= last for day in days)
    assert repeat != "workdays" or all(map(is_workday, days))


def test_many_sessions_are_planned_at_once_or_none(town: Town) -> None:
    activity = draft(town)

    with pytest.raises(Unfit):
        actions.add_sessions(again(activity), sitting(town, *range(1, 62)), by=town.zhou, at=NINE)
    with pytest.raises(NotNow):
        actions.add_sessions(again(activity), sitting(town, 1, -9), by=town.zhou, at=NINE)
    with pytest.raises(Unfit):
        actions.add_sessions(again(activity), sitting(town, 1, 2, seats=-1), by=town.zhou, at=NINE)

    assert len(sessions(activity)) == 1
