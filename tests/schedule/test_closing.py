"""Afterwards: ends that were forgotten, and the report."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Attendance, Session, Signup
from tests.schedule.stage import DOOR, EVENING, VOLUNTEERS, again, arrive, come, evening, role
from tests.town import HOUR, NINE, Town
from tests.web import Web

END = EVENING + 2 * HOUR
MINUTE = timedelta(minutes=1)


def lines(signup: object) -> list[str]:
    return [line.verb for line in Entry.objects.of(signup)]  # type: ignore[arg-type]  # a row


def forgotten(town: Town) -> Attendance:
    """Min served, and nobody checked her out."""
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = actions.sign_up(actions.Seat(role(session, VOLUNTEERS), town.min), by=town.min, at=DOOR)
    return arrive(signup, town.min)


def say_left(found: Attendance, by: object, at: object, moment: object = END) -> Attendance:
    assert found.signup is not None
    return actions.check_out(again(found.signup), way="said", by=by, at=at, moment=moment)  # type: ignore[arg-type]  # a person, moments


@pytest.mark.parametrize("first", ["zhou", "min"])
def test_a_forgotten_end_is_told_by_one_and_confirmed_by_the_other(town: Town, first: str) -> None:
    one, other = (town.zhou, town.min) if first == "zhou" else (town.min, town.zhou)
    found = say_left(forgotten(town), one, END + HOUR)

    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=one, at=END + HOUR)
    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=town.wei, at=END + HOUR)
    actions.agree_left(found, by=other, at=END + HOUR)

    kept = Attendance.objects.get()
    assert (kept.left_at, kept.left_by, kept.left_agreed_by, kept.late) == (END, one, other, True)


def test_a_leader_who_served_confirms_nothing_of_their_own(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = actions.sign_up(Seat(role(session, VOLUNTEERS), town.zhou), by=town.zhou, at=DOOR)
    found = say_left(arrive(signup, town.zhou), town.zhou, END + HOUR)

    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=town.zhou, at=END + HOUR)
    actions.agree_left(found, by=town.wu, at=END + HOUR)

    assert Attendance.objects.get().left_agreed_by == town.wu


def test_the_other_one_says_another_time_and_then_the_first_is_asked(town: Town) -> None:
    found = say_left(forgotten(town), town.min, END + HOUR)

    actions.correct_left(found, END - HOUR, by=town.zhou, at=END + HOUR)

    found.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=town.zhou, at=END + HOUR)
    actions.agree_left(found, by=town.min, at=END + HOUR)
    assert Attendance.objects.get().left_at == END - HOUR
    assert lines(found.signup)[-3:] == ["check_out", "correct_left", "agree_left"]


@pytest.mark.parametrize("moment", [END + 31 * MINUTE, DOOR - MINUTE, END + 2 * HOUR])
def test_a_forgotten_end_lies_between_coming_and_the_end(town: Town, moment: object) -> None:
    with pytest.raises(Unfit):
        say_left(forgotten(town), town.zhou, END + HOUR, moment)


def test_before_the_end_nobody_says_when_they_will_have_left(town: Town) -> None:
    with pytest.raises(NotNow):
        say_left(forgotten(town), town.min, EVENING + HOUR, EVENING)


def test_leader_and_volunteer_settle_a_forgotten_end_on_their_pages(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = actions.sign_up(Seat(role(session, VOLUNTEERS), town.min), by=town.min, at=NINE)
    found = arrive(signup, town.min)
    zhou, min_, address = Web(town.zhou), Web(town.min), f"/sessions/{session.pk}/closing/{found.pk}/"

    with time_machine.travel(END + HOUR, tick=False):
        zhou.post(f"/sessions/{session.pk}/closing/report/", words="很热闹")
        asked = zhou.get(f"/sessions/{session.pk}/closing/")
        zhou.post(f"{address}left/", left="20:45")
        page = min_.get(f"/sessions/{session.pk}/here/")
        min_.post(f"{address}left/", left="20:30")
        agreed = zhou.post(f"{address}agree/").status_code

    kept = Attendance.objects.get()
    assert (f"{address}left/" in asked, "20:45" in page, agreed) == (True, True, 302)
    assert (kept.left_at, kept.left_by, kept.left_agreed_by) == (EVENING + 1.5 * HOUR, town.min, town.zhou)
    assert Session.objects.get(pk=session.pk).state == "reported"


def test_nothing_is_entered_once_it_is_reported(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    actions.report(session, by=town.zhou, at=END + HOUR)

    with pytest.raises(NotNow):
        actions.check_in(again(signup), way="roster", by=town.zhou, at=END + HOUR, moment=EVENING)
    with pytest.raises(NotNow):
        actions.walk_in(Seat(role(Session.objects.get(pk=session.pk)), guest="李"), by=town.zhou, at=END + HOUR)
    assert Signup.objects.get().state == "absent"
