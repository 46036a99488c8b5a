from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baixing.people import actions
from baixing.people.models import Code, Consent, Guardianship, Person
from tests.people.door import CHILD, GROWN_UP, HERE, NINE, ODD, PHONES, known, post, walk_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]


def test_guardian_agrees_from_another_phone() -> None:
    known("小金", PHONES[0], CHILD)
    known("王", PHONES[1], GROWN_UP)
    child, mother = walk_in(), walk_in(PHONES[1])
    Code.objects.all().delete()  # the messages of signing in are older than a minute by now

    post(child, "/me/family/", phone=PHONES[1])
    asked = Guardianship.objects.get()
    refused = post(child, f"/me/family/{asked.pk}/confirm/")
    post(mother, f"/me/family/{asked.pk}/confirm/")

    asked.refresh_from_db()
    assert refused.status_code == 403
    assert asked.confirmed_at == NINE


def test_one_who_is_asked_does_not_see_the_whole_name_of_the_child() -> None:
    child = known("小金", PHONES[0], CHILD)
    known("王", PHONES[1], GROWN_UP)
    actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE - timedelta(hours=1))

    page = walk_in(PHONES[1]).get("/me/family/").content.decode()

    assert "小*" in page
    assert "小金" not in page


def test_stranger_finds_no_guardianship() -> None:
    child = known("小金", PHONES[0], CHILD)
    known("卫", PHONES[2])
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)

    browser = walk_in(PHONES[2])

    assert post(browser, f"/me/family/{asked.pk}/end/").status_code == 404


def test_optional_consent_is_given_and_taken_back_on_my_page() -> None:
    known()
    browser = walk_in()

    post(browser, "/me/consents/photo/give/")
    post(browser, "/me/consents/photo/withdraw/")

    line = Consent.objects.get(kind="photo")
    assert (line.given_at, line.withdrawn_at) == (NINE, NINE)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/in/", "phone"), ("/in/", "next"), ("/me/name/", "name"), ("/me/birth/", "born"),
        ("/me/household/", "name"), ("/me/household/", "born"), ("/me/family/", "phone"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12]))
def test_odd_input_is_answered_in_words(path: str, field: str, odd: str) -> None:
    known()
    browser = Client() if path == "/in/" else walk_in()
    fine = {"phone": PHONES[9], "name": "王", "born": ""}

    answer = post(browser, path, **(fine | {field: odd}))

    assert answer.status_code in {302, 400, 422}
    assert answer.status_code != 422 or answer.context["form"].data[field] == odd


@pytest.mark.parametrize("typed", ["12345", "19501305", "18000101", "20990101", "1950-3", "昨天"])
def test_date_that_cannot_be_is_kept_and_explained(typed: str) -> None:
    known()

    page = post(walk_in(), "/me/birth/", born=typed)

    assert page.status_code == 422
    assert typed in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/me/", "/me/name/", "/me/birth/", "/me/household/", "/me/sessions/", "/me/consents/", "/me/family/"]
)
def test_my_pages_are_for_the_signed_in(path: str) -> None:
    known()

    answers = [Client().get(path).status_code, walk_in().get(path).status_code]

    assert answers == [302, 200]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/me/sessions/", 3), ("/me/consents/", 4), ("/me/household/", 3), ("/me/family/", 3)]
)
def test_lists_ask_the_database_the_same_however_long(rows: int, path: str, queries: int) -> None:
    jin, browser = _with_rows(rows)

    with CaptureQueriesContext(connection) as asked:
        page = browser.get(path)

    assert (page.status_code, len(asked)) == (200, queries)
    assert jin.is_active


def _with_rows(rows: int) -> tuple[Person, Client]:
    jin = known(born=GROWN_UP)
    browser = walk_in()
    for row in range(1, rows):
        actions.open_session(jin, f"{row}", device="Chrome", address=HERE, at=NINE)
        actions.give_consent(jin, ["photo", "sms"][row - 1], by=jin, at=NINE)
        actions.join_household("王", None, by=jin, at=NINE)
    for row in range(rows):
        child = known("小金", PHONES[20 + row], CHILD)
        actions.ask_guardian(child, PHONES[0], address=HERE, by=child, at=NINE + timedelta(minutes=5 + row * 5))
    return jin, browser
