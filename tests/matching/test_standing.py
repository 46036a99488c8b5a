"""A plan that is kept ready: what the day brings is placed, and what is accepted does not move."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from baixing.matching import Standing, Weights, World, match, verify
from baixing.matching.arrays import Flags, Ints
from tests.matching.judge import cost
from tests.matching.worlds import drawn, varied

WEIGHTS = Weights(unserved=900, changed=0)
NEW = ("item", "place", "weight", "first", "last")


def accepted(seed: int, orders: int) -> World:
    """Some of the plan's visits are accepted."""
    plain = drawn(seed, teams=12, orders=orders)
    plan = match(plain, WEIGHTS)
    pinned = (np.random.default_rng(seed).random(orders) < 0.5) & (plan.team >= 0)
    return varied(plain, promised_team=plan.team, promised_day=plan.day, pinned=pinned)


def promises(world: World) -> tuple[Ints, Ints, Flags]:
    assert world.promised_team is not None
    assert world.promised_day is not None
    assert world.pinned is not None
    return world.promised_team, world.promised_day, world.pinned


def after(world: World, seed: int, more: int) -> World:
    """New orders, some urgent today, declines of what is not accepted, and a team that is ill."""
    rng = np.random.default_rng(seed)
    other = drawn(seed + 1, teams=12, orders=more)
    grown: dict[str, Any] = {name: np.concatenate([getattr(world, name), getattr(other, name)]) for name in NEW}
    nobody = np.full(more, -1)
    team, day, pinned = promises(world)
    team, day = np.append(team, nobody), np.append(day, nobody)
    off = np.zeros((world.teams, world.days), bool)
    off[rng.integers(0, world.teams)] = True
    pinned = np.append(pinned, np.zeros(more, bool)) & ~off[np.maximum(team, 0), np.maximum(day, 0)]
    free = np.flatnonzero(~pinned & (team >= 0))[:3]
    return varied(
        world, **grown, promised_team=team, promised_day=day, pinned=pinned, off=off,
        forbidden=np.stack([free, team[free]], axis=1),
    )  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**31), st.integers(1, 40), st.integers(1, 8))
def test_accepted_promises_stay_and_the_rest_is_nearly_the_best(seed: int, orders: int, more: int) -> None:
    world = accepted(seed, orders)
    standing = Standing.of(world, WEIGHTS, match(world, WEIGHTS))
    now = after(world, seed, more)

    found = standing.rematch(now)

    team, day, pinned = promises(now)
    assert (found.team[pinned] == team[pinned]).all()
    assert (found.day[pinned] == day[pinned]).all()
    assert found.cost == cost(now, WEIGHTS, found.team.tolist(), found.day.tolist())
    assert found.cost <= 1.1 * standing.rematch(now, prove=True).cost + 3 * WEIGHTS.unserved


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**31), st.integers(1, 40), st.integers(1, 8))
def test_the_proof_is_the_same_as_from_nothing(seed: int, orders: int, more: int) -> None:
    world = accepted(seed, orders)
    standing = Standing.of(world, WEIGHTS, match(world, WEIGHTS))
    now = after(after(world, seed, more), seed + 1, more)

    found = standing.rematch(now, prove=True)

    assert verify(now, WEIGHTS, found)
    assert found.cost == match(now, WEIGHTS).cost


def test_one_change_after_another() -> None:
    world = accepted(5, 40)
    standing = Standing.of(world, WEIGHTS, match(world, WEIGHTS))

    for step in range(4):
        world = after(world, step, 3)
        found = standing.rematch(world)

    assert found.cost == cost(world, WEIGHTS, found.team.tolist(), found.day.tolist())
    assert found.cost <= 1.1 * match(world, WEIGHTS).cost
