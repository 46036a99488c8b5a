"""What a morning knows: teams, what they have promised, open orders; what can be promised now, and what later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def begins(self) -> Ints:
        """Where spans begin: of the days that this morning can promise each, the last of all, and the weeks between.

        The last day is shared by all whose windows the horizon cuts, a day of this morning's by those whose end there.
        """
        near = self.today + np.arange(self.notice + 2)
        end = self.days - 1
        return np.unique(np.concatenate([np.arange(0, end, DAYS_A_WEEK), near.clip(max=end), [end]]))

    def span(self, day: Ints) -> Ints:
        return np.searchsorted(self.begins, day, side="right") - 1

    def slot(self, team: Ints, span: Ints) -> Ints:
        return np.asarray(team * len(self.begins) + span)

    def week(self, slot: Ints) -> Ints:
        """Where a slot belongs: team * weeks + week."""
        team, span = np.divmod(slot, len(self.begins))
        return np.asarray(team * self.teams.weeks + self.begins[span] // DAYS_A_WEEK)

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
    slot: Ints

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, eq=False)
class Later:
    """What may be promised from a morning on: an order to a team, in a slot. Sorted by order."""

    order: Ints
    slot: Ints
    fee: Ints


def now(morning: Morning, found: Edges) -> Now:
    orders = morning.orders
    soonest = morning.soonest(orders, morning.today)[found.order]
    fee = fees(morning.weights, orders, found.order, found.km, soonest)
    free = np.flatnonzero(morning.room[found.team, soonest] > 0)
    slot = morning.slot(found.team, morning.span(soonest))
    return Now(found.order[free], found.team[free], soonest[free], fee[free], slot[free])


def later(morning: Morning, orders: Orders, found: Edges, told: Ints | int) -> Later:
    """If they are promised on the days `told` at the soonest: in each slot on the first day there."""
    told = np.broadcast_to(told, len(orders))
    waits = np.flatnonzero(told[found.order] <= orders.last[found.order])
    order, team, km = found.order[waits], found.team[waits], found.km[waits]
    soonest = morning.soonest(orders, told)[order]
    begin = morning.span(soonest)
    counts = morning.span(orders.last[order]) - begin + 1
    edge, span = np.repeat(np.arange(len(order)), counts), spread(begin, counts)
    day = np.maximum(soonest[edge], morning.begins[span])
    fee = fees(morning.weights, orders, order[edge], km[edge], day)
    return Later(order[edge], morning.slot(team[edge], span), fee)


def fees(weights: Weights, orders: Orders, order: Ints, km: Floats, day: Ints) -> Ints:
    waited = (day - orders.first[order]) * orders.weight[order]
    return np.asarray(np.rint(weights.km * km + weights.wait * waited), dtype=np.int64)


def nearby(morning: Morning) -> Edges:
    return edges(morning.teams, morning.weights, morning.orders, NEAREST)
