"""Being signed in with a browser: how it begins, how long it lasts, how it ends."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from baixing.journal.models import Entry
from baixing.look.said import device_words
from baixing.notices.models import Subscription
from baixing.people import actions
from baixing.people.models import Person, SignIn
from baixing.people.sessions import safe_next
from tests.notices.mailbox import Browser
from tests.people.conftest import make_everybody_staff
from tests.people.door import NINE, PHONES, at_code_page, known, post, prove, sent_code, walk_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]


def is_in(browser: Client, at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        return browser.get("/me/").status_code == 200


def entered(phone: str = PHONES[0], at: datetime = NINE) -> Client:
    """By the door, and with the second step where one is owed."""
    with time_machine.travel(at, tick=False):
        return prove(walk_in(phone), phone)


def test_session_id_changes_at_the_code_and_at_sign_in() -> None:
    known()
    wife = known("金大妈")
    browser = Client()
    browser.cookies["session"] = planted = "planted-by-somebody"

    def id_after(path: str, **typed: object) -> str:
        post(browser, path, **typed)
        return browser.cookies["session"].value

    asked = id_after("/in/", phone=PHONES[0])
    answered = id_after("/in/code/", code=sent_code(PHONES[0]))
    signed_in = id_after("/in/who/", who=wife.pk)

    assert len({"", planted, asked, answered, signed_in}) == 5
    assert SignIn.objects.get().session_key == signed_in


def test_the_answer_that_begins_a_session_is_kept_by_no_cache() -> None:
    answer = post(Client(), "/in/", phone=PHONES[0])

    assert "session" in answer.cookies
    assert answer["Cache-Control"] == "no-store, private"


def test_id_known_before_signing_in_opens_nothing_afterwards() -> None:
    known()
    browser, thief = Client(), Client()
    post(browser, "/in/", phone=PHONES[0])
    thief.cookies["session"] = browser.cookies["session"].value

    post(browser, "/in/code/", code=sent_code(PHONES[0]))

    assert browser.get("/me/").status_code == 200
    assert thief.get("/me/").status_code == 302


@pytest.mark.parametrize(("after", "stays"), [(29 * MINUTE, True), (31 * MINUTE, False), (11 * HOUR, False)])
def test_idle_staff_is_signed_out_after_half_an_hour(staff: None, after: timedelta, stays: bool) -> None:
    known()
    browser = entered()

    assert is_in(browser, NINE + after) is stays


def test_busy_staff_is_signed_out_after_twelve_hours(staff: None) -> None:
    known()
    browser = entered()

    stays = [is_in(browser, NINE + quarter * 15 * MINUTE) for quarter in range(1, 50)]

    assert stays == [True] * 48 + [False]


@pytest.mark.parametrize(("after", "stays"), [(HOUR, True), (29 * DAY, True), (30 * DAY + MINUTE, False)])
def test_resident_stays_for_thirty_days(after: timedelta, stays: bool) -> None:
    known()
    browser = entered()

    assert is_in(browser, NINE + after) is stays


def test_somebody_who_becomes_staff_has_the_limits_of_staff_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known()
    browser = entered()
    before = is_in(browser, NINE + HOUR)

    make_everybody_staff(monkeypatch)

    assert (before, is_in(browser, NINE + 2 * HOUR)) == (True, False)


def test_revoked_browser_is_thrown_out_and_the_other_stays() -> None:
    jin = known()
    mine, other = entered(), entered(at=NINE + HOUR)
    listed = SignIn.objects.get(session_key=other.cookies["session"].value)

    with time_machine.travel(NINE + HOUR, tick=False):
        post(mine, f"/me/sessions/{listed.pk}/end/")

    assert (is_in(mine, NINE + HOUR), is_in(other, NINE + HOUR)) == (True, False)
    assert Entry.objects.filter(verb="sign_out", by=jin).count() == 1


def test_all_other_browsers_are_signed_out_at_once() -> None:
    known()
    browsers = [entered(at=NINE + hour * HOUR) for hour in range(3)]

    with time_machine.travel(NINE + 3 * HOUR, tick=False):
        post(browsers[0], "/me/sessions/end/")

    assert [is_in(browser, NINE + 3 * HOUR) for browser in browsers] == [True, False, False]


def still_told() -> list[str]:
    return [json.loads(row.sealed)["endpoint"][-1] for row in Subscription.objects.order_by("pk")]


def test_a_browser_that_is_signed_out_is_told_nothing_more() -> None:
    known()
    browsers = [entered(at=NINE + hour * HOUR) for hour in range(4)]
    with time_machine.travel(NINE + 4 * HOUR, tick=False):
        for number, browser in enumerate(browsers):
            post(browser, "/notices/browsers/", **Browser(f"https://fcm.googleapis.com/{number}").said)
        told = [still_told()]
        post(browsers[3], "/out/")
        told.append(still_told())
        post(browsers[0], "/me/sessions/end/")
        told.append(still_told())

    assert told == [["0", "1", "2", "3"], ["0", "1", "2"], ["0"]]


def test_nobody_ends_the_session_of_another() -> None:
    known()
    known("卫", PHONES[1])
    mine, theirs = entered(), entered(PHONES[1])
    listed = SignIn.objects.get(session_key=theirs.cookies["session"].value)

    with time_machine.travel(NINE, tick=False):
        assert post(mine, f"/me/sessions/{listed.pk}/end/").status_code == 404

    assert is_in(theirs, NINE)


def test_closed_account_is_signed_out() -> None:
    known()
    browser = entered()

    Person.objects.update(is_active=False)

    assert not is_in(browser, NINE)


def test_session_sealed_with_another_secret_is_thrown_out() -> None:
    """As after the installation's SECRET_KEY was changed because somebody had read it."""
    jin = known()
    browser = entered()
    before = is_in(browser, NINE)

    Person.objects.filter(pk=jin.pk).update(password="!another")

    assert (before, is_in(browser, NINE)) == (True, False)


def test_session_without_a_listed_sign_in_is_thrown_out() -> None:
    known()
    browser = entered()

    SignIn.objects.all().delete()

    assert not is_in(browser, NINE)


def test_signing_out_ends_the_session_and_clears_the_browser() -> None:
    known()
    browser = entered()
    kept = Client()
    kept.cookies["session"] = browser.cookies["session"].value

    with time_machine.travel(NINE, tick=False):
        answer = post(browser, "/out/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert (is_in(browser, NINE), is_in(kept, NINE)) == (False, False)
    assert SignIn.objects.get().ended_at == NINE


def test_device_is_kept_as_two_names_only() -> None:
    agent = "Mozilla/5.0 (Linux; Android 10; HMA-AL00) AppleWebKit/537.36 Chrome/88 MicroMessenger/8.0"

    assert device_words(agent) == "WeChat, Android"
    assert device_words("") == ""


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/", "http:evil.example",
        "javascript:alert(1)", "data:text/html,x", "/%2f%2fevil.example", "/%5cevil.example", "///evil.example",
        " //evil.example", "\t//evil.example", "/\t/evil.example", "/a\r\nSet-Cookie: a=b", "/a\0b", "evil.example",
        "http://testserver.evil.example/", "http://testserver@evil.example/", "/in/", "/out/", "/" + "a" * 500, "",
    ],
)  # fmt: skip
def test_way_on_after_signing_in_stays_here(asked: str) -> None:
    assert safe_next(RequestFactory().get("/"), asked) == ""


@pytest.mark.parametrize("asked", ["/", "/orders/42/?a=1&b=2", "/menu/?q=修水龙头", "/me/"])
def test_own_page_is_a_way_on(asked: str) -> None:
    assert safe_next(RequestFactory().get("/"), asked) == asked


@pytest.mark.both
@pytest.mark.parametrize("goal", ["/menu/?q=" + "水" * 490, "/menu/?q=" + "%E6%B0%B4" * 50])
def test_a_long_way_on_is_led_or_left_out_and_breaks_no_sign_in(staff: None, goal: str) -> None:
    """Each letter of a way on may be nine in an address, and fifteen in one that carries it on to the second step."""
    known()

    browser = walk_in(next=goal)

    assert browser.get("/in/")["Location"].startswith("/in/factor/")


def test_person_comes_back_to_the_page_they_asked_for() -> None:
    known()
    asked = Client().get("/me/sessions/?page=2")
    browser = at_code_page(next="/me/sessions/?page=2")

    answer = post(browser, "/in/code/", code=sent_code(PHONES[0]))

    assert asked["Location"] == "/in/?next=%2Fme%2Fsessions%2F%3Fpage%3D2"
    assert answer["Location"] == "/me/sessions/?page=2"


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole() -> None:
    answer = Client().get("/me/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/in/")


def test_language_chosen_on_any_page_is_remembered_on_the_person() -> None:
    jin = known()
    browser = walk_in()

    browser.post("/language/", {"language": "en", "next": "/me/"})

    jin.refresh_from_db()
    assert jin.language == "en"
    assert browser.get("/me/").headers["Content-Language"] == "en"


def test_language_of_the_person_is_spoken_on_their_next_device() -> None:
    jin = known()
    actions.choose_language(jin, "en", by=jin, at=NINE)

    browser = walk_in()

    assert browser.get("/me/").headers["Content-Language"] == "en"
    assert browser.cookies["language"].value == "en"
