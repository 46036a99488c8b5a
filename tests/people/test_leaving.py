"""A copy of one's data, and deleting an account."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from baixing.journal.models import Entry, Words
from baixing.journal.queries import verify
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.notices.models import Choice, Notice, Outgoing
from baixing.people import actions, queries
from baixing.people.models import Code, Consent, Guardianship, Person, SignIn
from baixing.people.news import Erased, erased
from baixing.people.rules import above
from tests.people.door import CHILD, GROWN_UP, HERE, NINE, ODD, PHONES, browser_of, known, post, told, walk_in

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine")]


def gone(person: Person) -> Person:
    actions.erase(person, by=person, at=NINE + HOUR)
    return Person.objects.get(pk=person.pk)


def test_erased_person_has_neither_name_nor_number_nor_birth() -> None:
    jin = gone(known(born=GROWN_UP))

    assert (jin.name, jin.phone, jin.phone_index, jin.phone_tail, jin.born) == ("已注销", "", "", "", None)
    assert (jin.is_active, jin.erased_at) == (False, NINE + HOUR)
    assert (str(jin), jin.masked_name) == ("已注销", "已注销")


def test_nobody_is_behind_the_phone_any_more() -> None:
    gone(known())

    assert list(Person.objects.behind(PHONES[0])) == []
    assert list(Person.objects.tail(PHONES[0][-4:])) == []


def test_erased_person_is_signed_out_and_their_devices_are_forgotten() -> None:
    jin = known()
    browser_of(jin)

    gone(jin)

    row = SignIn.objects.get()
    assert (row.ended_at, row.device, row.address_index) == (NINE + HOUR, "", "")


def test_consents_of_an_erased_person_are_taken_back() -> None:
    jin = known()
    actions.give_consent(jin, "photo", by=jin, at=NINE)

    gone(jin)

    assert set(Consent.objects.values_list("withdrawn_at", flat=True)) == {NINE + HOUR}


def test_what_an_erased_person_was_told_is_emptied_and_goes_nowhere() -> None:
    jin = known()
    actions.change_number(jin, _proof(PHONES[1]), kept=browser_of(jin), by=jin, at=NINE)
    Choice.objects.create(person=jin, channel="email", on=True, address="jin@example.org")

    gone(jin)

    assert set(Notice.objects.values_list("said", flat=True)) == {""}
    assert Outgoing.objects.filter(notice__person=jin).count() == 0
    assert (Choice.objects.get().on, Choice.objects.get().address) == (False, "")


def _proof(phone: str) -> str:
    nonce, code = actions.ask_code(phone, purpose="number", address=HERE, at=NINE)
    actions.answer_code(nonce, code, at=NINE)
    return nonce


def test_phone_is_told_that_the_account_is_gone() -> None:
    gone(known())

    assert len(told(PHONES[0])) == 1


def test_journal_of_an_erased_person_stays_whole_without_words() -> None:
    jin = known()

    gone(jin)

    assert list(Entry.objects.of(jin).values_list("verb", flat=True)) == ["enrol", "erase"]
    assert Words.objects.exclude(text="").count() == 0
    assert verify(jin).ok


@pytest.mark.both
def test_nothing_of_an_erased_person_is_left_in_the_tables() -> None:
    jin = known("金大爷爷", born=GROWN_UP)
    actions.ask_code(PHONES[0], address=HERE, at=NINE)

    gone(jin)

    kept = "".join(_dump(table) for table in ("people_person", "people_code", "people_guardianship"))
    assert "金大爷爷" not in kept
    assert "1980" not in kept
    assert Code.objects.get().phone == ""


def _dump(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
        return f"{cursor.fetchall()}"


def test_wards_of_an_erased_guardian_are_told_and_the_phone_is_forgotten() -> None:
    child, mother = known("小金", PHONES[0], CHILD), known("王", PHONES[1], GROWN_UP)
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)
    actions.confirm_guardian(asked, by=mother, at=NINE)

    gone(mother)

    row = Guardianship.objects.get()
    assert (row.ended_at, row.phone, row.phone_index) == (NINE + HOUR, "", "")
    assert queries.needs_guardian(child, NINE.date())
    assert Notice.objects.filter(person=child, kind="people.unguarded").count() == 1


def test_rest_of_the_household_stays() -> None:
    jin = known()
    wife = actions.join_household("王阿姨", None, by=jin, at=NINE)
    actions.ask_code(PHONES[0], address=HERE, at=NINE)

    gone(jin)

    assert list(Person.objects.behind(PHONES[0])) == [wife]
    assert Code.objects.get().phone == PHONES[0]


def test_erasing_twice_is_erasing_once() -> None:
    jin = known()
    gone(jin)

    actions.erase(jin, by=jin, at=NINE + 2 * HOUR)

    assert Person.objects.get().erased_at == NINE + HOUR
    assert Entry.objects.filter(verb="erase").count() == 1
    assert len(told(PHONES[0])) == 1


def test_nobody_erases_another() -> None:
    jin, wei = known(), known("卫", PHONES[3])

    with pytest.raises(NotAllowed):
        actions.erase(jin, by=wei, at=NINE)


def test_duties_are_named_and_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    jin = known()
    monkeypatch.setattr(above, "_duties", [lambda _person, _at: ["订单 42"], lambda _person, _at: ["站长"]])

    with pytest.raises(NotNow) as no:
        gone(jin)

    assert "订单 42" in str(no.value)
    assert "站长" in str(no.value)
    assert Person.objects.get().erased_at is None


def test_higher_floors_hear_while_the_person_is_still_whole() -> None:
    jin, heard = known(), []
    hearer = erased.hear(lambda item: heard.append((item.person.name, item.person.phone, item.at)))

    gone(jin)
    erased._hearers.remove(hearer)

    assert heard == [("金大爷", PHONES[0], NINE + HOUR)]


def test_hearer_that_refuses_undoes_it_all() -> None:
    jin = known()

    @erased.hear
    def refuse(_item: Erased) -> None:
        raise NotNow("no")

    with pytest.raises(NotNow):
        gone(jin)
    erased._hearers.remove(refuse)

    assert Person.objects.behind(PHONES[0]).get().name == "金大爷"


def test_account_is_deleted_on_my_page_by_typing_the_name() -> None:
    known()
    browser = walk_in()

    answer = post(browser, "/me/erase/", name="金 大爷")

    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert Person.objects.get().erased_at == NINE
    assert browser.get("/me/").status_code == 302


@pytest.mark.parametrize("typed", [*ODD, "", "金"], ids=lambda odd: ascii(odd[:12]))
def test_another_name_deletes_nothing(typed: str) -> None:
    known()

    answer = post(walk_in(), "/me/erase/", name=typed)

    assert answer.status_code in {400, 422}
    assert Person.objects.get().erased_at is None


def test_page_names_the_duties_and_has_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    known()
    monkeypatch.setattr(above, "_duties", [lambda _person, _at: ["订单 42"]])
    browser = walk_in()

    page = browser.get("/me/erase/").content.decode()
    refused = post(browser, "/me/erase/", name="金大爷")

    assert "订单 42" in page
    assert 'action="/me/erase/"' not in page
    assert (refused.status_code, Person.objects.get().erased_at) == (409, None)


def test_erased_person_who_comes_again_is_somebody_new() -> None:
    known()
    browser = walk_in()
    post(browser, "/me/erase/", name="金大爷")
    Code.objects.all().delete()  # a minute passes

    answer = walk_in().get("/in/new/")

    assert answer.status_code == 200


def test_copy_holds_what_is_held_and_equals_the_rows() -> None:
    jin = known(born=GROWN_UP)

    held = json.loads(walk_in().get("/me/data/json/").content)

    account, agreed, *_ = held.values()
    assert {"金大爷", PHONES[0], "1980-05-01"} <= set(account[0].values())
    assert len(agreed) == jin.consents.count()


def test_copy_as_a_table_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    jin = known()
    actions.rename(jin, "=cmd|' /C calc'!A0", by=jin, at=NINE)

    answer = walk_in().get("/me/data/csv/")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Disposition"] == 'attachment; filename="my-data-20260305.csv"'
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_copy_holds_nothing_of_anybody_else() -> None:
    jin = known()
    wife = actions.join_household("王阿姨", None, by=jin, at=NINE)
    known("卫", PHONES[3])

    text = walk_in_as(jin).get("/me/data/json/").content.decode()

    assert wife.name not in text
    assert PHONES[3] not in text


def walk_in_as(person: Person) -> Client:
    browser = walk_in()
    post(browser, "/in/who/", who=person.pk)
    return browser


def test_other_apps_add_what_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    known()
    mine = above.Held("志愿者", [{"编号": "BY1"}])
    monkeypatch.setattr(above, "_holdings", [*above._holdings, lambda _person, _at: [mine]])
    browser = walk_in()

    held = json.loads(browser.get("/me/data/json/").content)

    assert held["志愿者"] == [{"编号": "BY1"}]
    assert "志愿者" in browser.get("/me/data/").content.decode()


@pytest.mark.parametrize("path", ["/me/data/json/", "/me/data/csv/"])
def test_copy_is_for_the_signed_in_and_kept_by_no_cache(path: str) -> None:
    known()

    nobody, mine = Client().get(path), walk_in().get(path)

    assert nobody.status_code == 302
    assert "no-store" in mine["Cache-Control"]
