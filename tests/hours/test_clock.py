"""Clocks that jump, a leap day, a night, a month's end, a zone without summer time: not a minute too many."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.core.management import call_command

from baixing.hours import actions
from baixing.hours.models import HoursClaim, HoursEntry, LedgerRoot
from baixing.hours.queries.exports import whole_ledger
from baixing.hours.rules.ledger import faults
from baixing.journal.models import Entry
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Refused, Unfit
from baixing.operations.queries import deep_faults
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Attendance, Session, Signup
from baixing.schedule.rules.recurrence import Repeat, occurrences, rule_of
from tests.hours.stage import MINUTE, attend, claim_of, fresh, join
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, come, evening, states, taken
from tests.town import DAY, HOUR, NINE, Town

pytestmark = pytest.mark.both
SOON = NINE + HOUR


def held(town: Town, start: datetime, hours: float, made: datetime) -> Session:
    needs, end = (Need(VOLUNTEERS, 5), Need(RESIDENTS, 5)), start + hours * HOUR
    planned = Planned("activity", "守岁", town.station, start, end, needs=needs, facts={"public": True})
    session = schedule.plan(planned, by=town.zhou, at=made)
    schedule.open(session, by=town.zhou, at=made)
    return session


def line_of(town: Town, session: Session, person: Person) -> HoursEntry:
    attend(session, person, town, session.start, session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    at = session.end + HOUR
    actions.review(claim_of(session, person), by=town.zhou, at=at)
    return actions.credit(claim_of(session, person), by=town.wu, at=at)


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (datetime(2028, 2, 28, 22, tzinfo=LOCAL), [["2028-02-28", 120], ["2028-02-29", 60]]),
        (datetime(2028, 2, 29, 22, tzinfo=LOCAL), [["2028-02-29", 120], ["2028-03-01", 60]]),
        (datetime(2027, 2, 28, 22, tzinfo=LOCAL), [["2027-02-28", 120], ["2027-03-01", 60]]),
        (datetime(2027, 12, 31, 22, tzinfo=LOCAL), [["2027-12-31", 120], ["2028-01-01", 60]]),
        # in these nights and mornings other zones turn their clocks; this one never does
        (datetime(2027, 3, 28, 0, 30, tzinfo=LOCAL), [["2027-03-28", 180]]),
        (datetime(2027, 10, 31, 0, 30, tzinfo=LOCAL), [["2027-10-31", 180]]),
        (datetime(2027, 3, 14, 0, 30, tzinfo=LOCAL), [["2027-03-14", 180]]),
    ],
    ids=lambda one: f"{one:%F}" if isinstance(one, datetime) else "",
)
def test_a_night_is_as_long_as_it_is_and_each_day_has_its_part(
    town: Town, start: datetime, days: list[list[object]]
) -> None:
    session = held(town, start, 3, start - 3 * DAY)

    line = line_of(town, session, town.luo)

    assert (line.minutes, line.days) == (180, days)
    assert (session.end - session.start, list(faults(whole_ledger(session.end)))) == (3 * HOUR, [])


def test_the_month_of_a_line_is_the_local_one(town: Town) -> None:
    """Credited half an hour before midnight here, when it is the afternoon in Greenwich; and half an hour after."""
    first = held(town, datetime(2026, 3, 31, 20, tzinfo=LOCAL), 2.5, NINE)
    second = held(town, datetime(2026, 3, 31, 21, tzinfo=LOCAL), 2.5, NINE)
    for session, person in ((first, town.luo), (second, town.min)):
        line_of(town, session, person)
    assert [f"{line.at.astimezone(LOCAL):%m-%d %H:%M}" for line in HoursEntry.objects.order_by("at")] == [
        "03-31 23:30",
        "04-01 00:30",
    ]

    actions.publish_roots(at=datetime(2026, 5, 2, tzinfo=LOCAL))

    told = LedgerRoot.objects.order_by("month").values_list("month", "entries", "minutes")
    assert list(told) == [(date(2026, 3, 1), 1, 150), (date(2026, 4, 1), 2, 300)]


@pytest.mark.parametrize("back", [1, 10, 61])
def test_a_clock_set_back_between_coming_and_going_gives_nobody_a_minute_and_takes_none(town: Town, back: int) -> None:
    """Whoever came at ten past by a clock that then goes back cannot have left before: they are told so, and asked."""
    session = evening(town, Need(VOLUNTEERS, 5))
    signup, came = join(session, town.luo), EVENING + 10 * MINUTE
    schedule.check_in(signup, way="roster", by=town.zhou, at=came)
    signup.refresh_from_db()

    with pytest.raises(Unfit):
        schedule.check_out(signup, way="roster", by=town.zhou, at=came - back * MINUTE)
    assert [line.verb for line in Entry.objects.of(signup)] == ["sign_up", "check_in"]
    schedule.check_out(signup, way="roster", by=town.zhou, at=session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)

    assert claim_of(session, town.luo).minutes == 110
    assert list(deep_faults(session.end)) == []


def test_a_clock_set_back_before_a_credit_writes_no_line_before_the_last_one(town: Town) -> None:
    first = held(town, EVENING, 2, NINE)
    line = line_of(town, first, town.luo)
    second = held(town, EVENING + 4 * HOUR, 1, NINE)
    attend(second, town.luo, town, second.start, second.end)
    schedule.report(fresh(second), by=town.zhou, at=second.end)
    actions.review(claim_of(second, town.luo), by=town.zhou, at=second.end)

    for at in (line.at - 10 * MINUTE, second.end - MINUTE):
        with pytest.raises(NotNow):
            actions.credit(claim_of(second, town.luo), by=town.wu, at=at)
    actions.credit(claim_of(second, town.luo), by=town.wu, at=second.end)

    assert [one.seq for one in HoursEntry.objects.order_by("at")] == [1, 2]
    assert list(deep_faults(second.end)) == []


JUMPS = {
    "an hour before": EVENING - HOUR,
    "begun": EVENING + HOUR,
    "set back to before it began": EVENING - 10 * MINUTE,
    "30 days on": EVENING + 30 * DAY,
    "once more": EVENING + 30 * DAY,
    "back again": EVENING + HOUR,
    "and on": EVENING + 31 * DAY,
}
OVER = ["cancelled", "confirmed", "lapsed", "lapsed", "lapsed"]


def test_each_deadline_of_a_session_fires_once_however_the_clock_jumps(town: Town) -> None:
    """Two seats, three in line; somebody gives one back, and nobody ever does anything again."""
    session = evening(town)
    signups = [come(session, person) for person in (town.jin, town.luo, town.min, town.wei, town.shi)]
    schedule.cancel(signups[0], by=town.jin, at=SOON)
    ends = {}

    for words, at in JUMPS.items():
        with time_machine.travel(at, tick=False):
            call_command("tick", stdout=StringIO())
        ends[words] = states(session)
        assert taken(session) == Signup.objects.seated().filter(session=session).count() <= 2, words

    assert ends["begun"] == ends["set back to before it began"] == [*OVER[:4], "held"]
    assert ends["30 days on"] == ends["once more"] == ends["back again"] == ends["and on"] == OVER
    lines = Entry.objects.filter(thing__startswith="schedule.signup:", verb__in=("promote", "lapse"))
    fired = Counter(lines.values_list("thing", "verb"))
    assert (len(fired), fired.most_common(1)[0][1]) == (6, 1), "a deadline fired twice"
    assert Attendance.objects.filter(came=True).count() == HoursClaim.objects.count() == 0
    assert list(deep_faults(EVENING + 31 * DAY)) == []


def test_nobody_comes_by_a_clock_that_is_a_month_ahead_or_behind(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    for at in (EVENING - 30 * DAY, EVENING - 31 * MINUTE, EVENING + 30 * DAY):
        with pytest.raises(Refused):
            schedule.check_in(signup, way="roster", by=town.zhou, at=at)
    schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING)

    assert states(session) == ["checked_in"]


@pytest.mark.parametrize("weekday", range(7))
def test_a_series_over_a_leap_day_and_a_year_keeps_its_hour(weekday: int) -> None:
    first = date(2028, 2, 21) + timedelta(days=weekday)
    start = datetime(first.year, first.month, first.day, 23, 30, tzinfo=LOCAL)
    found = occurrences(rule_of(Repeat("weekly", count=50), first), start)

    assert {(one.hour, one.minute, one.weekday()) for one in found} == {(23, 30, weekday)}
    assert {after - before for before, after in pairwise(found)} == {7 * DAY}


def test_the_29th_of_february_comes_again_where_there_is_one() -> None:
    first = date(2028, 2, 29)
    start = datetime(2028, 2, 29, 19, tzinfo=LOCAL)

    monthly = occurrences(rule_of(Repeat("monthly", count=13), first), start)

    assert [f"{one:%m-%d}" for one in monthly[:3]] == ["02-29", "03-29", "04-29"]
    assert "2029-02" not in {f"{one:%Y-%m}" for one in monthly}
    assert {one.day for one in monthly} == {29}
