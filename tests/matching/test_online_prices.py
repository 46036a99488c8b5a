"""What is learnt of orders to come, and what a visit more or fewer is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baixing.matching.online.future import Future, Plan, solved
from baixing.matching.online.law import Lore, concentration
from baixing.matching.online.morning import Later
from baixing.matching.online.orders import Orders
from baixing.matching.online.prices import NEVER, prices
from tests.matching.worlds import drawn


def crowded(seed: int) -> Future:
    """Forty orders, nine weeks of teams, of which some are full."""
    dice = np.random.default_rng(seed)
    order, week = np.nonzero(dice.random((40, 9)) < 0.4)
    way = Later(order, week, dice.integers(0, 300, len(order)))
    return Future(way, dice.choice([400, 800], 40), dice.integers(1, 3, 9), dice.integers(0, 6, 9), fair=50)


def cost(plan: Plan) -> int:
    future, way = plan.future, plan.future.way
    load = np.bincount(way.week[plan.taken], minlength=len(future.room))
    left = np.setdiff1d(np.arange(len(future.unserved)), way.order[plan.taken])
    fair = [future.fair * sum(range(begun, begun + n)) for begun, n in zip(future.begun, load, strict=True)]
    return int(way.fee[plan.taken].sum() + future.unserved[left].sum() + sum(fair))


@pytest.mark.parametrize("seed", range(4))
def test_a_visit_more_costs_and_a_visit_fewer_saves_what_solving_anew_says(seed: int) -> None:
    future = crowded(seed)
    plan = solved(future)
    found, best = prices(plan), cost(plan)

    for week in range(9):
        one = np.eye(9, dtype=np.int64)[week]
        if future.room[week]:
            more = solved(replace(future, begun=future.begun + one, room=future.room - one))
            assert found.more[week] == cost(more) + future.fair * future.begun[week] - best
        else:
            assert found.more[week] == NEVER
        if future.room[week] and found.load[week] > future.begun[week]:
            fewer = solved(replace(future, begun=future.begun - one, room=future.room + one))
            assert found.fewer[week] == best + future.fair * (future.begun[week] - 1) - cost(fewer)


def test_worlds_that_are_alike_are_worth_more_than_worlds_that_are_not() -> None:
    dice = np.random.default_rng(3)
    shares = dice.dirichlet(np.ones(20))

    alike = concentration(dice.multinomial(2000, shares, 5))
    unlike = concentration(np.array([dice.multinomial(2000, dice.permutation(shares)) for _ in range(5)]))

    assert alike > 100 * unlike


def test_orders_are_drawn_of_the_days_that_are_left() -> None:
    world = drawn(1, teams=5, orders=80, days=9)
    seen = Orders.of(world).only(np.flatnonzero(world.first <= 3))

    drawn_ = Lore.of([], 3).law(seen, 3, 9).draw(np.random.default_rng(1), 3, 9)

    assert len(drawn_) == pytest.approx(len(seen) / 4 * 5, rel=0.5)
    assert drawn_.first.min() == 4
    assert (drawn_.last >= drawn_.first).all()
    assert drawn_.last.max() <= 8
    assert {tuple(place) for place in drawn_.place.tolist()} <= {tuple(place) for place in seen.place.tolist()}


def test_on_the_last_day_nothing_is_to_come() -> None:
    world = drawn(1, teams=5, orders=80, days=9)

    assert len(Lore.of([world], 3).law(Orders.of(world), 8, 9).draw(np.random.default_rng(1), 8, 9)) == 0
