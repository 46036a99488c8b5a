"""Afterwards: ends that were forgotten, and the report."""

from __future__ import annotations

import pytest
import time_machine

from baixing.kernel.refusals import NotNow
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Attendance, Session, Signup
from tests.schedule.stage import EVENING, VOLUNTEERS, again, arrive, come, evening, role
from tests.town import HOUR, NINE, Town
from tests.web import Web

END = EVENING + 2 * HOUR


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
