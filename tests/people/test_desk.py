"""The screens of a desk where somebody has lost their number."""

from __future__ import annotations

import pytest
from django.test import Client

from baixing.people.models import Code, Person
from tests.people.conftest import Desk
from tests.people.door import ODD, PHONES, known, post, sent_code, walk_in, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]
NEW = PHONES[1]
STEPS = ("/recover/who/", "/recover/number/", "/recover/code/")


def clerk_at(desk: Desk, *residents: Person) -> Client:
    clerk = known("石", PHONES[5])
    for resident in residents:
        desk(clerk, resident)
    return walk_in(PHONES[5])


def found(browser: Client, jin: Person, paper: str = "id_card") -> Client:
    post(browser, "/recover/", name=jin.name, four=jin.phone[-4:], born="", number="")
    post(browser, "/recover/who/", who=jin.pk, paper=paper)
    return browser


def at_code(browser: Client, jin: Person) -> Client:
    post(found(browser, jin), "/recover/number/", phone=NEW)
    return browser


def test_clerk_gives_a_resident_a_new_number(desk: Desk) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)

    answer = post(browser, "/recover/code/", code=sent_code(NEW))

    assert (answer.status_code, answer["Location"]) == (302, "/recover/")
    assert list(Person.objects.behind(NEW)) == [jin]


def test_resident_signs_in_with_the_new_number_and_sees_that_it_is_new(desk: Desk) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)
    post(browser, "/recover/code/", code=sent_code(NEW))
    Code.objects.all().delete()  # a minute passes

    page = walk_in(NEW).get("/me/")

    assert page.context["new_number"] is True
    assert page.context["person"] == jin


@pytest.mark.parametrize("step", range(3))
def test_no_page_of_the_desk_shows_whole_names_or_numbers(desk: Desk, step: int) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)

    page = browser.get(STEPS[step]).content.decode()

    assert "金*" in page
    assert "金大爷" not in page
    assert PHONES[0].removeprefix("+86") not in page


def test_stranger_to_the_desk_and_nobody_look_the_same(desk: Desk) -> None:
    known("卫", PHONES[3])
    browser = clerk_at(desk, known())
    typed = {"born": "", "number": ""}

    pages = [
        post(browser, "/recover/", key="0123456789abcdef", name="卫", four=four, **typed)
        for four in (PHONES[3][-4:], PHONES[99][-4:])
    ]

    texts = [page.content.decode().replace(PHONES[n][-4:], "") for page, n in zip(pages, (3, 99), strict=True)]
    assert [page.status_code for page in pages] == [422, 422]
    assert _plain(texts[0]) == _plain(texts[1])


def _plain(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and 'name="key"' not in line]


def test_what_was_typed_is_kept_when_nobody_fits(desk: Desk) -> None:
    browser = clerk_at(desk, known())

    page = post(browser, "/recover/", name="王某某", four="1234", born="", number="").content.decode()

    assert "王某某" in page
    assert "1234" in page


def test_name_alone_is_asked_for_more(desk: Desk) -> None:
    browser = clerk_at(desk, known())

    page = post(browser, "/recover/", name="金大爷", four="", born="", number="")

    assert page.status_code == 422
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("path", ["/recover/", "/recover/number/", "/recover/code/"])
def test_pages_of_the_desk_are_for_those_who_have_one(desk: Desk, path: str) -> None:
    jin = known()
    at_code(clerk_at(desk, jin), jin)
    known("卫", PHONES[3])

    nobody, resident = Client().get(path), walk_in(PHONES[3]).get(path)

    assert nobody["Location"].startswith("/in/")
    assert resident.status_code == (403 if path == "/recover/" else 302)


@pytest.mark.parametrize("path", STEPS)
def test_no_step_is_reached_without_the_one_before(desk: Desk, path: str) -> None:
    browser = clerk_at(desk, known())

    answers = [browser.get(path), post(browser, path, phone=NEW, code="123456", who=1, paper="id_card")]

    assert [answer["Location"] for answer in answers] == ["/recover/", "/recover/"]
    assert Person.objects.behind(NEW).count() == 0


def test_only_those_found_can_be_chosen(desk: Desk) -> None:
    jin, wei = known(), known("卫", PHONES[3])
    browser = found(clerk_at(desk, jin, wei), jin)

    answer = post(browser, "/recover/who/", who=wei.pk, paper="id_card")

    assert answer.status_code == 422


@pytest.mark.parametrize("paper", ["", "none", "612101195003050010"])
def test_a_kind_of_paper_is_chosen(desk: Desk, paper: str) -> None:
    jin = known()
    browser = clerk_at(desk, jin)

    found(browser, jin, paper)

    assert browser.get("/recover/number/")["Location"] == "/recover/"


def test_desk_that_is_taken_away_is_gone_at_the_next_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)
    monkeypatch.setattr("baixing.people.rules.above._desks", [])

    answer = post(browser, "/recover/code/", code=sent_code(NEW))

    assert answer.status_code == 403
    assert list(Person.objects.behind(PHONES[0])) == [jin]


def test_wrong_code_at_the_desk_is_counted_five_times(desk: Desk) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)
    for _ in range(6):
        post(browser, "/recover/code/", code=wrong(sent_code(NEW)))

    page = browser.get("/recover/code/")
    post(browser, "/recover/code/", code=sent_code(NEW))

    assert page.context["form"].errors["code"]
    assert Code.objects.get(purpose="recover").tries == 5
    assert list(Person.objects.behind(PHONES[0])) == [jin]


def test_second_code_within_a_minute_is_refused_in_words(desk: Desk) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)

    page = post(browser, "/recover/number/", phone=NEW)

    assert page.status_code == 429
    assert NEW in page.content.decode()


def test_known_and_unknown_new_number_are_answered_alike(desk: Desk) -> None:
    jin = known()
    known("卫", PHONES[3])
    browser = found(clerk_at(desk, jin), jin)

    answers = [post(browser, "/recover/number/", phone=phone) for phone in (PHONES[3], PHONES[99])]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/recover/code/")] * 2


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/recover/", "name"), ("/recover/", "four"), ("/recover/", "born"), ("/recover/", "number"),
        ("/recover/who/", "who"), ("/recover/who/", "paper"),
        ("/recover/number/", "phone"), ("/recover/code/", "code"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:12]))
def test_odd_input_at_the_desk_is_answered_in_words(desk: Desk, path: str, field: str, odd: str) -> None:
    jin = known()
    browser = at_code(clerk_at(desk, jin), jin)
    fine = {"name": "金大爷", "four": "0000", "born": "", "number": "", "who": jin.pk, "paper": "id_card"}

    answer = post(browser, path, **(fine | {field: odd}))

    assert answer.status_code in {302, 400, 422}
    assert answer.status_code != 422 or answer.context["form"].data[field] == odd
