"""The page of a desk on which a date of birth is corrected, from a paper that it has seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from baixing.journal.models import Entry
from baixing.people.models import Person
from tests.people.conftest import Desk
from tests.people.door import GROWN_UP, NINE, ODD, PHONES, known, post, walk_in
from tests.people.test_desk import clerk_at, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]
BIRTH = "/recover/birth/"


def at_birth(desk: Desk, jin: Person) -> Client:
    return found(clerk_at(desk, jin), jin)


def test_clerk_corrects_a_date_of_birth_and_neither_date_is_written_down(desk: Desk) -> None:
    jin = known(born=GROWN_UP)
    browser = at_birth(desk, jin)
    asked = browser.get(BIRTH)

    answer = post(browser, BIRTH, born="1950年3月5日")

    jin.refresh_from_db()
    line = Entry.objects.of(jin).last()
    assert line is not None
    assert (asked.status_code, answer.status_code, answer["Location"]) == (200, 302, "/recover/")
    assert (jin.born, line.verb, line.facts, line.words_digest) == (
        date(1950, 3, 5), "correct_birth", {"paper": "id_card"}, "",
    )  # fmt: skip
    assert browser.get(BIRTH)["Location"] == "/recover/"  # one look, one correction


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "This field is required."),
        ("   ", "This field is required."),
        ("1950", "This is not a date. Write it like 19500305."),
        ("19500230", "This is not a date. Write it like 19500305."),
        ("三月五日", "This is not a date. Write it like 19500305."),
        ("20260306", "This day has not come yet. Please check it."),
        ("18751231", "This is too long ago. Please check the year."),
        ("1" * 21, "Ensure this value has at most 20 characters (it has 21)."),
    ],
)
def test_each_fault_of_a_corrected_birth_is_one_sentence(desk: Desk, typed: str, words: str) -> None:
    jin = known(born=GROWN_UP)
    browser = at_birth(desk, jin)
    browser.cookies["language"] = "en"

    page = post(browser, BIRTH, born=typed)

    jin.refresh_from_db()
    assert (page.status_code, page.context["form"].errors) == (422, {"born": [words]})
    assert jin.born == GROWN_UP


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12]))
def test_odd_births_are_answered_in_words(desk: Desk, odd: str) -> None:
    jin = known(born=GROWN_UP)

    answer = post(at_birth(desk, jin), BIRTH, born=odd)

    jin.refresh_from_db()
    assert (answer.status_code, jin.born) == (422, GROWN_UP)
    assert answer.context["form"].data["born"] == odd


def test_the_page_of_a_birth_shows_neither_name_nor_number_nor_the_date_there_was(desk: Desk) -> None:
    jin = known(born=GROWN_UP)

    page = at_birth(desk, jin).get(BIRTH).content.decode()

    assert "金*" in page
    assert [word for word in ("金大爷", PHONES[0].removeprefix("+86"), "1980-05-01", "19800501") if word in page] == []


def test_a_birth_is_corrected_after_a_look_only_and_by_a_desk_only(desk: Desk) -> None:
    jin = known(born=GROWN_UP)
    clerk = clerk_at(desk, jin)
    known("卫", PHONES[3])
    typed = {"born": "19500305", "who": jin.pk, "chosen": jin.pk, "paper": "id_card"}

    led = [post(browser, BIRTH, **typed)["Location"] for browser in (Client(), walk_in(PHONES[3]), clerk)]

    jin.refresh_from_db()
    assert led[0].startswith("/in/")
    assert (led[1:], jin.born) == (["/recover/", "/recover/"], GROWN_UP)


def test_a_desk_that_loses_somebody_meanwhile_corrects_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """They have moved to another county, or taken a post: their desk is another one now."""
    jin, wei = known(born=GROWN_UP), known("卫", PHONES[3])
    browser = at_birth(desk, jin)
    monkeypatch.setattr(
        "baixing.people.rules.above._desks", [lambda _by, _at: Person.objects.living().filter(pk=wei.pk)]
    )

    answer = post(browser, BIRTH, born="19500305")

    jin.refresh_from_db()
    assert (answer["Location"], jin.born) == ("/recover/", GROWN_UP)


def test_the_sixty_first_look_of_a_day_is_refused_in_words(desk: Desk) -> None:
    """Nobody is found any more, so no page of the desk is reached either; the next day they go on."""
    jin = known(born=GROWN_UP)
    browser = clerk_at(desk, jin)
    browser.cookies["language"] = "en"
    typed = {"name": jin.name, "four": jin.phone[-4:], "born": "", "number": ""}

    answers = [post(browser, "/recover/", **typed) for _ in range(61)]
    page = answers[-1]

    assert [answer.status_code for answer in answers] == [302] * 60 + [429]
    assert page.context["form"].non_field_errors() == [
        "You have looked for very many people today. Please go on tomorrow."
    ]
    assert jin.name in page.content.decode()  # what was typed is kept
    with time_machine.travel(NINE + timedelta(days=1), tick=False):
        assert post(walk_in(PHONES[5]), "/recover/", **typed).status_code == 302
