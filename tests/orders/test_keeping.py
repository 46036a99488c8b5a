"""What the device of a person may keep of our pages, and what their browser is told when a script sends a form."""

from __future__ import annotations

import gzip

import pytest
import time_machine
from django.test import Client

from baixing.kernel.once import new_key
from baixing.look.keeping import BY_SCRIPT, GO, KEEP
from baixing.orders.models import Order
from baixing.people.models import Person
from tests.town import NINE, Town

FORM = "/services/tap-repair/order/"


def at(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@time_machine.travel(NINE, tick=False)
def test_only_forms_and_ones_own_order_are_kept(town: Town) -> None:
    order = town.place()
    own, others = at(town.jin), at(town.shi)

    kept = {path for path in (FORM, "/wish/", f"/orders/{order.pk}/", "/", "/me/") if KEEP in own.get(path).headers}

    assert kept == {FORM, "/wish/", f"/orders/{order.pk}/"}
    assert KEEP not in others.get(f"/orders/{order.pk}/").headers


@time_machine.travel(NINE, tick=False)
def test_a_mark_is_one_for_each_person_and_says_nothing_else(town: Town) -> None:
    marks = [at(person).get("/wish/").headers.get(KEEP) for person in (town.jin, town.jin)]

    assert len({*marks}) == 1
    assert str(town.jin.pk) != marks[0]
    assert KEEP not in Client().get(FORM).headers


@pytest.mark.parametrize(("signed_in", "status", "goal"), [(True, 204, "/orders/"), (False, 401, "/in/?next=")])
@time_machine.travel(NINE, tick=False)
def test_a_script_is_told_where_to_go(town: Town, signed_in: bool, status: int, goal: str) -> None:
    client = at(town.jin) if signed_in else Client()
    said = {"key": new_key(), "address": "", "words": ""}

    answer = client.post(FORM, said, headers={BY_SCRIPT: "1", "Referer": f"http://testserver{FORM}"})

    assert (answer.status_code, answer.headers[GO].startswith(goal)) == (status, True)
    assert Order.objects.count() == signed_in


def test_pages_are_compressed_each_to_another_length(town: Town) -> None:
    answers = [Client().get("/menu/", headers={"Accept-Encoding": "gzip"}) for _ in range(9)]

    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1
    assert b"<!DOCTYPE html>" in gzip.decompress(answers[0].content)
