"""A month's plan in people's terms, and by place, service, village and team. Only the worker asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.months import Side, weights_of
from baixing.matching import Match, bill
from baixing.network.models import Unit
from baixing.orders.models import Order

Ints = NDArray[np.int64]
Told = dict[str, Any]


def outcome(side: Side, found: Match, unit: Unit, policy: Mapping[str, int]) -> Told:
    """Points as the city weighs (`policy`), whatever the plan was made with; of the rest what each row adds up to."""
    own = _rows(side, found)
    cost, _left = bill(side.world, weights_of(policy), found.team, found.day)
    return {
        "total": _summed(own) | _crowding(side, found),
        "points": cost,
        "left_points": int(policy["unserved"] * side.world.weight[found.team < 0].sum()),
        "below": _grouped(own, (_below(order, unit) for order in side.orders)),
        "items": _grouped(own, (str(order.item_id) for order in side.orders)),
        "villages": _grouped(own, (str(order.station_id) for order in side.orders)),
        "teams": _visits(side, found),
    }


def _rows(side: Side, found: Match) -> Ints:
    """Of each order: 1, whether nobody comes, days after the first that suits, hundreds of metres of road, and whether
    the way to it is a guess.
    """
    world, went = side.world, found.team >= 0
    start = world.home[np.maximum(found.team, 0)] if world.teams else world.place
    km = np.hypot(*(world.place - start).T) * side.policy["road"] / 100
    waited, metres = np.where(went, found.day - world.first, 0), np.where(went, np.rint(10 * km), 0)
    return np.stack([np.ones(world.orders), ~went, waited, metres, _guessed(side, found)], axis=1).astype(np.int64)


def _guessed(side: Side, found: Match) -> NDArray[np.bool_]:
    went = np.flatnonzero(found.team >= 0)
    ends = ((side.orders[n].station, side.crews[found.team[n]].home) for n in went)
    guessed = np.zeros(side.world.orders, bool)
    guessed[went] = ~np.array(list(side.places.measured(ends)), bool)
    return guessed


def _summed(own: Ints) -> Told:
    orders, left, waited, hundreds, guessed = own.sum(axis=0).tolist()
    ways = {"ways": orders - left, "guessed": guessed}
    return {"orders": orders, "left": left, "waited": waited, "km": round(hundreds / 10), **ways}


def _crowding(side: Side, found: Match) -> Told:
    """How many teams go, and how often the busiest does in one week, with what it has to do beside."""
    went = np.flatnonzero(found.team >= 0)
    team, week = found.team[went], found.day[went] // 7
    weeks = np.zeros((side.world.teams, side.world.weeks), np.int64)
    if side.world.booked_day is not None:
        np.add.at(weeks.T, np.arange(side.world.days) // 7, side.world.booked_day.T)
    np.add.at(weeks, (team, week), 1)
    return {"teams": len(set(team.tolist())), "most": int(weeks[team, week].max(initial=0))}


def _grouped(own: Ints, keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, key in zip(own.tolist(), keys, strict=True):
        found[key] = [a + b for a, b in zip(found.get(key, [0] * len(row)), row, strict=True)]
    return dict(sorted(found.items()))


def _below(order: Order, unit: Unit) -> str:
    """The path of the place right below the unit in which the order's village lies."""
    line = order.station.line()
    return line[min(len(unit.line()), len(line) - 1)]


def _visits(side: Side, found: Match) -> dict[str, int]:
    count = np.bincount(found.team[found.team >= 0], minlength=len(side.crews))
    return {crew.key: int(count[row]) for row, crew in enumerate(side.crews) if count[row]}
