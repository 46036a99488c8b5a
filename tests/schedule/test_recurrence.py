"""Bookings that repeat, by RFC 5545: each occurrence lives by itself, and what clashes is named before anything is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event, vRecur

from baixing.kernel.calendar import LOCAL, is_workday
from baixing.kernel.refusals import Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Days
from baixing.schedule.models import Booking, Recurrence, Space
from baixing.schedule.rules.booking import Hindered
from baixing.schedule.rules.recurrence import MOST_OCCURRENCES, Repeat, occurrences, rule_of, times
from tests.schedule.rooms import SATURDAY, TEN, again, for_station, for_team, hall, hold, slot, states, told
from tests.town import NINE, Town

FIRST = SATURDAY.date()  # Saturday 7 March 2026, the first Saturday of its month


def days(repeat: Repeat, first: date = FIRST, left_out: tuple[date, ...] = ()) -> list[str]:
    start = datetime(first.year, first.month, first.day, 10, tzinfo=LOCAL)
    return [f"{moment:%m-%d}" for moment in occurrences(rule_of(repeat, first), start, left_out)]


def book_again(town: Town, space: Space, repeat: Repeat, **more: Any) -> list[Booking]:  # noqa: ANN401
    return actions.book_again(hold(space, TEN, unit=town.station), repeat, by=town.zhou, at=NINE, **more)


WEEKLY = Repeat("weekly", count=4)


@pytest.mark.parametrize(
    ("repeat", "rule", "found"),
    [
        (Repeat("daily", apart=2, count=3), "FREQ=DAILY;INTERVAL=2;COUNT=3", ["03-07", "03-09", "03-11"]),
        (
            Repeat("weekly", weekdays=(5, 1), until=date(2026, 3, 17)),
            "FREQ=WEEKLY;BYDAY=TU,SA;UNTIL=20260317T155959Z",
            ["03-07", "03-10", "03-14", "03-17"],
        ),
        (Repeat("monthly", count=3), "FREQ=MONTHLY;BYMONTHDAY=7;COUNT=3", ["03-07", "04-07", "05-07"]),
        (Repeat("monthly_day", count=3), "FREQ=MONTHLY;BYDAY=1SA;COUNT=3", ["03-07", "04-04", "05-02"]),
    ],
)
def test_rules_and_their_days(repeat: Repeat, rule: str, found: list[str]) -> None:
    assert (rule_of(repeat, FIRST), days(repeat)) == (rule, found)


def test_the_31st_and_the_fifth_saturday() -> None:
    """A month without a 31st has none (RFC 5545); the fifth weekday of a month is said as its last."""
    assert days(Repeat("monthly", count=3), date(2026, 1, 31)) == ["01-31", "03-31", "05-31"]
    assert days(Repeat("monthly_day", count=3), date(2026, 1, 31)) == ["01-31", "02-28", "03-28"]


def test_a_leap_day_is_one_of_the_days() -> None:
    assert days(Repeat("daily", count=3), date(2028, 2, 28)) == ["02-28", "02-29", "03-01"]


@pytest.mark.parametrize(
    ("repeat", "field"),
    [
        (Repeat("weekly"), "until"),  # without an end
        (Repeat("weekly", until=date(2026, 4, 1), count=3), "until"),
        (Repeat("weekly", until=date(2026, 3, 1)), "until"),
        (Repeat("daily", until=date(2026, 12, 1)), "until"),  # more than a hundred
        (Repeat("daily", count=MOST_OCCURRENCES + 1), "count"),
        (Repeat("daily", count=0), "count"),
        (Repeat("daily", apart=0, count=2), "apart"),
    ],
)
def test_what_has_no_end_or_is_too_much_is_refused(repeat: Repeat, field: str) -> None:
    with pytest.raises(Unfit) as no:
        days(repeat)

    assert no.value.field == field


def test_working_days_are_ours_and_days_by_hand_come_and_go() -> None:
    """The fifth of April 2026 is a Sunday, and the sixth the holiday of 清明."""
    start = datetime(2026, 4, 3, 10, tzinfo=LOCAL)
    also, left_out = [date(2026, 4, 5), date(2026, 4, 8)], [date(2026, 4, 8)]

    found = times(Repeat("workdays", until=date(2026, 4, 9)), start, also=also, left_out=left_out)

    assert [f"{moment:%m-%d %H}" for moment in found] == ["04-03 10", "04-05 10", "04-07 10", "04-09 10"]


@given(
    every=st.sampled_from(["daily", "workdays", "weekly", "monthly", "monthly_day"]),
    first=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    length=st.integers(0, 90),
)
def test_no_day_lies_outside_or_comes_twice(every: str, first: date, length: int) -> None:
    start, last = datetime(first.year, first.month, first.day, 10, tzinfo=LOCAL), first + timedelta(days=length)

    found = [moment.date() for moment in times(Repeat(every, until=last), start, also=[last])]

    assert found == sorted(set(found))
    assert all(first <= day <= last for day in found)
    assert every != "workdays" or all(is_workday(day) for day in found if day != last)


@given(
    st.sampled_from(["daily", "weekly", "monthly", "monthly_day"]),
    st.integers(1, 4),
    st.integers(1, 30),
    st.dates(date(2025, 1, 1), date(2028, 12, 31)),
)
def test_every_rule_is_read_back_by_another_library(every: str, apart: int, count: int, first: date) -> None:
    rule = rule_of(Repeat(every, apart=apart, count=count), first)

    event = Event.from_ical(f"BEGIN:VEVENT\r\nDTSTART:{first:%Y%m%d}T100000\r\nRRULE:{rule}\r\nEND:VEVENT\r\n")
    start = datetime(first.year, first.month, first.day, 10, tzinfo=LOCAL)
    found = occurrences(rule, start)

    assert isinstance(event["RRULE"], vRecur)
    assert sorted(_read(event["RRULE"])) == sorted(rule.split(";"))
    assert (found[0], len(found)) == (start, count)
    assert all(moment.timetz() == start.timetz() for moment in found)


def _read(rule: vRecur) -> list[str]:
    return bytes(rule.to_ical()).decode().split(";")  # type: ignore[no-untyped-call]  # the library's


def test_each_occurrence_is_a_row_that_is_given_back_alone(town: Town) -> None:
    space = hall(town)

    made = book_again(town, space, WEEKLY)
    actions.release_booking(again(made[1]), by=town.zhou, at=NINE)

    assert [row.start for row in made] == [TEN.start + timedelta(weeks=n) for n in range(4)]
    assert states(space) == ["confirmed", "released", "confirmed", "confirmed"]
    assert Recurrence.objects.get().rule == "FREQ=WEEKLY;BYDAY=SA;COUNT=4"


def test_the_rest_is_given_back_at_once_and_what_was_stays(town: Town) -> None:
    space = hall(town)
    made = book_again(town, space, WEEKLY)

    count = actions.release_rest(again(made[0]), by=town.zhou, at=made[1].end)

    assert (count, states(space)) == (2, ["confirmed", "confirmed", "released", "released"])


def test_all_that_clashes_is_named_before_anything_is_written(town: Town) -> None:
    space = hall(town)
    for_station(town, space, slot(10.5, day=7))
    closed = FIRST + timedelta(days=14)
    actions.close_days(space.venue, Days(closed, closed), words="消防演练", by=town.zhou, at=NINE)

    with pytest.raises(Hindered) as no:
        book_again(town, space, WEEKLY)

    assert [(one.start.date(), "消防演练" in one.words) for one in no.value.hindrances] == [
        (FIRST + timedelta(days=7), False),
        (closed, True),
    ]
    assert (len(states(space)), Recurrence.objects.count()) == (1, 0)


def test_the_others_are_booked_when_the_person_says_so(town: Town) -> None:
    space = hall(town)
    for_station(town, space, slot(10.5, day=7))

    made = book_again(town, space, WEEKLY, others=True, left_out=[FIRST + timedelta(days=21)])

    assert [row.start.date() - FIRST for row in made] == [timedelta(0), timedelta(days=14)]
    assert Recurrence.objects.get().exdates == "20260314,20260328"


def test_when_nothing_can_be_had_nothing_is_booked(town: Town) -> None:
    space = hall(town)
    for_station(town, space)

    with pytest.raises(Hindered):
        book_again(town, space, Repeat("weekly", count=1), others=True)

    assert len(states(space)) == 1


def test_who_asked_for_one_of_many_times_is_told_and_nobody_else(town: Town) -> None:
    space = hall(town)
    lost, kept = for_team(town, space, slot(10, day=7)), for_team(town, space, slot(10, day=8))

    book_again(town, space, WEEKLY)

    assert (again(lost).state, again(kept).state, told(town.luo)) == ("refused", "asked", ["booking.taken"])


def test_a_hundred_times_cost_no_more_questions_than_two(
    town: Town,
    django_assert_max_num_queries: Any,  # noqa: ANN401 - pytest-django's
) -> None:
    space = hall(town)

    with django_assert_max_num_queries(24):
        book_again(town, space, Repeat("daily", count=2))
    with django_assert_max_num_queries(24):
        made = actions.book_again(
            hold(space, slot(15), unit=town.station), Repeat("daily", count=100), by=town.zhou, at=NINE
        )

    assert len(made) == 100
