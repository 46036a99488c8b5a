"""An order through its whole life, by the buttons that each role is shown."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from baixing.kernel.calendar import now
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from tests.town import HOUR, Town

S = Order.State


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def press(person: Person, order: Order, verb: str, **said: object) -> int:
    """What the person's own page of the order would send for this verb."""
    client = browser(person)
    page = client.get(f"/orders/{order.pk}/").content.decode()
    assert f"/orders/{order.pk}/{verb}/" in page, f"{person} is shown no {verb}"
    hidden = dict(re.findall(r'name="(key|version)" value="([^"]+)"', page))
    return client.post(f"/orders/{order.pk}/{verb}/", {**hidden, **said}).status_code


def fresh(order: Order) -> Order:
    return Order.objects.with_nouns().get(pk=order.pk)


@pytest.mark.both
def test_an_order_goes_from_tap_to_rating_by_buttons(town: Town) -> None:
    page = browser(town.jin).get("/services/tap-repair/order/").content.decode()
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    browser(town.jin).post("/services/tap-repair/order/", {"key": key, "words": "滴水"})
    order = Order.objects.with_nouns().get()

    press(town.zhou, order, "admit", urgency="normal")
    press(town.shi, order, "dispatch", team=town.plumbers.pk)
    press(town.luo, order, "accept")
    start = now() + HOUR
    slot = Slot(start, start + HOUR)
    actions.appoint(fresh(order), slot, volunteers=[town.luo], by=town.luo, at=now())
    actions.serve(fresh(order), result="好了", came=[town.luo], by=town.luo, at=slot.end)
    press(town.jin, order, "rate", face="good", solved="yes", words="谢谢")

    assert fresh(order).state == S.CLOSED


def test_stranger_does_not_learn_that_the_order_exists(town: Town) -> None:
    order = town.order_in("pending")

    assert browser(town.wei).get(f"/orders/{order.pk}/").status_code == 404
    assert browser(town.wei).post(f"/orders/{order.pk}/withdraw/", {"key": "a" * 32}).status_code == 404


def test_team_sees_the_contact_only_after_it_asked_for_it(town: Town) -> None:
    order = actions.place(town.wanted(phone="+8613900007777", windows=()), by=town.jin, at=now())
    actions.admit(order, urgency="normal", by=town.zhou, at=now())
    actions.dispatch(order, town.plumbers, by=town.shi, at=now())
    actions.accept(order, by=town.luo, at=now())
    page = browser(town.luo).get(f"/orders/{order.pk}/").content.decode()
    assert "13900007777" not in page
    assert order.address not in page

    press(town.luo, order, "reveal")

    assert order.address in browser(town.luo).get(f"/orders/{order.pk}/").content.decode()


def test_stale_page_is_told_in_words_and_changes_nothing(town: Town) -> None:
    order = town.order_in("pending")

    answer = browser(town.zhou).post(f"/orders/{order.pk}/open/", {"key": "b" * 32, "version": "1"})

    assert answer.status_code == 409
    assert not fresh(order).opened


def test_empty_words_are_asked_for_and_the_page_comes_back(town: Town) -> None:
    order = town.order_in("placed")

    answer = press(town.zhou, order, "ask", question="")

    assert answer == 422
    assert fresh(order).state == S.PLACED


NASTY = ["\0", "<script>alert(1)</script>", "😀" * 50, "x" * 2_000_000, "\u202eab", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("said", NASTY, ids=range(len(NASTY)))
def test_any_text_is_kept_or_refused_in_words(town: Town, said: str) -> None:
    order = town.order_in("placed")

    answer = press(town.jin, order, "change", words=said, address="")

    assert answer in {302, 400, 413, 422}
    assert b"<script>alert" not in browser(town.jin).get(f"/orders/{order.pk}/").content


def test_order_is_followed_by_code_and_four_digits_without_signing_in(town: Town) -> None:
    order = town.order_in("accepted")

    right = Client().post("/track/", {"code": order.spaced_code, "tail": town.jin.phone[-4:]})
    wrong = Client().post("/track/", {"code": order.spaced_code, "tail": "9999"})

    assert (right.status_code, wrong.status_code) == (200, 422)
    assert order.address not in right.content.decode()


def test_eleventh_try_of_an_hour_is_too_many(town: Town) -> None:
    tries = [Client().post("/track/", {"code": "A" * 16, "tail": "1234"}).status_code for _ in range(11)]

    assert tries == [422] * 10 + [429]


def test_staff_order_for_somebody_new_and_print_a_slip(town: Town) -> None:
    said = {"phone": "13912345678", "name": "王奶奶", "station": town.station.pk, "item": town.tap_repair.pk}
    answer = browser(town.zhou).post("/orders/new/", {**said, "proof": "spoken", "key": "c" * 32})

    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.pk}/slip/"
    assert order.spaced_code in browser(town.zhou).get(f"/orders/{order.pk}/slip/").content.decode()
    assert order.placed_by == town.zhou


def test_calendar_entry_tells_no_address_and_no_phone(town: Town) -> None:
    order = town.order_in("appointed")

    entry = browser(town.jin).get(f"/orders/{order.pk}/visit.ics").content.decode()

    assert "BEGIN:VEVENT" in entry
    assert order.address not in entry
    assert town.jin.phone[-11:] not in entry
