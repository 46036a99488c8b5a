"""What looks odd is put before a person, and nothing is credited before they have said what they found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from baixing.hours import actions
from baixing.hours.models import Flag
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Session
from tests.hours.stage import AFTER, MINUTE, attend, claim_of, credited, fresh, helped
from tests.schedule.stage import EVENING, VOLUNTEERS, evening
from tests.town import HOUR, NINE, Town


def kinds(session: Session) -> set[str]:
    claims = Flag.objects.filter(claim__session=session)
    return {*claims.values_list("kind", flat=True), *session.flags.values_list("kind", flat=True)}


def crowd(number: int) -> list[Person]:
    return Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(number))


def test_nothing_is_odd_about_an_ordinary_evening(town: Town) -> None:
    assert kinds(helped(town, town.luo, town.min)) == set()


def test_ten_entered_within_a_minute_and_all_leaving_at_once(town: Town) -> None:
    assert kinds(helped(town, *crowd(10))) == {"bulk", "alike"}
    assert kinds(helped(town, *crowd(4))) == set()


def test_five_who_all_leave_at_the_same_minute_and_came_apart(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 9))
    for number, person in enumerate(crowd(6)):
        attend(session, person, town, EVENING + number * 5 * MINUTE, session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)

    assert kinds(session) == {"alike"}


def test_two_places_that_nobody_gets_between(town: Town) -> None:
    Unit.objects.filter(pk=town.station.pk).update(lat=36.5, lon=104.1, place_source="x")
    Unit.objects.filter(pk=town.institute.pk).update(lat=37.5, lon=104.1, place_source="x")
    helped(town, town.luo)
    town.institute.refresh_from_db()
    start = EVENING + 2 * HOUR + 20 * MINUTE
    told = Planned("activity", "镇上的晚会", town.institute, start, start + HOUR, needs=[Need(VOLUNTEERS, 2)])
    session = schedule.plan(told, by=town.wu, at=NINE)
    schedule.open(session, by=town.wu, at=NINE)
    Session.objects.filter(pk=session.pk).update(public=True)
    attend(fresh(session), town.luo, _as(town, town.wu), start, session.end)
    schedule.report(fresh(session), by=town.wu, at=session.end)

    assert kinds(session) == {"apart"}
    assert 100 < (Flag.objects.get(kind="apart").number or 0) < 120


def _as(town: Town, clerk: Person) -> Town:
    return replace(town, zhou=clerk)


def test_a_flag_decides_nothing_and_holds_the_credit_until_a_person_has_spoken(town: Town) -> None:
    first, second = helped(town, town.luo), helped(town, town.luo, came=EVENING - 30 * MINUTE)
    claim = claim_of(second, town.luo)
    actions.review(claim, by=town.zhou, at=AFTER)

    with pytest.raises(NotNow):
        actions.credit(claim, by=town.wu, at=AFTER)
    flag = Flag.objects.get(claim=claim)
    with pytest.raises(NotAllowed):
        actions.settle(flag, words="没问题", by=town.luo, at=AFTER)
    with pytest.raises(Unfit):
        actions.settle(flag, words="  ", by=town.wu, at=AFTER)
    actions.settle(flag, words="两场挨着", by=town.wu, at=AFTER)
    with pytest.raises(NotNow):
        actions.settle(flag, words="再看", by=town.zhou, at=AFTER)
    actions.credit(claim, by=town.wu, at=AFTER)

    assert (flag.answer, flag.settled_by) == ("两场挨着", town.wu)
    assert first.pk != second.pk


def test_staff_do_not_settle_what_is_about_themselves(town: Town) -> None:
    helped(town, town.zhou)
    second = helped(town, town.zhou)
    flag = Flag.objects.get(claim=claim_of(second, town.zhou))

    with pytest.raises(NotAllowed):
        actions.settle(flag, words="没问题", by=town.zhou, at=AFTER)


def test_a_volunteer_objects_to_a_line_and_is_answered(town: Town) -> None:
    line = credited(helped(town, town.luo), town.luo, town)

    with pytest.raises(NotAllowed):
        actions.object_to(line, words="不对", by=town.min, at=AFTER)
    flag = actions.object_to(line, words="我待到九点", by=town.luo, at=AFTER)
    with pytest.raises(NotNow):
        actions.object_to(line, words="我待到九点", by=town.luo, at=AFTER)
    actions.settle(flag, words="签退表是八点", by=town.zhou, at=AFTER)

    assert town.luo.notices.latest("pk").kind == "hours.answered"
    assert "我待到九点" not in str(Flag.objects.filter(pk=flag.pk).values("kind", "number").get())
