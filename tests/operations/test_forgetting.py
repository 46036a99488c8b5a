"""What the clock forgets: after half a year no word, address or number of an order is left, and every count is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from pytest_django import Settings

from baixing.journal.queries import verify_all
from baixing.operations.actions import forget, tick
from baixing.orders import actions
from baixing.orders.actions import forgetting
from baixing.orders.models import Order
from baixing.people import actions as people
from baixing.people.actions.persons import give_phone
from baixing.people.models import Factor, Guardianship, SignIn
from baixing.teams.actions import remove
from baixing.teams.models import Membership
from tests import dump
from tests.second_step import app_of
from tests.town import DAY, HOUR, NINE, TOMORROW, VISIT, Town

YEAR = NINE + 365 * DAY
KEPT = {
    "orders.Order", "orders.Rating", "orders.Offer", "orders.Window", "orders.Escalation", "journal.Entry",
    "journal.Words", "notices.Notice", "people.Person", "people.Consent", "people.Guardianship",
    "schedule.Session", "schedule.Attendance", "teams.Membership",
}  # fmt: skip
PLANTED = {
    name: f"埋{number}号字" for number, name in enumerate(
        ("words", "changed", "address", "question", "answer", "hand back", "result", "uphold", "rating",
         "second", "reject", "third", "pause", "refuse", "fourth", "asked again", "membership", "typed"), 11
    )
}  # fmt: skip
PHONES = {"the old number": "+8612899990001", "a guardian's": "+8612899990002", "a stranger's": "+8612899990003"}


def live(town: Town) -> None:
    """Orders, people and teams that say one planted thing each, wherever free words can be said."""
    _number(town, PHONES["the old number"])
    _served(town)
    _turned_away(town)
    _number(town, "+8612899990009")
    _around(town)


def _number(town: Town, phone: str) -> None:
    give_phone(town.jin, phone)
    town.jin.save(update_fields=["phone", "phone_index", "phone_tail"])


def _served(town: Town) -> None:
    say, order = PLANTED, town.place(words=PLANTED["words"])
    actions.change(order, words=say["changed"], address=say["address"], windows=[TOMORROW], by=town.jin, at=NINE)
    actions.ask(order, question=say["question"], by=town.zhou, at=NINE)
    actions.supply(order, answer=say["answer"], by=town.jin, at=NINE)
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    actions.dispatch(order, town.others, by=town.shi, at=NINE)
    actions.accept(order, by=town.others.leader, at=NINE)
    actions.hand_back(order, town.reason("hand_back"), words=say["hand back"], by=town.others.leader, at=NINE)
    actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)
    actions.accept(order, by=town.luo, at=NINE)
    actions.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE)
    actions.serve(order, result=say["result"], came=[town.luo], by=town.luo, at=VISIT.end)
    actions.rate(order, face="bad", solved=False, words=say["rating"], by=town.jin, at=VISIT.end)
    actions.uphold(order, words=say["uphold"], by=town.wu, at=VISIT.end)


def withdrawn(town: Town, words: str = "", at: datetime = NINE) -> None:
    actions.withdraw(actions.place(town.wanted(words=words, windows=()), by=town.jin, at=at), by=town.jin, at=at)


def _turned_away(town: Town) -> None:
    say = PLANTED
    order = town.place(words=say["second"])
    actions.reject(order, town.reason("reject"), words=say["reject"], by=town.zhou, at=NINE)
    actions.refuse(order, words=say["refuse"], by=town.wu, at=NINE)
    actions.withdraw(order, by=town.jin, at=NINE)
    order = town.place(words=say["third"])
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    actions.pause(order, town.reason("pause"), until=NINE + 3 * DAY, words=say["pause"], by=town.zhou, at=NINE)
    actions.withdraw(order, by=town.jin, at=NINE)
    order = actions.place(town.wanted(words=say["fourth"]), by=town.jin, at=NINE + HOUR)
    actions.ask(order, question=say["asked again"], by=town.zhou, at=NINE + HOUR)
    actions.withdraw(order, by=town.jin, at=NINE + HOUR)


def _around(town: Town) -> None:
    remove(Membership.objects.get(person=town.min), words=PLANTED["membership"], by=town.luo, at=NINE)
    people.ask_code(PHONES["a stranger's"], address="192.0.2.1", at=NINE)
    Guardianship.objects.create(ward=town.wei, phone=PHONES["a guardian's"], phone_index="g", asked_at=NINE)
    session = SessionStore()
    session.update({"people.door": {"typed": PLANTED["typed"]}})
    session.set_expiry(NINE + DAY)
    session.save()


def planted() -> list[str]:
    """Whatever of it the database still says."""
    said = dump.opened() + dump.raw()
    return [name for name, text in {**PLANTED, **PHONES}.items() if text in said]


def kept() -> dict[str, int]:
    return {label: count for label, count in dump.counts().items() if label in KEPT}


def pass_by(moment: datetime) -> None:
    """The clock until it finds nothing more to forget."""
    while forget(at=moment):
        continue


@pytest.mark.both
def test_after_half_a_year_nothing_planted_is_left_and_every_count_is(town: Town) -> None:
    live(town)
    before, counted = planted(), kept()
    tick(at=YEAR)

    pass_by(YEAR)

    assert before == [*PLANTED, *PHONES]
    assert planted() == []
    assert {label: count for label, count in kept().items() if count < counted[label]} == {}
    assert all(verdict.ok for verdict in verify_all())


def test_what_ended_lately_is_kept(town: Town) -> None:
    live(town)

    pass_by(VISIT.end + 179 * DAY)

    assert {"words", "address", "rating", "the old number"} <= set(planted())


def test_a_live_order_is_kept_however_old_it_is(town: Town) -> None:
    order = town.place(words="还没办好")

    pass_by(YEAR)

    order.refresh_from_db()
    assert (order.words, order.address) == ("还没办好", "3 号楼 2 单元 501")


def test_how_long_is_a_setting(town: Town, settings: Settings) -> None:
    settings.WORDS_KEPT = timedelta(days=30)
    order = town.order_in("closed")

    pass_by(VISIT.end + 31 * DAY)

    assert Order.objects.get(pk=order.pk).words == ""


def test_a_second_pass_of_the_same_day_looks_at_nothing(town: Town) -> None:
    town.order_in("closed")
    pass_by(YEAR)
    withdrawn(town, "够久了")

    again, next_day = forget(at=YEAR + HOUR), forget(at=YEAR + DAY)

    assert (again, next_day["forget_orders"]) == ({}, 1)


def test_a_pass_that_was_broken_off_is_taken_up_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 1)
    monkeypatch.setattr(forgetting, "AT_MOST", 2)
    for hours in range(5):
        withdrawn(town, "够久了", NINE + hours * HOUR)

    counts = [forget(at=YEAR)["forget_orders"] for _ in range(4)]

    assert counts == [2, 2, 1, 0]
    assert forget(at=YEAR) == {}


def test_a_guardian_who_never_answers_is_forgotten_after_a_month(town: Town) -> None:
    asked = Guardianship.objects.create(ward=town.wei, phone="+8612899990002", phone_index="g", asked_at=NINE)

    pass_by(NINE + 31 * DAY)

    asked.refresh_from_db()
    assert (asked.phone, asked.phone_index, asked.ended_at) == ("", "", NINE + 31 * DAY)


def test_sign_ins_are_kept_for_half_a_year(town: Town) -> None:
    for key, seen in (("old", NINE), ("new", NINE + 10 * DAY)):
        SignIn.objects.create(person=town.jin, session_key=key, at=seen, seen_at=seen, device="Chrome")

    pass_by(NINE + 181 * DAY)

    assert [row.session_key for row in SignIn.objects.all()] == ["new"]


def test_a_factor_goes_a_month_after_the_post(town: Town) -> None:
    for person in (town.zhou, town.wei):
        app_of(person)

    pass_by(NINE + 40 * DAY)

    assert [factor.person for factor in Factor.objects.all()] == [town.zhou]
