"""What a session comes to for each of its volunteers, and the two people through whom it goes."""

from __future__ import annotations

import pytest

from baixing.hours import actions
from baixing.hours.models import HoursClaim, HoursEntry
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.orders import actions as orders
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need
from tests.hours.stage import AFTER, MINUTE, claim_of, credited, fresh, helped, join
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, come, evening
from tests.town import DAY, HOUR, NINE, VISIT, Town


def test_a_reported_session_makes_one_claim_a_volunteer(town: Town) -> None:
    session = helped(town, town.luo, town.min)

    claims = HoursClaim.objects.filter(session=session).order_by("pk")

    assert [(one.volunteer.person, one.minutes, one.state, one.late) for one in claims] == [
        (town.luo, 120, "computed", False),
        (town.min, 120, "computed", False),
    ]


def test_residents_who_come_along_get_no_hours(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 2))
    signup = come(session, town.jin)
    schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING)
    schedule.check_out(signup, way="roster", by=town.zhou, at=EVENING + HOUR)
    schedule.report(fresh(session), by=town.zhou, at=session.end)

    assert HoursClaim.objects.count() == 0


def test_who_stays_long_gets_half_an_hour_more_than_planned(town: Town) -> None:
    session = helped(town, town.luo, came=EVENING - 30 * MINUTE, left=EVENING + 2 * HOUR + 25 * MINUTE)

    assert claim_of(session, town.luo).minutes == 150


def test_a_visit_counts_as_planned_for_those_who_came(town: Town) -> None:
    order = town.order_in("served")

    (claim,) = HoursClaim.objects.with_nouns()

    assert (claim.session, claim.volunteer.person, claim.minutes) == (order.visit, town.luo, 60)
    assert (claim.told_by, claim.late, claim.start, claim.end) == (town.luo, False, VISIT.start, VISIT.end)


def test_a_visit_told_days_later_is_late(town: Town) -> None:
    order = town.order_in("appointed")
    orders.serve(order, result="修好了", came=[town.luo], by=town.luo, at=VISIT.end + 2 * DAY)

    assert HoursClaim.objects.get().late


def test_a_forgotten_end_counts_once_both_have_said_so(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = join(session, town.luo)
    schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    assert HoursClaim.objects.count() == 0

    signup.refresh_from_db()
    row = schedule.check_out(signup, way="said", by=town.zhou, at=AFTER, moment=EVENING + HOUR)
    assert HoursClaim.objects.count() == 0
    schedule.agree_left(row, by=town.luo, at=AFTER)

    claim = claim_of(session, town.luo)
    assert (claim.minutes, claim.late) == (60, True)


def test_two_people_put_it_into_the_ledger(town: Town) -> None:
    session = helped(town, town.luo)

    line = credited(session, town.luo, town)

    assert (line.minutes, line.seq, line.before, line.digest) == (120, 1, "", line.digest_of_all())
    assert (line.first_by, line.second_by, line.late, line.above) == (town.zhou, town.wu, False, True)
    assert claim_of(session, town.luo).state == "credited"


def test_the_leader_may_be_the_first_and_never_the_second(town: Town) -> None:
    order = town.order_in("appointed")
    orders.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)
    orders.serve(order, result="修好了", came=[town.min], by=town.luo, at=VISIT.end)
    claim = HoursClaim.objects.with_nouns().get()

    actions.review(claim, by=town.luo, at=VISIT.end)
    with pytest.raises(NotAllowed):
        actions.credit(claim, by=town.luo, at=VISIT.end)
    actions.credit(claim, by=town.zhou, at=VISIT.end)

    assert HoursEntry.objects.get().first_by == town.luo


def test_late_hours_need_the_tier_above(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = join(session, town.min)
    schedule.check_in(signup, way="sheet", by=town.zhou, at=AFTER, moment=EVENING)
    row = schedule.check_out(signup, way="sheet", by=town.zhou, at=AFTER, moment=EVENING + HOUR)
    schedule.agree_left(row, by=town.min, at=AFTER)
    schedule.report(fresh(session), by=town.zhou, at=AFTER)
    claim = claim_of(session, town.min)
    actions.review(claim, by=town.he, at=AFTER)

    with pytest.raises(NotAllowed, match="上一级"):
        actions.credit(claim, by=town.zhou, at=AFTER)
    line = actions.credit(claim, by=town.wu, at=AFTER)

    assert (line.late, line.above) == (True, True)


def test_each_moment_counts_once(town: Town) -> None:
    first, second = helped(town, town.luo), helped(town, town.luo, came=EVENING - 30 * MINUTE)
    credited(first, town.luo, town)
    claim = claim_of(second, town.luo)
    actions.review(claim, by=town.zhou, at=AFTER)
    for flag in claim.flags.open():
        actions.settle(flag, words="同一晚两项活动", by=town.wu, at=AFTER)

    line = actions.credit(claim, by=town.wu, at=AFTER + MINUTE)

    assert line.minutes == 30


def test_a_refused_claim_says_why_and_ends(town: Town) -> None:
    session = helped(town, town.luo)
    actions.refuse(claim_of(session, town.luo), words="没有来", by=town.zhou, at=AFTER)

    with pytest.raises(NotNow):
        actions.review(claim_of(session, town.luo), by=town.zhou, at=AFTER)
    assert HoursEntry.objects.count() == 0
