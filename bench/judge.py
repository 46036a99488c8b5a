"""The judge of a plan: what any method's plan costs, from nothing, and whether it keeps the rules.

Each served order costs 10 points a kilometre of road (1.3 of straight line) and 5 points a day waited, times its
weight, rounded together; the n-th visit of a team in a week 50 (n - 1) points; an order that nobody serves 8,000 times
its weight.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any


class Unfair(AssertionError):
    """The plan breaks a rule."""


def cost(world: dict[str, Array], team: Array, day: Array) -> tuple[int, int]:
    """The plan's cost and how many orders it leaves; team -1 leaves one."""
    served = np.flatnonzero(team >= 0)
    t, d = team[served], day[served]
    km = np.hypot(*(world["place"][served] - world["home"][t]).T) * 1.3
    by_day, by_week = counted(world, t, d)
    for holds, rule in (
        (world["serves"][t, world["item"][served]], "a team serves what it can"),
        ((d >= world["first"][served]) & (d <= world["last"][served]), "an order is served within its days"),
        (km <= world["reach"][t] + 1e-9, "a team goes no farther than its reach"),
        (by_day <= world["per_day"][:, None], "a team has its visits of a day"),
        (by_week <= world["per_week"][:, None], "a team has its visits of a week"),
    ):
        if not np.all(holds):
            raise Unfair(f"not so: {rule}")
    waited = (d - world["first"][served]) * world["weight"][served]
    going = int(np.rint(10 * km + 5 * waited).sum())
    fair = 50 * int((by_week * (by_week - 1) // 2).sum())
    left = team < 0
    return going + fair + 8000 * int(world["weight"][left].sum()), int(left.sum())


def counted(world: dict[str, Array], team: Array, day: Array) -> tuple[Array, Array]:
    """Visits by team and day, by team and week."""
    days = int(world["days"])
    by_day = np.zeros((len(world["home"]), days), int)
    by_week = np.zeros((len(world["home"]), days // 7 + 1), int)
    np.add.at(by_day, (team, day), 1)
    np.add.at(by_week, (team, day // 7), 1)
    return by_day, by_week
