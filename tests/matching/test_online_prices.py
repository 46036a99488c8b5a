"""What a visit more or fewer is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baixing.matching import Weights
from baixing.matching.online.appraisal import appraisal
from baixing.matching.online.future import Future, Plan, future, solved
from baixing.matching.online.morning import Later, Morning, later, nearby, now
from baixing.matching.online.orders import Orders
from baixing.matching.online.prices import prices
from tests.matching.worlds import drawn


def crowded(seed: int) -> Future:
    """Forty orders; six weeks of teams with two slots each, of which some are full."""
    dice = np.random.default_rng(seed)
    order, slot = np.nonzero(dice.random((40, 12)) < 0.3)
    way = Later(order, slot, dice.integers(0, 300, len(order)))
    return Future(
        way, dice.choice([400, 800], 40), week=np.arange(12) // 2, room=dice.integers(0, 4, 12),
        begun=dice.integers(1, 3, 6), left=dice.integers(0, 6, 6), fair=50,
    )  # fmt: skip


def cost(plan: Plan) -> int:
    future, way = plan.future, plan.future.way
    load = np.bincount(future.week[way.slot[plan.taken]], minlength=6)
    left = np.setdiff1d(np.arange(40), way.order[plan.taken])
    fair = [future.fair * sum(range(begun, begun + n)) for begun, n in zip(future.begun, load, strict=True)]
    return int(way.fee[plan.taken].sum() + future.unserved[left].sum() + sum(fair))


@pytest.mark.parametrize("seed", range(6))
def test_a_visit_more_costs_and_a_visit_fewer_saves_what_solving_anew_says(seed: int) -> None:
    given = crowded(seed)
    plan = solved(given)
    found, best = prices(plan), cost(plan)
    here, there = np.eye(12, dtype=np.int64), np.eye(6, dtype=np.int64)

    def anew(slot: int, week: int, by: int) -> int:
        """The cost beside a visit that is there already, or is there no more."""
        room, begun = given.room - by * here[slot], given.begun + by * there[week]
        changed = replace(given, room=room, begun=begun, left=given.left - by * there[week])
        return cost(solved(changed)) - best

    for slot in np.flatnonzero(given.room * given.left[given.week]).tolist():
        week = int(given.week[slot])
        assert found.more[slot] == anew(slot, week, 1) + given.fair * given.begun[week]
        if (found.at == slot).any():
            assert found.fewer[slot] == given.fair * (given.begun[week] - 1) - anew(slot, week, -1)


@pytest.mark.parametrize("notice", range(3))
def test_each_order_does_best_where_the_plan_of_a_future_serves_it(notice: int) -> None:
    world = drawn(5, teams=30, orders=160, days=12)
    known, thought = (Orders.of(world).only(np.flatnonzero(rows)) for rows in (world.first <= 3, world.first > 3))
    none = np.zeros((world.teams, 1), np.int64)
    room, used = world.per_day[:, None] + none.repeat(12, axis=1), none.repeat(world.weeks, axis=1)
    morning = Morning(world, Weights(), 3, notice, known.only(np.flatnonzero(known.last >= 3)), room, used)
    found = nearby(morning)
    can = now(morning, found)
    ways, own = (later(morning, morning.orders, found, told) for told in (3, 4))
    plan = solved(future(morning, ways, thought))
    at, told = prices(plan).at, appraisal(plan, can, own, morning)

    cost = can.fee + told.now
    here = at[can.order] == can.slot
    cheapest = np.full(len(morning.orders), np.inf)
    np.minimum.at(cheapest, can.order, cost)
    waits = np.setdiff1d(np.arange(len(morning.orders)), can.order[here])

    assert here.any()
    assert len(waits)
    assert (cost[here] == np.minimum(cheapest, told.wait)[can.order[here]]).all()
    assert (told.wait[waits] <= cheapest[waits]).all()
