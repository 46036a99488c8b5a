from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baixing.kernel.calendar import (
    DEFAULT,
    LOCAL,
    Hours,
    Span,
    add_working,
    is_workday,
    working_between,
)

MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2031, 1, 1)).map(lambda naive: naive.replace(tzinfo=LOCAL))  # noqa: DTZ001 - aware one step later
ALL_DAY = Hours(time(8), time(12), time(12), time(20))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # a Friday
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-01-01", False),  # New Year
        ("2026-01-04", True),  # a Sunday made up for the Friday after New Year
        ("2026-02-14", True),  # a Saturday made up for Spring Festival
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-05-04", False),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-01", False),  # National Day
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2011-12-31", True),  # made up for a day of the next year
    ],
)
def test_days_off_and_make_up_days_are_known(day: str, works: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "works"),
    [("2150-01-01", False), ("2150-05-01", False), ("2150-10-02", False), ("2150-10-05", True), ("2150-10-10", False)],
)
def test_a_year_that_nobody_knows_has_its_fixed_days_off(day: str, works: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 09:00", 2, "2026-11-24 11:00"),
        ("2026-11-24 11:00", 2, "2026-11-24 15:30"),  # over the noon break
        ("2026-11-24 13:00", 1, "2026-11-24 15:30"),  # from within it
        ("2026-11-24 17:00", 2, "2026-11-25 09:30"),
        ("2026-11-24 06:00", 1, "2026-11-24 09:30"),
        ("2026-11-27 17:30", 1, "2026-11-30 09:00"),  # over a weekend
        ("2026-02-14 17:00", 2, "2026-02-24 09:30"),  # over Spring Festival, from a Saturday made up
        ("2026-09-30 17:00", 8, "2026-10-08 18:00"),
        ("2026-12-31 17:00", 2, "2027-01-04 09:30"),  # over New Year
        ("2026-11-24 11:00", 1, "2026-11-24 12:00"),
    ],
)
def test_working_hours_run_while_the_office_is_open(start: str, hours: float, end: str) -> None:
    assert add_working(at(start), hours=hours) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-24 10:00", 1, "2026-11-25 10:00"),
        ("2026-11-27 17:00", 1, "2026-11-30 17:00"),
        ("2026-11-28 10:00", 1, "2026-12-01 08:30"),  # a Saturday's day begins on Monday
        ("2026-11-24 13:00", 1, "2026-11-25 14:30"),
        ("2026-11-24 22:00", 2, "2026-11-27 08:30"),
        ("2026-02-13 10:00", 2, "2026-02-24 10:00"),  # the Saturday made up counts, Spring Festival does not
        ("2026-09-30 10:00", 2, "2026-10-09 10:00"),
        ("2026-12-31 10:00", 1, "2027-01-04 10:00"),
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
    ],
)
def test_working_days_end_at_the_same_time_of_day(start: str, days: int, end: str) -> None:
    assert add_working(at(start), days=days) == at(end)


def test_an_office_without_a_noon_break_goes_on() -> None:
    assert add_working(at("2026-11-24 11:00"), hours=2, hours_of=ALL_DAY) == at("2026-11-24 13:00")


def test_an_office_that_never_opens_is_no_office() -> None:
    with pytest.raises(ValueError, match="open"):
        Hours(time(18), time(12), time(14), time(9))


@given(
    start=MOMENTS,
    later=st.timedeltas(timedelta(), timedelta(days=40)),
    days=st.integers(0, 9),
    hours=st.integers(0, 40),
)
def test_who_starts_later_is_never_due_earlier(start: datetime, later: timedelta, days: int, hours: int) -> None:
    due = add_working(start, days=days, hours=hours)

    assert start <= due <= add_working(start + later, days=days, hours=hours)


@given(start=MOMENTS, days=st.integers(0, 9), hours=st.floats(0, 40))
def test_what_is_due_is_due_while_the_office_is_open(start: datetime, days: int, hours: float) -> None:
    due = add_working(start, days=days, hours=hours)

    assert is_workday(due.date())
    assert any(opens <= due <= closes for opens, closes in DEFAULT.stretches(due.date()))


@given(start=MOMENTS, hours=st.integers(0, 60))
def test_hours_added_are_hours_between(start: datetime, hours: int) -> None:
    assert working_between(start, add_working(start, hours=hours)) == timedelta(hours=hours)


def test_nothing_lies_between_a_moment_and_an_earlier_one() -> None:
    assert working_between(at("2026-11-25 10:00"), at("2026-11-24 10:00")) == timedelta()


@pytest.mark.parametrize(
    ("span", "end"),
    [
        ("2h", "2026-12-31 19:00"),
        ("24h", "2027-01-01 17:00"),
        ("7d", "2027-01-07 17:00"),
        ("1wd", "2027-01-04 17:00"),
        ("8wh", "2027-01-04 18:00"),
    ],
)
def test_spans_over_new_year(span: str, end: str) -> None:
    start = at("2026-12-31 17:00")

    due = Span.parse(span).after(start)

    assert str(Span.parse(span)) == span
    assert (due, due.tzinfo) == (at(end), LOCAL)


@pytest.mark.parametrize("text", ["", "2", "h", "-1h", "2w", "2 h", "1.5h", "99999h", "２h"])
def test_a_span_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span.parse(text)
