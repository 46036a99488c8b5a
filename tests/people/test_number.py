"""My number, changed on my page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from baixing.people.models import Code, Person
from tests.people.door import NINE, ODD, PHONES, known, post, sent_code, walk_in, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]
NEW = PHONES[1]
LATER = NINE + timedelta(minutes=20)


def test_number_is_changed_just_after_signing_in() -> None:
    jin = known()
    browser, other = walk_in(), _other_browser()

    post(browser, "/me/number/", phone=NEW)
    post(browser, "/me/number/code/", code=sent_code(NEW))

    assert list(Person.objects.behind(NEW)) == [jin]
    assert (browser.get("/me/").status_code, other.get("/me/").status_code) == (200, 302)
    assert browser.get("/me/").context["new_number"] is True


def _other_browser() -> Client:
    Code.objects.all().delete()  # a minute passes
    return walk_in()


def test_later_the_old_number_answers_first() -> None:
    jin = known()
    browser = walk_in()

    with time_machine.travel(LATER, tick=False):
        first = browser.get("/me/number/")
        post(browser, "/me/number/old/send/")
        post(browser, "/me/number/old/", code=sent_code(PHONES[0]))
        post(browser, "/me/number/", phone=NEW)
        post(browser, "/me/number/code/", code=sent_code(NEW))

    assert first["Location"] == "/me/number/old/"
    assert list(Person.objects.behind(NEW)) == [jin]


def test_later_nothing_is_sent_to_a_new_number_before_the_old_one_answered() -> None:
    known()
    browser = walk_in()

    with time_machine.travel(LATER, tick=False):
        post(browser, "/me/number/old/send/")
        post(browser, "/me/number/old/", code=wrong(sent_code(PHONES[0])))
        answer = post(browser, "/me/number/", phone=NEW)

    assert answer["Location"] == "/me/number/old/"
    assert set(Code.objects.values_list("purpose", flat=True)) == {"sign_in", "number"}
    assert Code.objects.filter(purpose="number").count() == 1


def test_code_that_does_not_fit_is_shown_and_counted() -> None:
    jin = known()
    browser = walk_in()
    post(browser, "/me/number/", phone=NEW)
    guess = wrong(sent_code(NEW))

    for _ in range(6):
        post(browser, "/me/number/code/", code=guess)
    page = browser.get("/me/number/code/")
    post(browser, "/me/number/code/", code=sent_code(NEW))

    assert page.context["form"].errors["code"]
    assert guess in page.content.decode()
    assert list(Person.objects.behind(PHONES[0])) == [jin]


def test_own_number_is_not_a_new_one() -> None:
    known()

    page = post(walk_in(), "/me/number/", phone=PHONES[0])

    assert page.status_code == 422
    assert page.context["form"].errors["phone"]


def test_known_and_unknown_new_number_see_the_same() -> None:
    known()
    known("卫", PHONES[3])
    browser = walk_in()

    answers = [post(browser, "/me/number/", phone=phone) for phone in (PHONES[3], PHONES[99])]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/me/number/code/")] * 2


def test_code_page_is_not_reached_without_a_number() -> None:
    known()
    browser = walk_in()

    answers = [browser.get("/me/number/code/"), post(browser, "/me/number/code/", code="123456")]

    assert [answer["Location"] for answer in answers] == ["/me/number/"] * 2


@pytest.mark.parametrize("path", ["/me/number/", "/me/number/old/", "/me/data/", "/me/erase/"])
def test_pages_of_my_number_are_for_the_signed_in(path: str) -> None:
    known()

    assert [Client().get(path).status_code, walk_in().get(path).status_code] == [302, 200]


def test_number_does_not_stand_in_an_address_or_in_the_session() -> None:
    known()
    browser = walk_in()

    answer = post(browser, "/me/number/", phone=NEW)

    assert NEW.removeprefix("+86") not in f"{answer['Location']}{dict(browser.session)}"


@pytest.mark.parametrize(("path", "field"), [("/me/number/", "phone"), ("/me/number/code/", "code")])
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12]))
def test_odd_input_about_a_number_is_answered_in_words(path: str, field: str, odd: str) -> None:
    known()
    browser = walk_in()
    post(browser, "/me/number/", phone=NEW)

    answer = post(browser, path, **{field: odd})

    assert answer.status_code in {302, 400, 422}
    assert answer.status_code != 422 or answer.context["form"].data[field] == odd
