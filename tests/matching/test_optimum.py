"""The plan: feasible by a judge of its own, the cheapest by trying all, and proven."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baixing.matching import Weights, World, bill, match, verify, why_not
from tests.matching.judge import cost
from tests.matching.worlds import drawn, varied, worlds

WEIGHTS = Weights(unserved=900)
PROMISES = ("promised_team", "promised_day")
BY_ORDER = ("item", "place", "weight", "first", "last", "suits", "people", "language", "asked", *PROMISES)
several = settings(deadline=None, max_examples=40)


@several
@given(worlds(teams=12, orders=40), st.integers(1, 6))
def test_a_plan_is_feasible_costs_what_it_says_and_is_proven(world: World, candidates: int) -> None:
    found = match(world, WEIGHTS, candidates)

    assert found.proven
    assert found.cost == found.bound == cost(world, WEIGHTS, found.team.tolist(), found.day.tolist())
    assert bill(world, WEIGHTS, found.team, found.day) == (found.cost, int((found.team < 0).sum()))
    assert verify(world, WEIGHTS, found)


@settings(deadline=None, max_examples=20)
@given(worlds(teams=3, orders=4))
def test_no_plan_is_cheaper(wide: World) -> None:
    world = varied(wide, last=np.minimum(wide.last, wide.first + 1))
    plans = product(*(_choices(world, order) for order in range(world.orders)))

    assert match(world, WEIGHTS).cost == min(known for plan in plans if (known := _cost(world, plan)) is not None)


def _choices(world: World, order: int) -> list[tuple[int, int]]:
    able = np.flatnonzero(world.serves[:, world.item[order]]).tolist()
    return [(-1, -1), *product(able, range(int(world.first[order]), int(world.last[order]) + 1))]


def _cost(world: World, plan: tuple[tuple[int, int], ...]) -> int | None:
    try:
        return cost(world, WEIGHTS, [team for team, _ in plan], [day for _, day in plan])
    except AssertionError:
        return None


@several
@given(worlds(teams=8, orders=25), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_cost(world: World, chance: Random) -> None:
    rows = np.array(chance.sample(range(world.orders), world.orders))
    moved = {name: getattr(world, name)[rows] for name in BY_ORDER if getattr(world, name) is not None}
    if world.forbidden is not None:
        moved["forbidden"] = np.stack([np.argsort(rows)[world.forbidden[:, 0]], world.forbidden[:, 1]], axis=1)

    assert match(varied(world, **moved), WEIGHTS).cost == match(world, WEIGHTS).cost


@several
@given(worlds(teams=8, orders=25))
def test_a_team_more_never_makes_it_dearer(world: World) -> None:
    idle = np.arange(world.teams) == world.teams - 1

    fewer = varied(world, per_day=np.where(idle, 0, world.per_day))

    assert match(world, WEIGHTS).cost <= match(fewer, WEIGHTS).cost


@several
@given(worlds(teams=8, orders=30), st.data())
def test_what_is_pinned_stays(plain: World, data: st.DataObject) -> None:
    before = match(plain, WEIGHTS)
    some = np.array(data.draw(st.lists(st.booleans(), min_size=plain.orders, max_size=plain.orders)))
    pinned = some & (before.team >= 0)
    world = varied(plain, promised_team=before.team, promised_day=before.day, pinned=pinned, weight=plain.weight[::-1])

    found = match(world, WEIGHTS)

    assert (found.team[pinned] == before.team[pinned]).all()
    assert (found.day[pinned] == before.day[pinned]).all()
    assert found.proven
    assert found.cost == cost(world, WEIGHTS, found.team.tolist(), found.day.tolist())


@several
@given(worlds(teams=10, orders=30), st.data())
def test_a_household_is_served_in_one_visit(plain: World, data: st.DataObject) -> None:
    home = np.array(data.draw(st.lists(st.integers(-1, 6), min_size=plain.orders, max_size=plain.orders)))
    place = np.where((home >= 0)[:, None], plain.place[:1] + home[:, None] / 2, plain.place)
    world = varied(plain, household=home, place=place)

    found = match(world, WEIGHTS)

    together = frozenset(home.tolist()) - {-1} - set(found.split)
    assert all(len({*zip(found.team[home == one], found.day[home == one], strict=True)}) == 1 for one in together)
    assert found.proven
    assert found.cost == cost(world, WEIGHTS, found.team.tolist(), found.day.tolist(), together)


@pytest.mark.parametrize("part", ["order", "day", "week"])
def test_a_broken_price_proves_nothing(part: str) -> None:
    world = drawn(3, teams=12, orders=60)
    found = match(world, WEIGHTS)
    assert verify(world, WEIGHTS, found)
    broken = getattr(found.certificate, part).copy()
    broken.flat[int(np.argmax(broken))] += 1

    assert why_not(world, WEIGHTS, replace(found, certificate=replace(found.certificate, **{part: broken})))


def test_a_dearer_plan_is_not_proven() -> None:
    world = drawn(3, teams=12, orders=60)
    found = match(world, WEIGHTS)
    team = np.where(np.arange(60) == np.flatnonzero(found.team >= 0)[0], -1, found.team)
    dearer, unserved = bill(world, WEIGHTS, team, found.day)

    assert why_not(world, WEIGHTS, replace(found, team=team, cost=dearer, unserved=unserved))


def test_a_world_without_orders_or_without_teams_has_a_plan() -> None:
    assert match(drawn(1, teams=3, orders=0), WEIGHTS).cost == 0
    assert match(drawn(1, teams=0, orders=3), WEIGHTS).unserved == 3
