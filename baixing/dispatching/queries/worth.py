"""What one more team would bring, from the prices of a plan. Only the worker asks."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import World
from baixing.network.models import Unit

Ints = NDArray[np.int64]
A_DAY, A_WEEK = 2, 6  # visits of a team as most are founded
SHOWN: Final = 12


def worths(inputs: Inputs, prices: Ints) -> list[dict[str, Any]]:
    """By craft and township or county, the dearest first: how many visits such a team would take over at most."""
    world, rows = inputs.world, []
    for unit in _homes(inputs):
        for skill, orders in _by_skill(inputs, unit).items():
            gains = _gains(inputs, world, unit, orders, prices)
            worth = _taken(gains, world, orders, inputs.weights.fair)
            if worth[0] > 0:
                rows.append({"unit": unit.pk, "skill": skill, "points": worth[0], "visits": worth[1]})
    return sorted(rows, key=lambda row: (-int(row["points"]), int(row["unit"]), int(row["skill"])))[:SHOWN]


def _homes(inputs: Inputs) -> list[Unit]:
    """The townships and counties in which somebody waits."""
    paths = {path for order in inputs.orders for path in order.station.line()}
    return list(Unit.objects.within(inputs.unit).filter(path__in=paths, tier__in=(2, 3)).order_by("path"))


def _by_skill(inputs: Inputs, unit: Unit) -> dict[int, Ints]:
    found: dict[int, list[int]] = {}
    for number, order in enumerate(inputs.orders):
        if order.item and unit.covers(order.station):
            found.setdefault(order.item.skill_id, []).append(number)
    return {skill: np.array(some, np.int64) for skill, some in found.items()}


def _gains(inputs: Inputs, world: World, unit: Unit, orders: Ints, prices: Ints) -> Ints:
    """What each of these orders costs in the plan, less what it would cost by a team that is at home here."""
    spot, weights = inputs.places.spot(unit), inputs.weights
    km = np.hypot(*(world.place[orders] - (spot.x, spot.y)).T) * weights.road
    gains: Ints = prices[orders] - np.rint(weights.km * km).astype(np.int64)
    return gains


def _taken(gains: Ints, world: World, orders: Ints, fair: int) -> tuple[int, int]:
    """The dearest first, as many as it can take: so much in all, and how many visits."""
    points = visits = 0
    weeks, days = np.zeros(world.weeks, np.int64), np.zeros(world.days, np.int64)
    for at in np.argsort(-gains, kind="stable"):
        order = orders[at]
        own = range(int(world.first[order]), int(world.last[order]) + 1)
        day = next((one for one in own if days[one] < A_DAY and weeks[one // 7] < A_WEEK), None)
        gain = int(gains[at]) - fair * int(weeks[day // 7]) if day is not None else 0
        if day is not None and gain > 0:
            days[day] += 1
            weeks[day // 7] += 1
            points, visits = points + gain, visits + 1
    return points, visits
