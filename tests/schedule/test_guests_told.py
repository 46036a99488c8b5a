"""Guests have no page of their own: they hear of their sign-up on the telephone that they have proven."""

from __future__ import annotations

import time_machine
from django.db.models import QuerySet
from django.test import override_settings

from baixing.notices.models import Notice, Outgoing
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Session
from baixing.schedule.queries import to_call
from tests.schedule.stage import EVENING, RESIDENTS, again, come, evening, role
from tests.schedule.test_second_looks import change
from tests.town import DAY, HOUR, NINE, Town
from tests.web import Web


@override_settings(PUBLIC_URL="https://shijian.example")
def test_a_guest_hears_of_everything_on_their_telephone(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    first = come(session, town.jin)
    guest = actions.sign_up(Seat(role(session), guest="过路人", phone="+8612800009999"), by=None, at=NINE)
    actions.cancel(again(first), by=town.jin, at=NINE)
    actions.confirm(again(guest), by=None, at=NINE)
    reminders = texts().filter(due__gt=NINE).count()
    change(town, session, start=EVENING + DAY, end=EVENING + DAY + HOUR)
    moved = [row.due for row in texts().filter(due__gt=NINE)]
    found = Session.objects.select_related("unit", "team").get(pk=session.pk)
    nobody_to_call = actions.cancel_session(found, words="下雨", by=town.zhou, at=NINE)

    said = [(row.key.split("-")[1], row.urgent) for row in texts()]
    assert (reminders, moved) == (2, [EVENING, EVENING + DAY - 2 * HOUR])
    assert said == [
        ("signup.waiting", False),
        ("signup.kept", True),
        ("signup.moved", True),
        ("signup.called_off", True),
    ]
    assert texts()[1].text.endswith(f" https://shijian.example/s/{guest.code}/")
    assert (nobody_to_call, to_call(found)) == ([], [])


def texts() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(notice=None).order_by("pk")


def test_who_rings_is_signed_up_by_whoever_runs_it(town: Town) -> None:
    """With a number they hear of it, without one they stand on the call list; the clerk is told nothing of theirs."""
    session, web = evening(town, Need(RESIDENTS, 50)), Web(town.zhou)
    page, sent = f"/sessions/{session.pk}/people/", f"/sessions/{session.pk}/people/caller/"
    seats = {"role": role(session).pk, "headcount": 1}
    with time_machine.travel(NINE):
        assert f'action="{sent}"' in web.get(page)
        web.post(sent, name="王大爷", **seats)
        web.post(sent, name="李老师", phone="12800008888", party="河湾小学", **{**seats, "headcount": 40})
        lost = web.post(sent, name="张大妈", **{**seats, "headcount": 400})
        stranger = Web(town.jin).post(sent, name="过路人", **seats)

    rows = session.signups.order_by("pk")
    assert [(one.name, one.party, one.headcount, one.state) for one in rows] == [
        ("王大爷", "", 1, "confirmed"),
        ("李老师", "河湾小学", 40, "confirmed"),
    ]
    assert (lost.status_code, "张大妈" in lost.content.decode(), stranger.status_code) == (422, True, 403)
    off = actions.cancel_session(Session.objects.get(pk=session.pk), words="下雨", by=town.zhou, at=NINE)
    assert [one.guest for one in off] == ["王大爷"]
    assert {row.to for row in texts()} == {"+8612800008888"}
    assert not Notice.objects.filter(person=town.zhou).exists()
