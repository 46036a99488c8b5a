"""Guests have no page of their own: they hear of their sign-up on the telephone that they have proven."""

from __future__ import annotations

from django.db.models import QuerySet
from django.test import override_settings

from baixing.notices.models import Outgoing
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Session
from baixing.schedule.queries import to_call
from tests.schedule.stage import EVENING, RESIDENTS, again, come, evening, role
from tests.schedule.test_second_looks import change
from tests.town import DAY, HOUR, NINE, Town


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
