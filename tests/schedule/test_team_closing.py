"""Reminders before a booking, and what becomes of a team's bookings and sessions when it closes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings

from baixing.kernel.refusals import NotNow
from baixing.notices.models import Notice, Outgoing
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Booking, Session
from baixing.schedule.rules.recurrence import Repeat
from baixing.teams.actions import close_team
from tests.schedule.rooms import TEN, again, for_station, for_team, hall, hold, slot, told
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, role
from tests.town import DAY, HOUR, NINE, Town

DUE = TEN.start - DAY  # Friday, ten o'clock


def reminders(person: Person) -> list[object]:
    rows = Notice.objects.filter(person=person, kind="booking.reminder").order_by("at")
    return list(rows.values_list("at", flat=True))


def test_who_booked_is_reminded_a_day_before(town: Town) -> None:
    space = hall(town)
    asked = for_team(town, space)
    assert reminders(town.luo) == []  # nobody has answered yet

    actions.confirm_booking(again(asked), by=town.zhou, at=NINE)
    for_station(town, space, slot(15))

    assert (reminders(town.luo), reminders(town.zhou)) == ([DUE], [DUE + 5 * HOUR])


def test_each_time_of_many_has_its_own_and_what_is_given_back_has_none(town: Town) -> None:
    made = actions.book_again(
        hold(hall(town), TEN, unit=town.station), Repeat("weekly", count=3), by=town.zhou, at=NINE
    )

    actions.release_booking(again(made[1]), by=town.zhou, at=NINE)
    actions.call_off_booking(again(made[2]), words="消防演练", by=town.gao, at=NINE)

    assert reminders(town.zhou) == [DUE]


def test_with_the_session_it_moves_and_goes(town: Town) -> None:
    session = actions.plan(_evening(town), by=town.luo, at=NINE)
    booking = actions.book(
        hold(hall(town), slot(19, 2, day=1), purpose="", session=session, unit=town.station), by=town.zhou, at=NINE
    )
    assert reminders(town.zhou) == [EVENING - DAY]

    later = {"start": EVENING + HOUR, "end": EVENING + 3 * HOUR}
    actions.change(session, later, [Need(RESIDENTS, 9)], by=town.luo, at=NINE)
    assert (again(booking).state, reminders(town.zhou)) == ("confirmed", [EVENING - DAY + HOUR])

    actions.cancel_session(session, words="下雨", by=town.luo, at=NINE)
    assert (again(booking).state, reminders(town.zhou)) == ("called_off", [])


def test_a_deployment_says_how_long_before_and_the_night_is_quiet(town: Town, settings: LazySettings) -> None:
    settings.BOOKING_REMINDER = timedelta(hours=7)  # three o'clock in the night
    space = hall(town)
    for_station(town, space)
    settings.BOOKING_REMINDER = timedelta(0)
    for_station(town, space, slot(15))

    assert reminders(town.zhou) == [TEN.start - 7 * HOUR]
    sent = Outgoing.objects.filter(notice__kind="booking.reminder").first()
    assert sent is not None
    assert sent.due == TEN.start - 3 * HOUR  # seven in the morning


def test_nothing_reminds_of_what_is_near(town: Town) -> None:
    actions.book(hold(hall(town), TEN, unit=town.station), by=town.zhou, at=DUE + HOUR)

    assert reminders(town.zhou) == []


# --- a team closes ---


def _evening(town: Town) -> Planned:
    needs = (Need(RESIDENTS, 9), Need(VOLUNTEERS, 2))
    told = {"public": True, "place": "文化广场"}
    return Planned(
        "activity", "义务维修", town.station, EVENING, EVENING + 2 * HOUR, team=town.plumbers, needs=needs, facts=told
    )


def test_what_a_closing_team_booked_is_free_and_what_it_holds_is_called_off(town: Town) -> None:
    space = hall(town)
    lost = hall(town, space.venue, name="小厅")
    booked, asked, others = for_team(town, space), for_team(town, lost), for_station(town, space, slot(15))
    actions.confirm_booking(again(booked), by=town.zhou, at=NINE)
    session = actions.plan(_evening(town), by=town.luo, at=NINE)
    actions.open(session, by=town.luo, at=NINE)
    signup = actions.sign_up(Seat(role(session), town.jin), by=town.jin, at=NINE)

    close_team(town.plumbers, words="队员都搬走了", by=town.wu, at=NINE)

    found = Booking.objects.in_bulk()
    assert [(found[one.pk].state, found[one.pk].cause) for one in (booked, asked, others)] == [
        ("released", "team"),
        ("released", "team"),
        ("confirmed", ""),
    ]
    assert told(town.luo).count("booking.team") == 2
    assert reminders(town.luo) == []
    signup.refresh_from_db()
    assert (Session.objects.get(pk=session.pk).state, signup.state) == ("called_off", "called_off")
    assert "signup.called_off" in told(town.jin)
    for_station(town, space)  # its time can be had again


def test_whom_no_message_reaches_the_unit_phones(town: Town) -> None:
    session = actions.plan(_evening(town), by=town.luo, at=NINE)
    actions.open(session, by=town.luo, at=NINE)
    actions.sign_up(Seat(role(session), guest="没有手机的王大爷"), by=town.luo, at=NINE)

    close_team(town.plumbers, words="队员都搬走了", by=town.wu, at=NINE)

    notice = Notice.objects.get(person=town.zhou, kind="session.to_call")
    assert (notice.link, notice.facts["number"]) == (f"/sessions/{session.pk}/call-list/", 1)


def test_a_team_that_an_order_waits_for_keeps_all_of_it(town: Town) -> None:
    booked = for_team(town, hall(town))
    town.order_in("accepted")

    with pytest.raises(NotNow):
        close_team(town.plumbers, words="队员都搬走了", by=town.wu, at=NINE)

    assert again(booked).state == "asked"


def test_what_is_held_just_now_is_left_to_its_end(town: Town) -> None:
    session = actions.plan(_evening(town), by=town.luo, at=NINE)
    actions.open(session, by=town.luo, at=NINE)

    close_team(town.plumbers, words="队员都搬走了", by=town.wu, at=EVENING + HOUR)

    assert Session.objects.get(pk=session.pk).state == "open"
