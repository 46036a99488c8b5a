"""The pages of the second step. Everybody is staff here."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from baixing.people import actions, rules
from baixing.people.models import SignIn
from baixing.people.rules.factors import code_in, step_of
from tests.people.conftest import Desk
from tests.people.door import NINE, PHONES, known, post, proof, prove, walk_in, wrong
from tests.people.proving import proven
from tests.second_step import app_of, shown_by

MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine", "staff")]


def set_up(browser: Client) -> Client:
    """Without a factor yet: an app, and its codes are kept."""
    post(browser, "/me/factors/app/begin/")
    page = browser.get("/me/factors/app/")
    secret = page.context["secret"].replace(" ", "")
    post(browser, "/me/factors/app/", code=code_in(secret, step_of(NINE)))
    return browser


def test_staff_set_up_an_app_at_the_first_sign_in_and_are_in() -> None:
    known()
    browser = walk_in(next="/me/sessions/")

    led = browser.get("/in/", follow=True)
    codes = set_up(browser).get("/me/factors/codes/")
    kept = post(browser, "/me/factors/codes/kept/")

    assert led.redirect_chain[-1][0] == "/me/factors/"
    assert len(set(codes.context["codes"])) == rules.RECOVERY_CODES
    assert kept["Location"] == "/me/"  # where one was going
    assert browser.get("/me/").status_code == 200


def test_code_of_the_app_lets_in_and_leads_where_one_was_going() -> None:
    app = app_of(known())
    browser = walk_in(next="/me/sessions/")
    led = browser.get("/in/?next=/me/sessions/")

    answer = post(browser, led["Location"], code=shown_by(app))

    assert (led["Location"], answer["Location"]) == ("/in/factor/?next=%2Fme%2Fsessions%2F", "/me/sessions/")
    assert browser.get("/me/").status_code == 200


def test_session_id_changes_with_the_second_factor() -> None:
    app = app_of(known())
    browser = walk_in()
    before = browser.cookies["session"].value

    post(browser, "/in/factor/", code=shown_by(app))

    assert browser.cookies["session"].value != before
    assert SignIn.objects.get().session_key == browser.cookies["session"].value


def test_the_wrong_code_is_said_counted_and_not_forgotten() -> None:
    app = app_of(known())
    browser = walk_in()
    for _ in range(6):
        answer = post(browser, "/in/factor/", code=wrong(shown_by(app)))

    page = browser.get("/in/factor/")

    assert answer.status_code == 429
    assert page.context["form"].errors["code"]
    assert browser.get("/me/").status_code == 302


def test_without_the_phone_one_gets_in_by_paper() -> None:
    jin = known()
    codes = actions.make_recovery_codes(jin, kept=proven(jin), by=jin, at=NINE)
    browser = walk_in()

    wrongly = post(browser, "/in/factor/recovery/", code="abcd-abcd-abcd-abcd")
    page = browser.get("/in/factor/recovery/")
    rightly = post(browser, "/in/factor/recovery/", code=codes[3])

    assert (wrongly["Location"], rightly["Location"]) == ("/in/factor/recovery/", "/")
    assert page.context["form"].errors["code"]
    assert browser.get("/me/").status_code == 200


def test_half_way_lasts_a_quarter_of_an_hour() -> None:
    app = app_of(known())
    browser = walk_in()

    with time_machine.travel(NINE + 16 * MINUTE, tick=False):
        answer = post(browser, "/in/factor/", code=shown_by(app))

    assert answer["Location"].startswith("/in/?") or answer["Location"] == "/in/"
    assert SignIn.objects.get().ended_at == NINE + 16 * MINUTE


@pytest.mark.parametrize("path", ["/me/factors/", "/me/factors/app/", "/me/factors/passkey/", "/me/number/"])
def test_to_change_a_factor_or_the_number_one_shows_the_factor_anew(path: str) -> None:
    app_of(known())
    browser = prove(walk_in())

    with time_machine.travel(NINE + 14 * MINUTE, tick=False):
        soon = browser.get(path)
    with time_machine.travel(NINE + 16 * MINUTE, tick=False):
        late = browser.get(path)

    assert not soon.headers.get("Location", "").startswith("/in/")
    assert late["Location"].startswith("/in/factor/?next=")


def test_a_number_recovered_at_the_desk_still_asks_for_the_factor(desk: Desk) -> None:
    jin, head = known(), known("高", PHONES[2])
    desk(head, jin)
    app_of(jin)

    actions.recover(jin, PHONES[8], proof(PHONES[8], at=NINE - 2 * MINUTE), paper="id_card", by=head, at=NINE)
    browser = walk_in(PHONES[8])

    assert browser.get("/me/")["Location"] == "/in/factor/?next=%2Fme%2F"


def test_a_demo_shows_what_the_app_would_show_and_nothing_else_does(settings: Settings) -> None:
    jin = known()
    app = app_of(jin)
    browser = walk_in()

    demo = browser.get("/in/factor/")
    settings.DEMO = False
    real = browser.get("/in/factor/")

    assert demo.context["demo_code"] == shown_by(app)
    assert shown_by(app) in demo.content.decode()
    assert (real.context["demo_code"], re.findall(r"\b\d{6}\b", _words(real))) == ("", [])


def test_a_new_app_shows_its_code_in_a_demo_only(settings: Settings) -> None:
    known()
    browser = walk_in()
    post(browser, "/me/factors/app/begin/")

    demo = browser.get("/me/factors/app/").context["demo_code"]
    settings.DEMO = False

    assert (len(demo), browser.get("/me/factors/app/").context["demo_code"]) == (6, "")


def test_the_secret_of_an_app_is_sealed_and_its_picture_is_on_the_page_alone() -> None:
    known()
    browser = walk_in()
    post(browser, "/me/factors/app/begin/")

    page = browser.get("/me/factors/app/")

    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.context["secret"].replace(" ", "") not in str(dict(browser.session))


def _words(page: object) -> str:
    return re.sub(r"<[^>]*>", " ", getattr(page, "content", b"").decode())
