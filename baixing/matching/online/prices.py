"""What one visit more of a team would cost in the cheapest plan of a future, and what one fewer would save.

Both are lengths of cheapest ways in the residual network of the flow, exact, found by relaxing all ways at once until
nothing falls any more (Bellman and Ford). Capacities are small whole numbers, so the two differ widely; a single dual
price would be anything between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Flags, Ints, spread
from baixing.matching.online.future import Future, Plan, is_taken
from baixing.matching.online.morning import Later

NEVER = 1 << 40


@dataclass(frozen=True, eq=False)
class Prices:
    more: Ints  # of each slot, what a visit more costs; NEVER where nobody can give way
    fewer: Ints  # and what a visit fewer saves
    spare: Flags  # whether a slot has room for one more
    at: Ints  # (N,) the slot in which each order is served, -1 unserved


def prices(plan: Plan) -> Prices:
    way, own = plan.future.way, plan.future
    in_slot = np.bincount(way.slot[plan.taken], minlength=len(own.room))
    in_week = np.bincount(own.week[way.slot[plan.taken]], minlength=len(own.left))
    at, spent = np.full(len(own.unserved), -1), np.zeros(len(own.unserved), np.int64)
    at[way.order[plan.taken]], spent[way.order[plan.taken]] = way.slot[plan.taken], way.fee[plan.taken]
    spare = in_slot < own.room
    return Prices(_more(own, at, spent, in_week, spare), _fewer(plan, at, spent, in_week, spare), spare, at)


def _more(own: Future, at: Ints, spent: Ints, in_week: Ints, spare: Flags) -> Ints:
    """Of slots. A visit more is the next of a week that has room, or sends another elsewhere."""
    ways = Runs.of(own.way.slot, own.way, len(own.room))
    cost = own.unserved.copy()  # of each order, if it came once more
    week = np.where(in_week < own.left, own.fair * (own.begun + in_week), NEVER)
    price = np.where(spare, week[own.week], NEVER)
    sent, fell = np.flatnonzero(at >= 0), price < NEVER  # whose cost has fallen, and where a visit more has
    while True:
        lower, cheaper = price.copy(), week.copy()
        np.minimum.at(lower, at[sent], cost[sent] - spent[sent])
        np.minimum.at(cheaper, own.week[at[sent]], cost[sent] - spent[sent])
        opened = (cheaper < week)[own.week] & spare
        lower[opened] = np.minimum(lower, cheaper[own.week])[opened]
        fell |= lower < price
        if not fell.any():
            return price
        price, week = lower, cheaper
        way = ways.of_those(slots := np.flatnonzero(fell))
        offer = way.fee + np.repeat(price[slots], ways.counts[slots])
        better = np.flatnonzero(offer < cost[way.order])
        less = cost.copy()
        np.minimum.at(less, way.order[better], offer[better])
        sent, fell = np.flatnonzero((less < cost) & (at >= 0)), np.zeros_like(fell)
        cost = less


def _fewer(plan: Plan, at: Ints, spent: Ints, in_week: Ints, spare: Flags) -> Ints:
    """Of slots. A visit fewer saves its share of unfairness, or lets another in, which leaves a place elsewhere."""
    own, way = plan.future, plan.future.way
    could = np.flatnonzero(~is_taken(plan) & (own.room > 0)[way.slot] & (own.left > 0)[own.week[way.slot]])
    ways = Runs.of(way.order[could], Later(way.order[could], way.slot[could], way.fee[could]), len(at))
    week = own.fair * (own.begun + in_week - 1).clip(0)  # where there is room for any of them
    price = week[own.week]
    who = np.arange(len(at))  # those whose leaving saves more than it did
    while len(who):
        saved = np.where(at[who] >= 0, spent[who] + price[at[who]], own.unserved[who])
        into = ways.of_those(who)
        gain = np.repeat(saved, ways.counts[who]) - into.fee
        better = np.flatnonzero(gain > price[into.slot])
        slot, gain = into.slot[better], gain[better]
        higher = price.copy()
        np.maximum.at(higher, slot, gain)
        np.maximum.at(week, own.week[slot[spare[slot]]], gain[spare[slot]])
        higher = np.maximum(higher, week[own.week])
        who = np.flatnonzero((higher > price)[at] & (at >= 0))
        price = higher
    return price


@dataclass(frozen=True, eq=False)
class Runs:
    """Ways by a number that they have."""

    ways: Later
    starts: Ints  # of each number
    counts: Ints

    @classmethod
    def of(cls, number: Ints, ways: Later, numbers: int) -> Runs:
        counts = np.bincount(number, minlength=numbers)
        rows = np.argsort(number.astype(np.min_scalar_type(numbers)), kind="stable")  # small numbers are sorted faster
        return cls(Later(ways.order[rows], ways.slot[rows], ways.fee[rows]), np.cumsum(counts) - counts, counts)

    def of_those(self, numbers: Ints) -> Later:
        rows = spread(self.starts[numbers], self.counts[numbers])
        return Later(self.ways.order[rows], self.ways.slot[rows], self.ways.fee[rows])


def begins(sorted_: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.diff(sorted_, prepend=-1))
