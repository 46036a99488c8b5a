"""The pages of a session: planned by a clerk, signed up for with family, as a group, or by phone alone."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from baixing.kernel.seal import blind
from baixing.notices.models import Outgoing
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need
from baixing.schedule.models import Session, Signup
from tests.schedule.stage import RESIDENTS, VOLUNTEERS, come, evening, role, states
from tests.town import NINE, Town

PLAN = {
    "kind": "activity",
    "title": "百姓大舞台",
    "day": "2026-03-08",
    "begins": "19:00",
    "ends": "21:00",
    "public": "on",
    "seats": "40",
    "role_1": "引导员",
    "seats_1": "3",
    "least_1": "1",
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE):
        yield


def browser(person: Person | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if person is not None:
        client.force_login(person)
    return client


def send(client: Client, url: str, **said: object) -> int:
    answer = client.post(url, {"key": secrets.token_hex(8), **said})
    return answer.status_code


def test_a_clerk_plans_and_opens_it(town: Town) -> None:
    zhou = browser(town.zhou)

    planned = send(zhou, f"/sessions/plan/unit/{town.station.pk}/", **PLAN)
    session = Session.objects.get(kind="activity")
    hidden = browser().get(f"/sessions/{session.pk}/").status_code
    opened = send(zhou, f"/sessions/{session.pk}/open/", version=session.version)

    seats = list(session.roles.values_list("side", "name", "seats", "least"))
    assert (planned, hidden, opened) == (302, 404, 302)
    assert seats == [("resident", "", 40, 0), ("volunteer", "引导员", 3, 1)]
    assert browser().get(f"/sessions/{session.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends": "18:00"}, "The end must be after the start."),
        ({"seats": "", "seats_1": "1", "least_1": "2"}, "It needs more people than there are seats for."),
        ({"seats": "1000000"}, "20000"),
        ({"day": "2028-01-01"}, "That is more than a year ahead."),
        ({"signup_until": "yesterday"}, "signup_until"),
        ({"seats_1": ""}, "How many of them?"),
        ({"title": ""}, "title"),
    ],
)
def test_a_wrong_plan_comes_back_with_what_was_typed(town: Town, wrong: dict[str, str], words: str) -> None:
    said = {"key": secrets.token_hex(8), **PLAN, "words": "快板和秦腔", **wrong}

    answer = browser(town.zhou).post(f"/sessions/plan/unit/{town.station.pk}/", said)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "快板和秦腔" in answer.content.decode()
    assert Session.objects.count() == 0


def test_two_who_change_it_at_once_see_both_texts(town: Town) -> None:
    session, zhou = evening(town, Need(RESIDENTS, 40)), browser(town.zhou)
    url, shown = f"/sessions/{session.pk}/change/", session.version
    first = send(zhou, url, **PLAN, version=shown, place="广场")

    second = browser(town.wu).post(url, {"key": "k" * 16, **PLAN, "version": shown, "place": "礼堂"})

    assert (first, second.status_code) == (302, 409)
    assert "广场" in second.content.decode()
    assert "礼堂" in second.content.decode()


def test_a_family_signs_up_in_one_go(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))
    Person.objects.filter(pk=town.min.pk).update(phone=town.jin.phone, phone_index=town.jin.phone_index)
    said = {"role": role(session).pk, "who": [town.jin.pk, town.min.pk]}

    answer = browser(town.jin).post(f"/sessions/{session.pk}/sign-up/", {"key": "k" * 16, **said}, follow=True)

    made = list(Signup.objects.filter(session=session).values_list("person", "state", "by"))
    assert sorted(made) == sorted((one.pk, "confirmed", town.jin.pk) for one in (town.jin, town.min))
    assert len(set(Signup.objects.values_list("together", flat=True))) == 1
    assert 'name="who"' not in answer.content.decode()


def test_a_stranger_is_nobody_s_family(town: Town) -> None:
    session = evening(town)

    said = {"role": role(session).pk, "who": town.wei.pk}
    answer = browser(town.jin).post(f"/sessions/{session.pk}/sign-up/", {"key": "k" * 16, **said})

    assert (answer.status_code, states(session)) == (422, [])


def test_a_group_comes_with_its_heads(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 120))
    Session.objects.filter(pk=session.pk).update(kind="group_visit")
    said = {"role": role(session).pk, "party": "第一小学", "headcount": 95}

    sent = send(browser(town.jin), f"/sessions/{session.pk}/sign-up/", **said)
    shown = browser(town.zhou).get(f"/sessions/{session.pk}/people/").content.decode()

    assert (sent, states(session)) == (302, ["confirmed"])
    assert "1 sign-ups, 1 groups among them, 95 people in all" in shown


def test_groups_elsewhere_are_entered_by_whoever_runs_it(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 120))
    said = {"role": role(session).pk, "party": "第一小学", "headcount": 95}

    assert send(browser(town.jin), f"/sessions/{session.pk}/sign-up/", **said) == 422


def _code(number: str) -> str:
    text = Outgoing.objects.filter(channel="sms").latest("pk").text
    found = re.search(r"[0-9]{6}", text)
    assert found, number
    return found[0]


def test_somebody_without_an_account_signs_up_with_a_code(town: Town) -> None:
    session, guest = evening(town, Need(RESIDENTS, 9)), browser()
    url = f"/sessions/{session.pk}/guest/"

    asked = send(guest, url, name="过路人", phone="12800009999", role=role(session).pk)
    wrong = send(guest, f"{url}code/", code="000000")
    code = _code("12800009999")
    made = guest.post(f"{url}code/", {"key": "k" * 16, "code": code}, follow=True)

    signup = Signup.objects.get(session=session)
    assert (asked, wrong, made.status_code) == (302, 302, 200)
    assert (signup.person, signup.guest, signup.phone_index) == (None, "过路人", blind("+8612800009999"))
    assert made.redirect_chain[-1][0] == f"/s/{signup.code}/"
    assert "过路人" not in made.content.decode()


def test_a_guest_gives_the_seat_back_by_the_code(town: Town) -> None:
    session = evening(town)
    signup = actions.sign_up(actions.Seat(role(session), guest="过路人", phone="+8612800009999"), by=None, at=NINE)

    done = send(browser(), f"/s/{signup.code}/cancel/", version=signup.version)

    assert (done, states(session)) == (302, ["cancelled"])


def test_the_code_of_a_guest_never_opens_the_sign_up_of_an_account(town: Town) -> None:
    signup = come(evening(town), town.jin)

    assert browser().get(f"/s/{signup.code}/").status_code == 404


def test_calling_off_asks_for_words_and_leads_to_the_call_list(town: Town) -> None:
    session, zhou = evening(town), browser(town.zhou)
    come(session, town.jin)
    Person.objects.filter(pk=town.jin.pk).update(phone="", phone_index="")
    url, version = f"/sessions/{session.pk}/call-off/", session.version

    blank = send(zhou, url, version=version, words="")
    done = zhou.post(url, {"key": "k" * 16, "version": version, "words": "下雪"}, follow=True)

    assert (blank, done.redirect_chain[-1][0]) == (422, f"/sessions/{session.pk}/call-list/")
    assert town.jin.name in done.content.decode()


def test_volunteers_read_where_they_meet_and_what_may_happen(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 2), meeting_point="东门", risk="台阶", insurance="人保 1")

    shown = browser(town.min).get(f"/sessions/{session.pk}/").content.decode()

    assert [words in shown for words in ("东门", "台阶", "人保 1")] == [True] * 3
