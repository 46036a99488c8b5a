"""A session's spaces go with it: called off with it, moved with it, or the change is refused."""

from __future__ import annotations

import pytest

from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Hold, Need, Slot
from baixing.schedule.models import Booking, Session, Space
from tests.schedule.rooms import again, for_others, for_station, hall, states, told
from tests.schedule.stage import EVENING, RESIDENTS, evening
from tests.town import DAY, HOUR, NINE, Town


def booked(town: Town, session: Session, space: Space) -> Booking:
    """With half an hour to set up, and as much to clear away."""
    span = Slot(session.start - HOUR / 2, session.end + HOUR / 2)
    return actions.book(Hold(space, span, 20, session=session, unit=town.station), by=town.zhou, at=NINE)


def move(town: Town, session: Session, start: object, end: object) -> None:
    facts = {"start": start, "end": end}
    actions.change(Session.objects.get(pk=session.pk), facts, [Need(RESIDENTS, 2)], by=town.zhou, at=NINE)


def test_called_off_with_its_session(town: Town) -> None:
    session, space = evening(town), hall(town)
    booking = booked(town, session, space)

    actions.cancel_session(session, words="下大雪", by=town.zhou, at=NINE)

    assert (again(booking).state, again(booking).cause) == ("called_off", "session")
    assert for_station(town, space, Slot(EVENING, EVENING + HOUR)).state == "confirmed"


def test_moved_with_its_session_and_its_time_around(town: Town) -> None:
    session, space = evening(town), hall(town)
    booking = booked(town, session, space)

    move(town, session, EVENING + DAY - 2 * HOUR, EVENING + DAY)

    found = again(booking)
    assert (found.state, found.start, found.end) == (
        "confirmed",
        EVENING + DAY - 2.5 * HOUR,
        EVENING + DAY + HOUR / 2,
    )


def test_a_change_is_refused_when_the_space_is_not_free_then(town: Town) -> None:
    session, space = evening(town), hall(town)
    booking = booked(town, session, space)
    for_station(town, space, Slot(EVENING + DAY, EVENING + DAY + HOUR))

    with pytest.raises(Unfit, match="排练厅") as no:
        move(town, session, EVENING + DAY, EVENING + DAY + HOUR)

    session.refresh_from_db()
    assert (no.value.field, session.start, again(booking).start) == ("start", EVENING, EVENING - HOUR / 2)


def test_a_space_that_one_has_to_ask_for_is_asked_for_anew(town: Town) -> None:
    session, space = evening(town), hall(town, at_once=Space.Circle.NOBODY)
    booking = booked(town, session, space)
    actions.confirm_booking(again(booking), by=town.gao, at=NINE)

    move(town, session, EVENING + DAY - 2 * HOUR, EVENING + DAY)

    assert again(booking).state == "asked"
    assert told(town.zhou) == ["booking.asked", "booking.confirmed", "booking.moved", "booking.asked"]


def test_who_asked_for_the_time_to_which_it_moves_does_not_get_it(town: Town) -> None:
    session, space = evening(town), hall(town)
    booked(town, session, space)
    for_others(town, space, Slot(EVENING + DAY - HOUR, EVENING + DAY))

    move(town, session, EVENING + DAY - 2 * HOUR, EVENING + DAY)

    assert states(space) == ["confirmed", "refused"]


def test_only_whoever_runs_it_books_for_it_and_its_whole_time(town: Town) -> None:
    session, space = evening(town), hall(town)
    short = Slot(session.start, session.end - HOUR)

    with pytest.raises(NotAllowed):
        actions.book(Hold(space, short, 20, session=session, team=town.plumbers), by=town.luo, at=NINE)
    with pytest.raises(Unfit) as no:
        actions.book(Hold(space, short, 20, session=session, unit=town.station), by=town.zhou, at=NINE)

    assert (no.value.field, states(space)) == ("day", [])


def test_a_session_that_is_over_takes_no_space(town: Town) -> None:
    session, space = evening(town), hall(town)
    actions.cancel_session(session, words="下大雪", by=town.zhou, at=NINE)

    with pytest.raises(Unfit) as no:
        booked(town, session, space)

    assert no.value.field == "session"
