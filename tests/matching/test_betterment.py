"""Any plan is bettered to the optimum of the full network, as the solver finds it from nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baixing.matching import Weights, World, betterment, match, optimum, verify
from baixing.matching.arrays import Ints
from baixing.matching.betterment import Betterment
from baixing.matching.capacity import weeks_begun
from baixing.matching.columns import joined
from baixing.matching.edges import arcs, every_edge
from baixing.matching.fees import Fees
from baixing.matching.flow import flow
from baixing.matching.optimum import room_beside_pins
from baixing.matching.prices import FAR
from baixing.matching.restricted import network
from tests.matching.worlds import WISHES, drawn, varied

WEIGHTS = Weights(unserved=900)
several = settings(deadline=None, max_examples=40)
BY_ORDER = ("item", "place", "weight", "first", "last", "suits", "people", "language", "asked")


def scarce(seed: int, wishes: frozenset[str]) -> World:
    """Each order twice, several of a household, and hardly anybody to serve them; some promises are pinned."""
    plain = drawn(seed, teams=6, orders=20, days=16, wishes=wishes - {"promised"})
    twice: dict[str, Any] = {
        name: np.concatenate([value, value]) for name in BY_ORDER if (value := getattr(plain, name)) is not None
    }
    home = np.random.default_rng(seed).integers(-1, 20, 20)
    place = plain.place[np.where(home >= 0, home, np.arange(20))]
    world = varied(
        plain, **twice | {"place": np.concatenate([place, place])}, household=np.append(home, np.full(20, -1)),
        per_week=np.minimum(plain.per_week, 1),
    )  # fmt: skip
    plan = match(world, WEIGHTS)
    pinned = (plan.team >= 0) & (np.arange(40) % 4 == 0) & (world.household == -1)
    return varied(world, promised_team=plan.team, promised_day=plan.day, pinned=pinned)


def raw(world: World) -> int:
    """The cost that the solver finds on the full network, beside what is pinned."""
    fees = Fees.of(world, WEIGHTS)
    room = room_beside_pins(fees)
    every = joined([arcs(fees, room, some) for some in every_edge(fees, np.arange(len(fees.visits)))])
    free = fees.visits.pinned_team < 0
    full = network(every, room, np.where(free, fees.unserved(), 0), WEIGHTS.fair)
    pins = np.flatnonzero(~free)
    booked = weeks_begun(world)
    pinned = fees.served(pins, fees.visits.pinned_team[pins], fees.visits.pinned_day[pins]).sum()
    return int((flow(full) * full.cost).sum() + pinned) + fees.fair(booked, room.begun - booked)


@several
@given(st.integers(0, 2**32), st.frozensets(st.sampled_from(WISHES)), st.integers(1, 3))
def test_where_room_is_scarce_the_plan_is_the_solvers_on_the_full_network(
    seed: int, wishes: frozenset[str], candidates: int
) -> None:
    world = scarce(seed, wishes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "MANY", seed % 2 * 1000)  # as of many visits, and as of few
        found = match(world, WEIGHTS, candidates)

    assert found.cost == raw(world)
    assert verify(world, WEIGHTS, found)


def begun(seed: int) -> Betterment:
    """From a plan that serves nobody."""
    world = drawn(seed, teams=10, orders=60, days=16)
    fees = Fees.of(world, WEIGHTS)
    room = room_beside_pins(fees)
    every = joined([arcs(fees, room, some) for some in every_edge(fees, np.arange(world.orders))])
    return Betterment(every, np.full(world.orders, -1), room, fees.unserved(), WEIGHTS.fair)


@several
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_those_below_are_found(seed: int, some: int) -> None:
    plan = begun(seed)
    plan.settle()
    nodes = np.random.default_rng(seed).integers(0, plan.sink, some)

    below = [node for node in range(len(plan.parent)) if leads(plan, node, nodes)]
    assert np.sort(plan._below(nodes)).tolist() == below


def leads(plan: Betterment, node: int, through: Ints) -> bool:
    while node not in through and node != plan.sink:
        node = int(plan.parent[node])
    return node in through


@pytest.mark.parametrize("seed", range(20))
def test_a_long_way_is_not_taken_for_a_circle(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(betterment, "DEEPEST", 1)
        patch.setattr(betterment, "LEAP", 1)
        plan = begun(seed)
        for _ in range(300):
            plan.settle(int(FAR))  # one turn

    assert not len(plan.frontier)


@several
@given(st.integers(0, 2**32))
def test_from_nobody_served_to_the_optimum(seed: int) -> None:
    plan = begun(seed)

    plan.settle()

    fair = plan.fair * (plan.by_week * (plan.by_week - 1) // 2).sum()
    assert int(plan.paid.sum() + fair) == raw(drawn(seed, teams=10, orders=60, days=16))
    assert (plan.seat_of == plan.seat[plan.arcs.visit]).all()
    assert (plan.more_of == plan.arcs.fee - plan.paid[plan.arcs.visit]).all()
