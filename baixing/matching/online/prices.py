"""What one visit more in a team's week would cost in the cheapest plan of a future, and what one fewer would save.

Both are lengths of cheapest ways in the residual network of the flow, exact, found by relaxing all ways at once until
nothing falls any more (Bellman and Ford). Capacities are small whole numbers, so the two differ widely; a single dual
price would be anything between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.online.future import Plan, is_taken

NEVER = 1 << 40


@dataclass(frozen=True, eq=False)
class Prices:
    more: Ints  # (M * W,) NEVER where the week is full and nobody can give way
    fewer: Ints
    load: Ints  # visits of the week, those that it had and those of the plan
    at: Ints  # (N,) the week in which each order is served, -1 unserved


def prices(plan: Plan) -> Prices:
    way, begun = plan.future.way, plan.future.begun
    going = np.bincount(way.week[plan.taken], minlength=len(begun))
    at = np.full(len(plan.future.unserved), -1)
    at[way.order[plan.taken]] = way.week[plan.taken]
    return Prices(_more(plan, going), _fewer(plan, begun + going, at), begun + going, at)


def _more(plan: Plan, going: Ints) -> Ints:
    """A visit more is the next of a week that has room, or sends another elsewhere."""
    way, taken, own = plan.future.way, plan.taken, plan.future
    order, week, fee = way.order[taken], way.week[taken], way.fee[taken]
    starts = begins(way.order)
    who = way.order[starts]
    price = np.where(going < own.room, own.fair * (own.begun + going), NEVER)
    cost = own.unserved.copy()  # of each order, if it came once more
    while True:
        if len(starts):
            cost[who] = np.minimum(cost[who], np.minimum.reduceat(way.fee + price[way.week], starts))
        lower = price.copy()
        np.minimum.at(lower, week, cost[order] - fee)
        if (lower == price).all():
            return price
        price = lower


def _fewer(plan: Plan, load: Ints, at: Ints) -> Ints:
    """A visit fewer saves its share of unfairness, or lets another in, which leaves a place elsewhere."""
    way, own = plan.future.way, plan.future
    spent = np.zeros(len(at), np.int64)
    spent[way.order[plan.taken]] = way.fee[plan.taken]
    could = np.flatnonzero(~is_taken(plan) & (own.room[way.week] > 0))
    could = could[np.argsort(way.week[could], kind="stable")]
    order, week, fee = way.order[could], way.week[could], way.fee[could]
    starts = begins(week)
    price = own.fair * (load - 1).clip(0)
    while True:
        saved = np.where(at >= 0, spent + price[at], own.unserved)
        higher = price.copy()
        if len(starts):
            higher[week[starts]] = np.maximum(price[week[starts]], np.maximum.reduceat(saved[order] - fee, starts))
        if (higher == price).all():
            return price
        price = higher


def begins(sorted_: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.diff(sorted_, prepend=-1))
