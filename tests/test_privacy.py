"""What is kept of people: a register of every column, the copy that one may ask for, and what is left of who goes."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
import time_machine
from django.utils import translation

from baixing.network.models import Home
from baixing.notices.actions import choose, deliver, keep_quiet
from baixing.orders import actions
from baixing.people import actions as people
from baixing.people.actions import erase, open_session
from baixing.people.actions.persons import give_phone
from baixing.people.models import Guardianship, Person
from baixing.people.rules.above import holdings
from baixing.teams.actions import enrol_volunteer
from tests import dump
from tests.second_step import app_of
from tests.town import DAY, HOUR, NINE, TOMORROW, VISIT, Town
from tools import privacy

LATER = VISIT.end + HOUR
PLANTED = {
    "name": "埋种的名字",
    "phone": "+8612899990007",
    "born": "1951-02-03",
    "speech": "兰银官话",
    "door": "埋种路 7 号",
    "mail": "planted@example.org",
    "words": "埋种的话",
    "address": "埋种街 9 号",
    "result": "埋种的结果",
    "rating": "埋种的评语",
    "answer": "埋种的补充",
    "guardian": "+8612899990008",
    "device": "Planted Browser",
    "factor": "埋种的钥匙",
}


def described() -> dict[str, set[str]]:
    tables = privacy.register()
    tables.pop("nothing_personal")
    return {label: {*row["personal"], *row.get("other", ())} for label, row in tables.items()}


def columns(label: str) -> set[str]:
    model = next(model for model in dump.models() if model._meta.label == label)
    return {field.name for field in model._meta.concrete_fields if field.name != "id"}


def test_every_table_and_every_column_is_in_the_register_and_nothing_else() -> None:
    tables = described()

    assert {*tables, *privacy.register()["nothing_personal"]} == {model._meta.label for model in dump.models()}
    assert {label: tables[label] for label in tables} == {label: columns(label) for label in tables}


def test_what_is_sealed_is_personal() -> None:
    tables = privacy.register()
    sealed = [column.rsplit(".", 1) for column in privacy.sealed_columns()]

    assert [name for label, name in sealed if name not in tables[label]["personal"]] == []


def test_a_table_that_points_at_a_person_is_never_called_impersonal() -> None:
    pointing = {
        model._meta.label
        for model in dump.models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Person
    }

    assert pointing & set(privacy.register()["nothing_personal"]) == set()


def test_the_page_is_what_the_register_says() -> None:
    assert privacy.PAGE.read_text("utf-8") == privacy.page(privacy.sealed_columns())


@pytest.fixture
def rich(town: Town) -> Person:
    """Somebody who has done nearly everything that one can do here."""
    jin = town.jin
    people.rename(jin, PLANTED["name"], by=jin, at=NINE)
    people.choose_speech(jin, PLANTED["speech"], by=jin, at=NINE)
    people.tell_birth(jin, date.fromisoformat(PLANTED["born"]), by=jin, at=NINE)
    give_phone(jin, PLANTED["phone"])
    jin.save(update_fields=["phone", "phone_index", "phone_tail"])
    Home.objects.filter(person=jin).update(address=PLANTED["door"], alone=True)
    choose(jin, "email", True, address=PLANTED["mail"], by=jin, at=NINE)
    keep_quiet(jin, True, time(20), time(7), by=jin, at=NINE)
    open_session(jin, "planted", device=PLANTED["device"], address="192.0.2.9", at=NINE)
    Guardianship.objects.create(ward=jin, phone=PLANTED["guardian"], phone_index="g", asked_at=NINE)
    app_of(jin)
    jin.factors.update(name=PLANTED["factor"])
    enrol_volunteer(jin, by=None, at=NINE)
    _order(town)
    return Person.objects.get(pk=jin.pk)


def _order(town: Town) -> None:
    order = town.place(words=PLANTED["words"])
    actions.change(order, words=PLANTED["words"], address=PLANTED["address"], windows=[TOMORROW], by=town.jin, at=NINE)
    actions.ask(order, question="几楼?", by=town.zhou, at=NINE)
    actions.supply(order, answer=PLANTED["answer"], by=town.jin, at=NINE)
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)
    actions.accept(order, by=town.luo, at=NINE)
    actions.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)
    actions.serve(order, result=PLANTED["result"], came=[town.luo], by=town.luo, at=VISIT.end)
    actions.rate(order, face="good", solved=True, words=PLANTED["rating"], by=town.jin, at=VISIT.end)


def test_the_copy_has_every_part_that_the_register_names(rich: Person) -> None:
    tables = privacy.register()
    tables.pop("nothing_personal")
    with translation.override("en"):
        parts = {held.part for held in holdings(rich, LATER)}

    assert {row["copy"] for row in tables.values() if "copy" in row} == parts
    assert [label for label, row in tables.items() if ("copy" in row) == ("no_copy" in row)] == []


def test_the_copy_says_all_that_is_held(rich: Person) -> None:
    copy = json.dumps([held.rows for held in holdings(rich, LATER)], ensure_ascii=False)
    masked = {"guardian": "128****0008"}

    assert [name for name, text in {**PLANTED, **masked}.items() if text not in copy] == []
    assert rich.factors.get().secret not in copy


@pytest.mark.both
def test_of_who_deletes_the_account_nothing_is_left_but_ids_and_counts(rich: Person) -> None:
    planted = {**PLANTED, "birthday": "datetime.date(1951, 2, 3)"}
    before, counted = dump.opened() + dump.raw(), dump.counts()
    erase(rich, by=rich, at=LATER)
    with time_machine.travel(LATER + DAY, tick=False):
        deliver(LATER + DAY)  # the last message to the number has gone, or is too old

    after = dump.opened() + dump.raw()

    assert {name for name, text in planted.items() if text not in before} <= {
        "born"
    }  # a date to one, a text to another
    assert [name for name, text in planted.items() if text in after] == []
    assert {name: dump.counts()[name] for name in ("orders.Order", "orders.Rating", "people.Person")} == {
        name: counted[name] for name in ("orders.Order", "orders.Rating", "people.Person")
    }
