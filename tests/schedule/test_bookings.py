"""A space is booked at once or asked for, answered, given back; what cannot be is said in a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, TooMany, Unfit
from baixing.people.actions import erase
from baixing.schedule import actions
from baixing.schedule.actions import Days, Slot
from baixing.schedule.models import Booking, Session
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import LIFE
from tests.schedule.rooms import (
    SATURDAY,
    TEN,
    Circle,
    again,
    for_others,
    for_station,
    for_team,
    hall,
    hold,
    slot,
    states,
    told,
)
from tests.town import DAY, HOUR, NINE, Town

#   state          luo, who booked it   zhou, whose hall it is   gao, above both    wei, a stranger
POWERS = {
    "asked": ("release", "confirm refuse release", "confirm refuse release", ""),
    "confirmed": ("release", "call_off release", "call_off release", ""),
    "refused": ("", "", "", ""),
    "released": ("", "", "", ""),
    "called_off": ("", "", "", ""),
}


def live(town: Town, state: str) -> Booking:
    """A booking of the plumbers, at home in the same station, that came there by its verbs."""
    booking = for_team(town, hall(town))
    if state in {"confirmed", "called_off"}:
        actions.confirm_booking(booking, by=town.zhou, at=NINE)
    match state:
        case "refused":
            actions.refuse_booking(booking, words="修灯", by=town.zhou, at=NINE)
        case "released":
            actions.release_booking(booking, by=town.luo, at=NINE)
        case "called_off":
            actions.call_off_booking(booking, words="停电", by=town.zhou, at=NINE)
    return again(booking)


@pytest.mark.parametrize("state", Booking.State.values)
def test_powers_over_a_booking(town: Town, state: str) -> None:
    booking = live(town, state)

    found = tuple(
        " ".join(sorted(LIFE.powers(Standing(person, NINE), booking)))
        for person in (town.luo, town.zhou, town.gao, town.wei)
    )

    assert (booking.state, found) == (state, POWERS[state])


def test_staff_of_its_unit_book_at_once_and_a_team_asks(town: Town) -> None:
    space = hall(town)

    at_once, asked = for_station(town, space), for_team(town, space, slot(15))

    assert (at_once.state, asked.state) == ("confirmed", "asked")
    assert told(town.zhou) == ["booking.asked"]
    assert [entry.verb for entry in Entry.objects.of(asked)] == ["book"]


def test_circles_hold_the_ones_before_them(town: Town) -> None:
    space = hall(town, at_once=Circle.TEAMS, asks=Circle.EVERYBODY)

    team = for_team(town, space)
    resident = actions.book(hold(space, slot(15)), by=town.jin, at=NINE)

    assert (team.state, resident.state) == ("confirmed", "asked")


def test_whoever_is_outside_the_circle_is_told_so(town: Town) -> None:
    space = hall(town, asks=Circle.OWN)

    with pytest.raises(NotAllowed):
        for_team(town, space)

    with pytest.raises(NotAllowed):
        actions.book(hold(space), by=town.jin, at=NINE)


def test_nobody_books_in_the_name_of_others(town: Town) -> None:
    space = hall(town)

    with pytest.raises(NotAllowed):
        actions.book(hold(space, unit=town.county), by=town.zhou, at=NINE)
    with pytest.raises(NotAllowed):
        actions.book(hold(space, team=town.others), by=town.luo, at=NINE)

    assert states(space) == []


def test_several_ask_for_one_time_and_when_one_has_it_the_others_are_told(town: Town) -> None:
    space = hall(town)
    first, second, later = for_team(town, space), for_others(town, space), for_others(town, space, slot(15))

    actions.confirm_booking(again(second), by=town.zhou, at=NINE)

    assert [again(one).state for one in (first, second, later)] == ["refused", "confirmed", "asked"]
    assert (again(first).cause, told(town.luo)) == ("taken", ["booking.taken"])
    assert told(town.others.leader) == ["booking.confirmed"]


def test_what_is_confirmed_cannot_be_had_twice(town: Town) -> None:
    space = hall(town)
    for_station(town, space)

    with pytest.raises(Unfit, match="已被预约"):
        for_team(town, space, slot(10.5))
    beside = for_team(town, space, slot(11))

    assert (states(space), beside.state) == (["confirmed", "asked"], "asked")


def test_a_closure_that_came_after_the_asking_stands_in_the_way_of_the_yes(town: Town) -> None:
    space, day = hall(town), SATURDAY.date()
    booking = for_team(town, space, slot(10, day=1))
    actions.close_days(space.venue, Days(day, day), words="盘点", by=town.zhou, at=NINE)
    Booking.objects.filter(pk=booking.pk).update(start=TEN.start, end=TEN.end)

    with pytest.raises(NotNow, match="盘点"):
        actions.confirm_booking(again(booking), by=town.zhou, at=NINE)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"slot": Slot(TEN.end, TEN.start)}, "end"),
        ({"slot": Slot(TEN.start, TEN.start + DAY + HOUR)}, "end"),
        ({"slot": Slot(NINE - HOUR, NINE)}, "day"),
        ({"slot": Slot(NINE + 400 * DAY, NINE + 400 * DAY + HOUR)}, "day"),
        ({"slot": slot(12.5)}, "day"),  # shut at noon
        ({"slot": slot(11, 4)}, "day"),  # over noon
        ({"slot": slot(21.5)}, "day"),  # after it closes
        ({"headcount": 41}, "headcount"),
        ({"headcount": 0}, "headcount"),
        ({"purpose": "  "}, "purpose"),
    ],
)
def test_what_cannot_be_is_said_with_its_field(town: Town, wanted: dict[str, Any], field: str) -> None:
    space = hall(town)
    asked = hold(space, wanted.pop("slot", TEN), unit=town.station, **wanted)

    with pytest.raises(Unfit) as no:
        actions.book(asked, by=town.zhou, at=NINE)

    assert (no.value.field, states(space)) == (field, [])


def test_nobody_asks_twice_for_one_time(town: Town) -> None:
    space = hall(town)
    for_team(town, space)

    with pytest.raises(Unfit):
        for_team(town, space, slot(10.5))

    assert states(space) == ["asked"]


def test_a_resident_holds_five_at_most(town: Town) -> None:
    space = hall(town, asks=Circle.EVERYBODY)
    for day in range(5):
        actions.book(hold(space, slot(10, day=day)), by=town.jin, at=NINE)

    with pytest.raises(TooMany):
        actions.book(hold(space, slot(10, day=6)), by=town.jin, at=NINE)

    assert len(states(space)) == 5


def test_an_answer_of_no_has_its_reason(town: Town) -> None:
    asked, confirmed = for_team(town, hall(town)), live_other(town)

    with pytest.raises(Unfit):
        actions.refuse_booking(asked, words=" ", by=town.zhou, at=NINE)
    with pytest.raises(Unfit):
        actions.call_off_booking(confirmed, words="", by=town.zhou, at=NINE)
    actions.call_off_booking(confirmed, words="停电", by=town.zhou, at=NINE)

    assert again(confirmed).answer == "停电"
    assert told(town.luo) == ["booking.confirmed", "booking.called_off"]


def live_other(town: Town) -> Booking:
    """Another time of the same hall, confirmed."""
    space = Booking.objects.latest("pk").space
    booking = for_team(town, space, slot(15))
    actions.confirm_booking(booking, by=town.zhou, at=NINE)
    return again(booking)


def test_given_back_it_is_free_again(town: Town) -> None:
    booking = live(town, "confirmed")

    actions.release_booking(booking, by=town.luo, at=NINE)
    other = for_station(town, booking.space)

    assert (again(booking).state, other.state) == ("released", "confirmed")


def test_what_is_over_is_neither_given_back_nor_confirmed(town: Town) -> None:
    asked = for_team(town, hall(town))

    for deed in (actions.confirm_booking, actions.release_booking):
        with pytest.raises(Refused):
            deed(again(asked), by=town.luo if deed is actions.release_booking else town.zhou, at=TEN.end)

    assert again(asked).state == "asked"


def test_the_clock_refuses_what_nobody_has_answered(town: Town) -> None:
    booking = for_team(town, hall(town))

    early, due = actions.tick(at=TEN.start - HOUR), actions.tick(at=TEN.start)

    assert (early["refuse_booking"], due["refuse_booking"], due["faults"]) == (0, 1, 0)
    assert (again(booking).state, again(booking).cause, told(town.luo)) == ("refused", "late", ["booking.late"])


def test_of_who_is_forgotten_no_words_stay_and_the_time_is_free(town: Town) -> None:
    space = hall(town, asks=Circle.EVERYBODY)
    own = actions.book(hold(space, purpose="我的八十岁生日"), by=town.jin, at=NINE)
    for_station(town, space, slot(15))

    erase(town.jin, by=town.jin, at=NINE)

    assert (again(own).state, again(own).purpose, states(space)) == ("released", "—", ["released", "confirmed"])
    assert "八十岁" not in str([notice.facts for notice in town.zhou.notices.all()])


def test_a_space_that_is_given_up_is_not_booked(town: Town) -> None:
    space = hall(town)
    type(space).objects.filter(pk=space.pk).update(in_use=False)

    with pytest.raises(NotNow):
        for_station(town, space)


def test_over_midnight_both_days_have_to_be_open(town: Town) -> None:
    space = hall(town)
    space.venue.hours.filter(weekday=5, opens=14 * 60).update(closes=24 * 60)
    night = Slot(SATURDAY + 14 * HOUR, SATURDAY + 16 * HOUR)  # 23:00 to 01:00

    with pytest.raises(Unfit):
        for_station(town, space, night)
    space.venue.hours.filter(weekday=6, opens=8 * 60).update(opens=0)
    booking = for_station(town, space, night)

    assert (booking.state, booking.end - booking.start) == ("confirmed", timedelta(hours=2))
    assert Session.objects.count() == 0
