"""A world lived through day by day: each morning a policy sees the orders that came and what was promised, no more."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Protocol

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.online.orders import Orders
from baixing.matching.soundness import Malformed
from baixing.matching.world import DAYS_A_WEEK, World

PLAYED = {field.name for field in fields(World) if field.default is MISSING}


class Promises(Protocol):
    """Team and day of each open order, -1 where it waits."""

    def __call__(self, seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> tuple[Ints, Ints]: ...


class Broken(ArithmeticError):
    """A policy promised what cannot be."""


def play(world: World, promises: Promises, notice: int = 0) -> tuple[Ints, Ints]:
    """Team and day of each order, -1 unserved.

    A promise is final, and comes `notice` days ahead of its visit unless the window ends sooner.
    """
    orders = Orders.of(world)
    team, day = np.full(world.orders, -1), np.full(world.orders, -1)
    by_day, by_week = np.zeros((world.teams, world.days), np.int64), np.zeros((world.teams, world.weeks), np.int64)
    told = orders.told()
    for today in range(world.days):
        seen = told[orders.first[told] <= today]
        open_ = np.flatnonzero((orders.last[seen] >= today) & (team[seen] < 0))
        if not len(open_):
            continue
        by, when = promises(orders.only(seen), open_, today, by_day.copy(), by_week.copy())
        sure = np.flatnonzero(by >= 0)
        rows = seen[open_[sure]]
        if (when[sure] < np.minimum(today + notice, orders.last[rows])).any():
            raise Broken(f"on day {today} a visit was promised without notice")
        team[rows], day[rows] = by[sure], when[sure]
        np.add.at(by_day, (by[sure], when[sure]), 1)
        np.add.at(by_week, (by[sure], when[sure] // DAYS_A_WEEK), 1)
    return team, day


def without_wishes(world: World) -> World:
    """The same world, or `Malformed` where it asks for what no morning looks at."""
    for name, _ in world.arrays():
        if name not in PLAYED:
            raise Malformed(f"{name} is not played: a morning looks at {', '.join(sorted(PLAYED))}", name)
    return world
