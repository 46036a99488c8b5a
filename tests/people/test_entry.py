from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from baixing.people import actions
from baixing.people.models import Code, Consent, Person, SignIn
from tests.people.door import NINE, ODD, PHONES, at_code_page, known, post, sent_code, walk_in, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]


def name_on_my_page(browser: Client) -> str:
    page = browser.get("/me/")
    return page.context["person"].name if page.status_code == 200 else ""


def test_known_person_signs_in_with_phone_and_code() -> None:
    known()

    assert name_on_my_page(walk_in()) == "金大爷"


def test_phone_may_be_typed_as_people_write_it() -> None:
    known()
    typed = PHONES[0].removeprefix("+86")

    browser = at_code_page(f" {typed[:3]} {typed[3:7]}-{typed[7:]} ")
    code = sent_code(PHONES[0])
    post(browser, "/in/code/", code=f" {code[:3]} {code[3:]} ")

    assert name_on_my_page(browser) == "金大爷"


def test_newcomer_gives_a_name_agrees_and_is_in() -> None:
    browser = walk_in()

    answer = post(browser, "/in/new/", name="王小明", born="1950年3月5日", agree="on")

    person = Person.objects.get()
    assert (answer.status_code, name_on_my_page(browser)) == (302, "王小明")
    assert (person.phone, str(person.born)) == (PHONES[0], "1950-03-05")
    assert set(person.consents.values_list("kind", flat=True)) == {"terms", "privacy"}


def test_newcomer_who_does_not_agree_is_not_kept() -> None:
    browser = walk_in()

    page = post(browser, "/in/new/", name="王小明", born="")

    assert (page.status_code, Person.objects.count()) == (422, 0)
    assert "王小明" in page.content.decode()


def test_wrong_code_is_said_counted_and_kept_to_see() -> None:
    known()
    browser = at_code_page()
    guess = wrong(sent_code(PHONES[0]))

    post(browser, "/in/code/", code=guess)
    page = browser.get("/in/code/")

    assert page.context["form"].errors["code"]
    assert f'value="{guess}"' in page.content.decode()
    assert Code.objects.get().tries == 1


def test_same_tap_twice_costs_one_try() -> None:
    browser = at_code_page()
    form = {"key": "0123456789abcdef", "code": wrong(sent_code(PHONES[0]))}

    for _ in range(2):
        browser.post("/in/code/", form)

    assert Code.objects.get().tries == 1


def test_sixth_guess_on_the_page_is_in_vain() -> None:
    known()
    browser = at_code_page()
    for _ in range(5):
        post(browser, "/in/code/", code=wrong(sent_code(PHONES[0])))

    post(browser, "/in/code/", code=sent_code(PHONES[0]))

    assert name_on_my_page(browser) == ""


def test_code_page_shows_the_message_in_a_demo_only(settings: Settings) -> None:
    browser = at_code_page()
    code = sent_code(PHONES[0])
    shown = code in browser.get("/in/code/").content.decode()

    settings.DEMO = False

    assert (shown, code in browser.get("/in/code/").content.decode()) == (True, False)


def test_code_field_can_be_filled_by_the_phone() -> None:
    page = at_code_page().get("/in/code/").content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_known_and_unknown_phone_see_the_same_pages_after_the_same_work() -> None:
    known()

    pages = [_pages_of(phone) for phone in (PHONES[0], PHONES[100])]

    assert pages[0] == pages[1]


def _pages_of(phone: str) -> tuple[int, int, str]:
    """Status, number of queries and page, without what differs for everybody."""
    browser = Client(REMOTE_ADDR=f"192.0.2.{int(phone[-3:])}")
    with CaptureQueriesContext(connection) as asked:
        answer = post(browser, "/in/", phone=phone)
    work = len(asked)
    page = browser.get("/in/code/").content.decode()
    for part in (*re.findall(r'value="([^"]{32,})"', page), sent_code(phone), phone[-4:]):
        page = page.replace(part, "·")
    return answer.status_code, work, page


def test_second_code_within_a_minute_is_refused_with_the_number_kept() -> None:
    browser = at_code_page()

    page = post(browser, "/in/", phone=PHONES[0])

    assert page.status_code == 429
    assert PHONES[0] in page.content.decode()


def test_one_of_a_household_is_chosen_after_the_code() -> None:
    jin = known()
    wife = actions.join_household("王阿姨", None, by=jin, at=NINE)
    actions.agree(wife, by=wife, at=NINE)
    browser = walk_in()

    before = name_on_my_page(browser)
    post(browser, "/in/who/", who=wife.pk)

    assert (before, name_on_my_page(browser)) == ("", "王阿姨")


def test_stranger_cannot_be_chosen() -> None:
    jin, wei = known(), known("卫", PHONES[1])
    actions.join_household("王阿姨", None, by=jin, at=NINE)
    browser = walk_in()

    answers = [post(browser, "/in/who/", who=who).status_code for who in (wei.pk, 10**30, "x", "")]

    assert answers == [422] * 4
    assert SignIn.objects.count() == 0


@pytest.mark.parametrize("path", ["/in/who/", "/in/name/", "/in/new/", "/in/consent/"])
def test_nothing_behind_the_code_is_reached_without_it(path: str) -> None:
    jin = known()
    browser = at_code_page()

    answers = [browser.get(path), post(browser, path, who=jin.pk, name="金大爷", agree="on")]

    assert [answer["Location"] for answer in answers] == ["/in/", "/in/"]
    assert SignIn.objects.count() == 0


def test_number_unused_for_half_a_year_asks_for_the_full_name() -> None:
    jin = known(at=NINE - timedelta(days=200))
    browser = walk_in()

    page = browser.get("/in/who/").content.decode()
    post(browser, "/in/who/", who=jin.pk)
    post(browser, "/in/name/", name="别人")
    before = name_on_my_page(browser)
    post(browser, "/in/name/", name="金 大爷")

    assert "金大爷" not in page
    assert (before, name_on_my_page(browser)) == ("", "金大爷")


def test_full_name_is_guessed_five_times_a_day() -> None:
    jin = known(at=NINE - timedelta(days=200))
    browser = walk_in()
    post(browser, "/in/who/", who=jin.pk)

    answers = [post(browser, "/in/name/", name=f"金{n}").status_code for n in range(6)]

    assert answers == [302] * 5 + [429]


def test_consent_does_not_lead_round_the_full_name() -> None:
    jin = known(at=NINE - timedelta(days=200))
    Consent.objects.all().delete()
    browser = walk_in()
    post(browser, "/in/who/", who=jin.pk)

    post(browser, "/in/consent/", agree="on")

    assert (Consent.objects.count(), SignIn.objects.count()) == (0, 0)


def test_person_enrolled_by_another_agrees_before_the_first_page() -> None:
    actions.enrol("金大爷", PHONES[0], None, at=NINE, by=None)
    browser = walk_in()

    before = name_on_my_page(browser)
    post(browser, "/in/consent/", agree="on")

    assert (before, name_on_my_page(browser)) == ("", "金大爷")


@pytest.mark.parametrize(
    ("path", "field"), [("/in/code/", "code"), ("/in/who/", "who"), ("/in/new/", "name"), ("/in/new/", "born")]
)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12]))
def test_odd_input_at_the_door_is_answered_in_words(path: str, field: str, odd: str) -> None:
    browser = at_code_page() if path == "/in/code/" else walk_in()

    answer = post(browser, path, **({"name": "王", "born": "", "agree": "on"} | {field: odd}))

    assert answer.status_code in {302, 400, 422}
    assert answer.status_code != 422 or answer.context["form"].data[field] == odd


def test_language_is_changed_without_leaving_the_code_page() -> None:
    page = at_code_page().get("/in/code/").content.decode()

    assert 'name="next" value="/in/code/"' in page


@pytest.fixture
def long_away() -> Client:
    """The browser of somebody not here for half a year, after the code and the choice who it is."""
    person = known(at=NINE - timedelta(days=200))
    browser = walk_in(client=Client(headers={"accept-language": "en"}))
    post(browser, "/in/who/", who=person.pk)
    return browser


def test_whoever_was_away_for_half_a_year_gives_their_full_name(long_away: Client) -> None:
    asked = long_away.get("/in/name/").content.decode()

    post(long_away, "/in/name/", name="金 大爷")

    assert "your full name" in asked
    assert name_on_my_page(long_away) == "金大爷"


def test_wrong_name_is_said_and_kept_and_lets_nobody_in(long_away: Client) -> None:
    post(long_away, "/in/name/", name="王小明")

    page = long_away.get("/in/name/")

    assert page.context["form"].errors["name"]
    assert 'value="王小明"' in page.content.decode()
    assert name_on_my_page(long_away) == ""


def test_whoever_took_their_consent_back_is_asked_before_they_go_on() -> None:
    person = known()
    actions.withdraw_consent(person, "privacy", by=person, at=NINE)
    browser = walk_in(client=Client(headers={"accept-language": "en"}))

    unticked = post(browser, "/in/consent/")
    post(browser, "/in/consent/", agree="on")

    assert unticked.status_code == 422
    assert "Before you go on" in unticked.content.decode()
    assert name_on_my_page(browser) == "金大爷"
