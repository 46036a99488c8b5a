"""A session that lacks people fills up again: standing by, a word when places are free, places handed on."""

from __future__ import annotations

from functools import partial

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Alert, Session, Signup, Standby
from baixing.schedule.queries import at_risk
from baixing.schedule.rules import Standing
from tests.kernel.threads import at_once
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, again, come, evening, role, states, taken
from tests.town import DAY, HOUR, NINE, Town, build


def drive(session: Session, person: Person) -> Signup:
    return actions.sign_up(Seat(role(session, VOLUNTEERS), person), by=person, at=NINE)


def drivers(town: Town, least: int = 1) -> Session:
    return evening(town, Need(RESIDENTS, 9), Need(VOLUNTEERS, 1, name="司机", least=least))


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def test_who_stands_by_is_asked_when_people_are_lacking(town: Town) -> None:
    session = drivers(town)
    actions.stand_by(role(session, VOLUNTEERS), by=town.min, at=NINE)
    actions.stand_by(role(session, VOLUNTEERS), by=town.min, at=NINE)

    asked = actions.refill(session, by=town.zhou, at=NINE)

    assert (asked, told("signup.needed"), Standby.objects.count()) == (1, [town.min.pk], 1)
    assert [line.verb for line in Entry.objects.of(session)][-1] == "refill"


def test_helpers_are_asked_again_only_after_six_hours(town: Town) -> None:
    session = drivers(town)
    actions.stand_by(role(session, VOLUNTEERS), by=town.min, at=NINE)
    actions.refill(session, by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.refill(session, by=town.zhou, at=NINE + 5 * HOUR)
    with pytest.raises(NotAllowed):
        actions.refill(session, by=town.wei, at=NINE + 7 * HOUR)

    assert actions.refill(session, by=town.zhou, at=NINE + 7 * HOUR) == 1


def test_nobody_is_asked_who_has_a_seat_or_stood_down(town: Town) -> None:
    session = drivers(town)
    for person in (town.min, town.wei):
        actions.stand_by(role(session, VOLUNTEERS), by=person, at=NINE)
    drive(session, town.min)
    actions.stand_down(role(session, VOLUNTEERS), by=town.wei, at=NINE)

    with pytest.raises(NotNow):
        actions.refill(session, by=town.zhou, at=NINE)


def test_what_lacks_people_within_three_days_is_at_risk(town: Town) -> None:
    session = drivers(town)
    one = Standing(town.zhou, EVENING - 2 * DAY)

    before = [row.pk for row in at_risk(one, one.at)]
    drive(session, town.min)

    assert (before, list(at_risk(one, one.at))) == ([session.pk], [])


def test_free_places_are_told_of_once_and_in_time(town: Town) -> None:
    session = drivers(town)
    actions.ask_alert(session, 4, by=town.wei, at=NINE)

    early = actions.tick(at=EVENING - 5 * HOUR)["tell_alert"]
    due = [actions.tick(at=EVENING - 4 * HOUR)["tell_alert"] for _pass in range(2)]

    assert (early, due, told("signup.free")) == (0, [1, 0], [town.wei.pk])


def test_of_a_full_session_nobody_is_told(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    actions.ask_alert(session, 2, by=town.wei, at=NINE)
    come(session, town.jin)

    actions.tick(at=EVENING - 2 * HOUR)

    assert (told("signup.free"), Alert.objects.get().told_at) == ([], EVENING - 2 * HOUR)


@pytest.mark.parametrize("hours", [3, 0, 1000])
def test_an_alert_has_one_of_three_times(town: Town, hours: int) -> None:
    with pytest.raises(Unfit):
        actions.ask_alert(drivers(town), hours, by=town.wei, at=NINE)


def test_a_place_goes_from_one_volunteer_to_another_in_one_step(town: Town) -> None:
    session = drivers(town)
    mine = drive(session, town.min)
    waits = drive(session, town.wei)
    actions.offer(again(mine), by=town.min, at=NINE)

    taker = actions.take_over(again(mine), agreed=False, by=town.luo, at=NINE)

    assert (again(mine).state, taker.state, taker.person) == ("cancelled", "confirmed", town.luo)
    assert (taken(session), again(waits).state) == (1, "waiting")
    assert [line.verb for line in Entry.objects.of(mine)] == ["sign_up", "offer", "hand_on"]
    assert told("signup.handed_on") == [town.min.pk]


def test_what_is_not_offered_or_kept_after_all_is_taken_by_nobody(town: Town) -> None:
    session = drivers(town)
    mine = drive(session, town.min)

    with pytest.raises(NotNow):
        actions.take_over(again(mine), agreed=False, by=town.luo, at=NINE)
    actions.offer(again(mine), by=town.min, at=NINE)
    actions.keep(again(mine), by=town.min, at=NINE)
    with pytest.raises(NotNow):
        actions.take_over(again(mine), agreed=False, by=town.luo, at=NINE)

    assert states(session) == ["confirmed"]


def test_a_resident_s_seat_goes_to_the_line_and_to_nobody_else(town: Town) -> None:
    mine = come(evening(town), town.jin)

    with pytest.raises(NotNow):
        actions.offer(again(mine), by=town.jin, at=NINE)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_six_who_take_one_place_at_once_one_has_it() -> None:
    town = build()
    session = drivers(town)
    mine = drive(session, town.min)
    actions.offer(again(mine), by=town.min, at=NINE)
    people = Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(6))

    at_once(*[partial(actions.take_over, again(mine), agreed=False, by=person, at=NINE) for person in people])

    assert sorted(states(session)) == ["cancelled", "confirmed"]
    assert taken(session) == 1
