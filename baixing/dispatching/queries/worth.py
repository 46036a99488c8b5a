"""What one more team would bring, from the prices of a plan. Only the worker asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import World
from baixing.network.models import Unit

Ints = NDArray[np.int64]
A_DAY, A_WEEK = 2, 6  # visits of a team as most are founded
SHOWN: Final = 12


@dataclass(frozen=True)
class Worth:
    """Of one team more: points that the plan would be cheaper by, at most; visits taken over, of orders left over."""

    unit: Unit
    skill: int
    points: int
    visits: int
    left: int
    spared: int  # points, without those for orders that nobody serves now

    def told(self) -> dict[str, int]:
        kept = {"skill": self.skill, "points": self.points, "visits": self.visits, "left": self.left}
        return {"unit": self.unit.pk, **kept, "spared": self.spared}


def worths(inputs: Inputs, prices: Ints, team: Ints) -> list[dict[str, int]]:
    """By craft and township or county, the dearest first; a county only where its townships alone do less."""
    world, rows = inputs.world, list[Worth]()
    for unit in _homes(inputs):
        for skill, orders in _by_skill(inputs, unit).items():
            gains = _gains(inputs, world, unit, orders, prices)
            worth = _taken(unit, skill, gains, world, orders, team, inputs.weights.fair)
            rows.append(worth)
    best = [row for row in rows if row.points > 0 and not any(_does_as_well(other, row) for other in rows)]
    best.sort(key=lambda row: (-row.points, row.unit.path, row.skill))
    return [row.told() for row in best[:SHOWN]]


def _does_as_well(one: Worth, other: Worth) -> bool:
    below = other.unit.covers(one.unit) and one.unit.pk != other.unit.pk
    return below and one.skill == other.skill and one.points >= other.points


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


def _taken(unit: Unit, skill: int, gains: Ints, world: World, orders: Ints, team: Ints, fair: int) -> Worth:
    """The dearest first, as many as it can take."""
    points = visits = left = spared = 0
    weeks, days = np.zeros(world.weeks, np.int64), np.zeros(world.days, np.int64)
    for at in np.argsort(-gains, kind="stable"):
        order = orders[at]
        own = world.days_of(int(order))
        day = next((one for one in own if days[one] < A_DAY and weeks[one // 7] < A_WEEK), None)
        gain = int(gains[at]) - fair * int(weeks[day // 7]) if day is not None else 0
        if day is not None and gain > 0:
            days[day] += 1
            weeks[day // 7] += 1
            points, visits = points + gain, visits + 1
            left, spared = left + int(team[order] < 0), spared + (gain if team[order] >= 0 else 0)
    return Worth(unit, skill, points, visits, left, spared)
