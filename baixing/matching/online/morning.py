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

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, eq=False)
class Later:
    """What may be promised another morning: an order to a team, in a week. Sorted by order."""

    order: Ints
    week: Ints  # team * weeks + week
    fee: Ints


def now(morning: Morning, found: Edges) -> Now:
    orders = morning.orders
    soonest = morning.soonest(orders, morning.today)[found.order]
    fee = fees(morning.weights, orders, found.order, found.km, soonest)
    week = found.team * morning.teams.weeks + soonest // DAYS_A_WEEK
    free = np.flatnonzero(morning.room[found.team, soonest] > 0)
    return Now(found.order[free], found.team[free], soonest[free], fee[free], week[free])


def later(morning: Morning, orders: Orders, found: Edges, told: Ints) -> Later:
    """If they are promised on the days `told` at the soonest: in each week on the first day there."""
    waits = np.flatnonzero(told[found.order] <= orders.last[found.order])
    order, team, km = found.order[waits], found.team[waits], found.km[waits]
    soonest = morning.soonest(orders, told)[order]
    begin = soonest // DAYS_A_WEEK
    counts = orders.last[order] // DAYS_A_WEEK + 1 - begin
    edge, week = np.repeat(np.arange(len(order)), counts), spread(begin, counts)
    day = np.maximum(soonest[edge], week * DAYS_A_WEEK)
    fee = fees(morning.weights, orders, order[edge], km[edge], day)
    return Later(order[edge], team[edge] * morning.teams.weeks + week, fee)


def fees(weights: Weights, orders: Orders, order: Ints, km: Floats, day: Ints) -> Ints:
    waited = (day - orders.first[order]) * orders.weight[order]
    return np.asarray(np.rint(weights.km * km + weights.wait * waited), dtype=np.int64)


def nearby(morning: Morning) -> Edges:
    return edges(morning.teams, morning.weights, morning.orders, NEAREST)
