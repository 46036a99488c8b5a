"""How centres dispatch today, and how a solver does that looks at this morning alone: what a policy is measured by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from baixing.matching import World, match
from baixing.matching.arrays import Ints
from baixing.matching.online.orders import Orders
from baixing.matching.online.policy import without_orders

ROAD = 1.3
Promised = tuple[Ints, Ints]


class FirstCome:
    """In the order of coming, the earliest day on which a team is free that can, the nearest of them."""

    def __init__(self, teams: World, notice: int = 0) -> None:
        self.teams, self.notice = teams, notice

    def __call__(self, seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> Promised:
        found = [self._one(seen, int(order), today, by_day, by_week) for order in open_]
        return np.array([team for team, _ in found]), np.array([day for _, day in found])

    def _one(self, seen: Orders, order: int, today: int, by_day: Ints, by_week: Ints) -> tuple[int, int]:
        teams, last = self.teams, int(seen.last[order])
        able = np.flatnonzero(teams.serves[:, seen.item[order]])
        km = np.hypot(*(seen.place[order] - teams.home[able]).T) * ROAD
        near = able[np.argsort(np.where(km <= teams.reach[able], km, np.inf), kind="stable")]
        near = near[: int((km <= teams.reach[able]).sum())]
        for day in range(min(today + self.notice, last), last + 1):
            free = (by_day[near, day] < teams.per_day[near]) & (by_week[near, day // 7] < teams.per_week[near])
            if free.any():
                team = int(near[free.argmax()])
                by_day[team, day] += 1
                by_week[team, day // 7] += 1
                return team, day
        return -1, -1


class Myopic:
    """The plan of the least cost for the orders that are open, as if no others came."""

    def __init__(self, teams: World, notice: int = 0) -> None:
        self.teams, self.notice = without_orders(teams), notice

    def __call__(self, seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> Promised:
        own = seen.only(open_)
        world = replace(
            self.teams, item=own.item, place=own.place, weight=own.weight, last=own.last,
            first=np.minimum(today + self.notice, own.last), booked_day=by_day, booked_week=by_week,
        )  # fmt: skip
        found = match(world)
        return found.team, found.day
