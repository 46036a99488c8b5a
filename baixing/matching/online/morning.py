"""What a morning knows: teams, what they have promised, open orders; what can be promised now, and what later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Floats, Ints, spread
from baixing.matching.online.edges import Edges, edges
from baixing.matching.online.orders import Orders
from baixing.matching.weights import Weights
from baixing.matching.world import DAYS_A_WEEK, World

NEAREST = 24  # teams of an open order that we look at


@dataclass(frozen=True, eq=False)
class Morning:
    """Of `teams` its orders are never read. Room is what is left: (M, D) of days, and of weeks what is used, (M, W)."""

    teams: World
    weights: Weights
    today: int
    notice: int
    orders: Orders  # those that are open
    room: Ints
    used: Ints

    @property
    def days(self) -> int:
        return self.teams.days

    @property
    def free_from(self) -> int:
        """The first day that this morning's promises leave to those of another, but for windows that end before."""
        return max(self.today + 1, min(self.today + 1 + self.notice, self.days - 1))

    @property
    def slots(self) -> int:
        """Of a team: its weeks, and the last day apart, which all share whose windows the horizon cuts."""
        return self.teams.weeks + 1

    def slot(self, team: Ints, day: Ints) -> Ints:
        return np.asarray(team * self.slots + np.where(day == self.days - 1, self.teams.weeks, day // DAYS_A_WEEK))

    def week(self, slot: Ints) -> Ints:
        """Where a slot belongs: team * weeks + week."""
        team, which = np.divmod(slot, self.slots)
        last = (self.days - 1) // DAYS_A_WEEK
        return np.asarray(team * self.teams.weeks + np.where(which == self.teams.weeks, last, which))

    def soonest(self, orders: Orders, told: Ints | int) -> Ints:
        """The first day on which an order may be served that is promised on the day `told`."""
        return np.minimum(told + self.notice, orders.last)


@dataclass(frozen=True, eq=False)
class Now:
    """What can be promised this morning: an order to a team, on the soonest day."""

    order: Ints
    team: Ints
    day: Ints
    fee: Ints
    week: Ints  # team * weeks + week
    slot: Ints

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, eq=False)
class Later:
    """What may be promised another morning: an order to a team, in a slot. Sorted by order."""

    order: Ints
    slot: Ints
    fee: Ints


def now(morning: Morning, found: Edges) -> Now:
    orders = morning.orders
    soonest = morning.soonest(orders, morning.today)[found.order]
    fee = fees(morning.weights, orders, found.order, found.km, soonest)
    week = found.team * morning.teams.weeks + soonest // DAYS_A_WEEK
    free = np.flatnonzero(morning.room[found.team, soonest] > 0)
    slot = morning.slot(found.team, soonest)
    return Now(found.order[free], found.team[free], soonest[free], fee[free], week[free], slot[free])


def later(morning: Morning, orders: Orders, found: Edges, told: Ints) -> Later:
    """If they are promised on the days `told` at the soonest: in each slot on the first day there."""
    waits = np.flatnonzero(told[found.order] <= orders.last[found.order])
    order, team, km = found.order[waits], found.team[waits], found.km[waits]
    soonest = morning.soonest(orders, told)[order]
    end, begin = morning.days - 1, soonest // DAYS_A_WEEK
    before = np.minimum(orders.last[order], end - 1)  # the last day is a slot of its own
    weeks = np.where(soonest <= before, before // DAYS_A_WEEK + 1 - begin, 0)
    counts = weeks + (orders.last[order] == end)
    edge, nth = np.repeat(np.arange(len(order)), counts), spread(np.zeros(len(order), np.int64), counts)
    day = np.where(nth < weeks[edge], np.maximum(soonest[edge], (begin[edge] + nth) * DAYS_A_WEEK), end)
    fee = fees(morning.weights, orders, order[edge], km[edge], day)
    return Later(order[edge], morning.slot(team[edge], day), fee)


def fees(weights: Weights, orders: Orders, order: Ints, km: Floats, day: Ints) -> Ints:
    waited = (day - orders.first[order]) * orders.weight[order]
    return np.asarray(np.rint(weights.km * km + weights.wait * waited), dtype=np.int64)


def nearby(morning: Morning) -> Edges:
    return edges(morning.teams, morning.weights, morning.orders, NEAREST)
