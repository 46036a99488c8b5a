"""Times that suit the resident and the team, offered to the leader who sets the visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from baixing.orders import actions
from baixing.orders.models import Order
from baixing.orders.queries.slots import free_slots
from baixing.schedule.actions import Slot, drop_days_off, take_days_off
from tests.orders.web import Web
from tests.town import DAY, HOUR, NINE, TOMORROW, VISIT, Town

S = Order.State
FIRST = "202603060100"  # tomorrow at nine, as the form names it: in UTC


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def starts(order: Order, length: timedelta = HOUR) -> list[int]:
    """At which hours of tomorrow, in local time."""
    return [slot.start.astimezone(NINE.tzinfo).hour for slot in free_slots(order, length, NINE)]


def test_times_lie_in_the_windows_of_the_resident(town: Town) -> None:
    order = town.order_in("accepted")

    assert starts(order) == [9, 10, 11]
    assert starts(order, 2 * HOUR) == [9, 10]
    assert starts(order, 4 * HOUR) == []


def test_times_of_other_visits_are_left_out(town: Town) -> None:
    order, other = town.order_in("accepted"), town.order_in("accepted")

    actions.appoint(other, Slot(VISIT.start, VISIT.end), volunteers=[town.luo], by=town.luo, at=NINE)

    assert starts(order) == [10, 11]


def test_the_order_itself_is_not_in_its_own_way(town: Town) -> None:
    assert starts(town.order_in("appointed")) == [9, 10, 11]


def test_days_off_are_left_out(town: Town) -> None:
    order, day = town.order_in("accepted"), TOMORROW.start.date()

    off = take_days_off(town.plumbers, day, day, words="", by=town.luo, at=NINE)
    assert starts(order) == []

    drop_days_off(off, by=town.luo, at=NINE)
    assert starts(order) == [9, 10, 11]


def test_times_that_are_over_are_left_out(town: Town) -> None:
    order = town.order_in("accepted")

    found = free_slots(order, HOUR, NINE + DAY + HOUR)

    assert [slot.start for slot in found] == [NINE + DAY + 2 * HOUR]


def test_where_any_time_is_fine_the_coming_half_days_are_offered(town: Town) -> None:
    order = town.place(windows=())

    assert starts(order) == [8, 9, 10, 14, 15, 16]


def test_leader_sets_a_visit_by_one_tap(town: Town) -> None:
    order = town.order_in("accepted")

    Web(town.luo).do(order, "appoint", slot=FIRST, day="", start="", minutes=60, volunteers=town.luo.pk)

    order = Order.objects.select_related("visit").get(pk=order.pk)
    assert (order.state, order.visit and order.visit.start) == (S.APPOINTED, VISIT.start)


@pytest.mark.parametrize(
    "typed",
    [{"slot": "202001010000"}, {"slot": ""}, {"slot": FIRST, "day": "2026-03-06"}, {"slot": FIRST, "start": "10:00"}],
)
def test_half_a_time_is_asked_for_again(town: Town, typed: dict[str, str]) -> None:
    order = town.order_in("accepted")

    answer = Web(town.luo).do(order, "appoint", **typed, minutes=60, volunteers=town.luo.pk)

    assert answer.status_code == 422
    assert Order.objects.get(pk=order.pk).state == S.ACCEPTED


def test_with_nothing_free_another_time_stands_open(town: Town) -> None:
    order, day = town.order_in("accepted"), TOMORROW.start.date()
    take_days_off(town.plumbers, day, day, words="", by=town.luo, at=NINE)

    page = Web(town.luo).get(f"/orders/{order.pk}/")

    assert 'name="slot"' not in page
    assert "<details open>" in page
