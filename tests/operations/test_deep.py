"""`baixing doctor --deep`: a sound database is well, and each broken promise (LIVES, part 5) is found and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from baixing.journal import actions as journal
from baixing.kernel.models import OnceKey
from baixing.operations.queries import deep_faults
from baixing.orders.models import Order
from tests.emptying import lifted
from tests.town import DAY, NINE, VISIT, Town

pytestmark = pytest.mark.both
Plant = Callable[[Town, Order], object]

STATES = (
    "placed asked pending offered accepted appointed served disputed paused closed withdrawn rejected merged unmet"
).split()


def sql(statement: str) -> Plant:
    """A row changed behind everybody's back, the triggers lifted."""

    def plant(town: Town, order: Order) -> None:
        words = statement.format(order=order.pk, other=town.others.pk, min=town.min.pk)
        with lifted(connection), connection.cursor() as cursor:
            cursor.execute(words)

    return plant


def a_line(verb: str, at: object = NINE) -> Plant:
    return lambda town, order: journal.write(verb, order, by=town.luo, at=at)  # type: ignore[arg-type]


def key(result: str) -> Plant:
    named = {"owner": "p1", "key": "k" * 16, "address": "/wish/", "digest": "d"}
    return lambda _town, _order: OnceKey.objects.create(**named, at=NINE, result=result)


ORDER = "UPDATE orders_order SET {} WHERE id = {{order}}"
LINE = "UPDATE journal_entry SET {} WHERE thing = 'orders.order:{{order}}' AND seq = {}"
PLANTED: dict[str, tuple[str, Plant, str]] = {
    "I1": ("pending", sql(LINE.format("verb = 'close'", 2)), "a move that no table has: close from placed"),
    "I2": ("closed", a_line("urge"), "a move that no table has: urge from closed"),
    "I3 state": ("placed", sql(ORDER.format("state = 'pending'")), "is pending, and its journal says placed"),
    "I3 steps": ("placed", sql(ORDER.format("version = 7")), "has made 7 steps, and its journal tells 1"),
    "I3 none": (
        "placed",
        sql("UPDATE journal_entry SET thing = 'orders.order:987654' WHERE thing = 'orders.order:{order}'"),
        "has no journal",
    ),
    "I3 chain": ("pending", sql(LINE.format("at = '2026-01-01 00:00:00+00:00'", 2)), "is broken at line 2"),
    "I4": ("accepted", sql(ORDER.format("team_id = {other}")), "names team"),
    "I5": ("offered", sql("UPDATE orders_offer SET state = 'recalled'"), "has offers that wait: []"),
    "I6 held": ("accepted", sql("UPDATE orders_offer SET state = 'ended'"), "has offers that are accepted: []"),
    "I6 claim": ("accepted", sql("UPDATE orders_offer SET claimed = true"), "was claimed more often"),
    "I8": ("unmet", sql("DELETE FROM orders_escalation"), "was sent up more often"),
    "I10 still": ("paused", sql(ORDER.format("still_since = NULL")), "stood still for"),
    "I10 placed": ("placed", sql(ORDER.format("placed_at = '2026-01-01 00:00:00+00:00'")), "was not placed when"),
    "I11 lost": ("closed", sql("DELETE FROM orders_rating"), "has ratings that its journal does not tell"),
    "I11 team": ("closed", sql("UPDATE orders_rating SET by_id = {min}, proof = 'spoken'"), "rated by its own team"),
    "I11 silence": ("served", sql(ORDER.format("solved = true")), "is called solved or not, and nobody rated it"),
    "I17": ("served", a_line("reveal", VISIT.end + 3 * DAY), "outside the team's time"),
    "I18 stuck": ("placed", key(""), "is kept without its answer"),
    "I18 nowhere": ("placed", key("/orders/99999/"), "an order that is not there"),
}


def found() -> list[str]:
    return list(deep_faults(NINE))


@pytest.mark.parametrize("state", STATES)
def test_an_order_that_lived_through_its_actions_is_well(town: Town, state: str) -> None:
    town.order_in(state)

    assert found() == []


@pytest.mark.parametrize("promise", PLANTED)
def test_a_broken_promise_is_found(town: Town, promise: str) -> None:
    state, plant, words = PLANTED[promise]
    order = town.order_in(state)

    plant(town, order)

    assert [fault for fault in found() if words in fault], found()


def test_an_order_sent_down_is_found(town: Town) -> None:
    order = town.order_in("unmet")
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET facts = '{\"tier\": 9}' WHERE id ="
            " (SELECT min(id) FROM journal_entry WHERE verb = 'escalate' AND thing = %s)",
            [f"orders.order:{order.pk}"],
        )

    assert any("was sent down" in fault for fault in found())
