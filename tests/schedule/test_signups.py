"""Seats, the line for them, and who may take one (LIVES, part 2; I12, I13, I14)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, TooMany, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Guardianship, Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Session
from baixing.schedule.queries import line_place, visible_signups
from baixing.schedule.rules import Standing
from baixing.schedule.rules import signup as rules
from tests.schedule.stage import (
    EVENING,
    RESIDENTS,
    VOLUNTEERS,
    again,
    come,
    evening,
    role,
    seat,
    states,
    taken,
)
from tests.town import HOUR, NINE, Town


def child(town: Town, born: date, guardian: Person | None = None) -> Person:
    one = Person.objects.create(name="小金", born=born, made_at=NINE)
    if guardian is not None:
        named = {"ward": one, "guardian": guardian, "asked_at": NINE, "confirmed_at": NINE}
        Guardianship.objects.create(**named, phone="", phone_index="")
    return one


def test_seats_go_to_the_first_and_then_there_is_a_line(town: Town) -> None:
    session = evening(town)

    made = [come(session, person) for person in (town.jin, town.luo, town.min, town.wei)]

    assert states(session) == ["confirmed", "confirmed", "waiting", "waiting"]
    assert [line_place(one) for one in made[2:]] == [1, 2]
    assert taken(session) == 2


def test_a_seat_given_back_is_kept_for_the_first_of_the_line(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min, town.wei)]

    actions.cancel(again(made[0]), by=town.jin, at=NINE + HOUR)

    assert states(session) == ["cancelled", "confirmed", "held", "waiting"]
    assert again(made[2]).held_until == NINE + HOUR + rules.KEPT
    assert taken(session) == 2
    assert Notice.objects.filter(person=town.min, kind="signup.kept").count() == 1


def test_a_kept_seat_that_nobody_confirms_goes_on_to_the_next(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min, town.wei)]
    actions.cancel(again(made[0]), by=town.jin, at=NINE)

    done = actions.tick(at=NINE + rules.KEPT)

    assert done == {"lapse_signup": 1, "hold": 0, "refuse_booking": 0, "tell_alert": 0, "faults": 0}
    assert states(session) == ["cancelled", "confirmed", "lapsed", "held"]
    assert taken(session) == 2


def test_a_kept_seat_is_confirmed_in_time_and_never_after(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min)]
    actions.cancel(again(made[0]), by=town.jin, at=NINE)

    with pytest.raises(NotNow):
        actions.confirm(again(made[2]), by=town.min, at=NINE + rules.KEPT)
    actions.confirm(again(made[2]), by=town.min, at=NINE + HOUR)

    assert (states(session)[2], again(made[2]).held_until) == ("confirmed", None)


def test_a_seat_that_comes_free_late_is_kept_to_two_hours_before(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min)]

    actions.cancel(again(made[0]), by=town.jin, at=EVENING - 5 * HOUR)

    assert again(made[2]).held_until == EVENING - 2 * HOUR


def test_a_party_takes_all_its_seats_or_none(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 40))

    party = actions.sign_up(Seat(role(session), party="第一小学", headcount=35), by=town.zhou, at=NINE)
    late = actions.sign_up(Seat(role(session), party="第二小学", headcount=6), by=town.zhou, at=NINE)
    one = come(session, town.jin)

    assert (party.state, late.state, one.state) == ("confirmed", "waiting", "confirmed")
    assert taken(session) == 36


def test_the_line_is_passed_only_by_who_fits_where_the_earlier_does_not(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 2))
    first = come(session, town.jin)
    come(session, town.luo)
    pair = actions.sign_up(Seat(role(session), party="一家", headcount=2), by=town.zhou, at=NINE)
    single = come(session, town.min)

    actions.cancel(again(first), by=town.jin, at=NINE)

    assert [again(pair).state, again(single).state] == ["waiting", "held"]


def test_nobody_signs_up_twice(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)

    with pytest.raises(NotNow):
        come(session, town.jin)

    assert taken(session) == 1


def test_nobody_is_in_two_places_at_once(town: Town) -> None:
    come(evening(town), town.jin)

    with pytest.raises(NotNow):
        come(evening(town), town.jin)


def test_thirty_sign_ups_to_come_are_enough(town: Town) -> None:
    for _number in range(rules.MOST_LIVE):
        full = evening(town, Need(RESIDENTS, 1))
        actions.sign_up(Seat(role(full), party="满座"), by=town.zhou, at=NINE)
        come(full, town.jin)

    with pytest.raises(TooMany):
        come(evening(town), town.jin)


def test_a_child_waits_for_the_guardian_and_holds_no_seat(town: Town) -> None:
    session, ward = evening(town), child(town, date(2015, 1, 1), guardian=town.luo)

    asked = actions.sign_up(seat(session, ward), by=ward, at=NINE)
    held = taken(session)
    with pytest.raises(NotAllowed):
        actions.allow(again(asked), by=town.wei, at=NINE)
    actions.allow(again(asked), by=town.luo, at=NINE)

    assert (asked.state, held, again(asked).state, taken(session)) == ("awaiting_guardian", 0, "confirmed", 1)
    assert again(asked).guardian_id == town.luo.pk


def test_a_guardian_signs_the_child_up_at_once(town: Town) -> None:
    session, ward = evening(town), child(town, date(2015, 1, 1), guardian=town.luo)

    assert actions.sign_up(seat(session, ward), by=town.luo, at=NINE).state == "confirmed"


def test_a_family_is_signed_up_together_or_not_at_all(town: Town) -> None:
    session, ward = evening(town, Need(RESIDENTS, 9, age_from=12)), child(town, date(2016, 1, 1), guardian=town.luo)

    with pytest.raises(NotNow):
        actions.sign_up_all([seat(session, town.luo), seat(session, ward)], by=town.luo, at=NINE)

    assert (states(session), taken(session)) == ([], 0)


def test_what_waits_for_a_yes_holds_no_seat_until_it_comes(town: Town) -> None:
    session = evening(town, approval=True)
    first, second = come(session, town.jin), come(session, town.luo)
    held = taken(session)

    actions.approve(again(first), by=town.zhou, at=NINE)
    actions.reject(again(second), words="只接待老年人", by=town.zhou, at=NINE)

    assert (held, states(session), taken(session)) == (0, ["confirmed", "rejected"], 1)


def test_ages_skills_and_licences_are_asked_for(town: Town) -> None:
    skill = town.plumbers.skills.get()
    session = evening(town, Need(VOLUNTEERS, 3, skill=skill))

    with pytest.raises(NotNow):
        actions.sign_up(Seat(role(session, VOLUNTEERS), town.jin), by=town.jin, at=NINE)

    assert actions.sign_up(Seat(role(session, VOLUNTEERS), town.min), by=town.min, at=NINE).state == "confirmed"


def test_small_children_are_no_volunteers(town: Town) -> None:
    session, ward = evening(town, Need(VOLUNTEERS, 3)), child(town, date(2021, 1, 1), guardian=town.luo)

    with pytest.raises(NotNow):
        actions.sign_up(Seat(role(session, VOLUNTEERS), ward), by=town.luo, at=NINE)


def test_an_agreement_is_agreed_to_first(town: Town) -> None:
    session = evening(town, agreement="听从安排")

    with pytest.raises(Unfit):
        come(session, town.jin)

    assert come(session, town.jin, agreed=True).agreed_at == NINE


def test_others_are_signed_up_by_those_who_run_it_alone(town: Town) -> None:
    session = evening(town)

    with pytest.raises(NotAllowed):
        actions.sign_up(seat(session, town.jin), by=town.wei, at=NINE)

    assert actions.sign_up(seat(session, town.jin), by=town.zhou, at=NINE).state == "confirmed"


def test_every_step_has_its_line(town: Town) -> None:
    session = evening(town)
    first = come(session, town.jin)
    come(session, town.luo)
    third = come(session, town.min)

    actions.cancel(again(first), by=town.jin, at=NINE)
    actions.confirm(again(third), by=town.min, at=NINE)

    told = [[line.verb for line in Entry.objects.of(one)] for one in (first, third)]
    assert told == [["sign_up", "cancel"], ["sign_up", "promote", "confirm"]]


def test_sign_ups_are_seen_by_their_own_and_by_those_who_run_it(town: Town) -> None:
    signup = come(evening(town), town.jin)

    seen = [
        visible_signups(Standing(one, NINE)).filter(pk=signup.pk).exists() for one in (town.jin, town.zhou, town.wu)
    ]
    unseen = [visible_signups(Standing(one, NINE)).filter(pk=signup.pk).exists() for one in (town.wei, town.luo)]

    assert (seen, unseen) == ([True] * 3, [False] * 2)


def test_nobody_signs_up_before_it_opens_or_after_it_ends(town: Town) -> None:
    session = evening(town, signup_from=NINE + HOUR, signup_until=NINE + 2 * HOUR)

    for moment in (NINE, NINE + 2 * HOUR, EVENING + 5 * HOUR):
        with pytest.raises(NotNow):
            actions.sign_up(seat(session, town.jin), by=town.jin, at=moment)

    assert actions.sign_up(seat(session, town.jin), by=town.jin, at=NINE + timedelta(minutes=90)).state == "confirmed"


def test_a_page_that_is_no_longer_true_is_refused(town: Town) -> None:
    signup = come(evening(town), town.jin)

    with pytest.raises(Overtaken):
        actions.cancel(again(signup).as_seen(signup.version + 1), by=town.jin, at=NINE)


def test_who_walks_in_after_it_has_begun_takes_a_free_seat(town: Town) -> None:
    session = evening(town)
    actions.tick(at=EVENING)
    begun = Seat(role(session), party="过路人", walk_in=True)

    signup = actions.sign_up(begun, by=town.zhou, at=EVENING)

    assert (Session.objects.get(pk=session.pk).state, signup.state) == ("held", "confirmed")
