"""What one visit more of a team would cost in the cheapest plan of a future, and what one fewer would save.

Both are lengths of cheapest ways in the residual network of the flow, exact, found by relaxing all ways at once until
nothing falls any more (Bellman and Ford). Capacities are small whole numbers, so the two differ widely; a single dual
price would be anything between them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Flags, Ints
from baixing.matching.online.future import Plan, is_taken

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
    at = np.full(len(own.unserved), -1)
    at[way.order[plan.taken]] = way.slot[plan.taken]
    more, fewer = _more(plan, in_slot, in_week), _fewer(plan, in_slot, in_week, at)
    return Prices(more, fewer, in_slot < own.room, at)


def _more(plan: Plan, in_slot: Ints, in_week: Ints) -> Ints:
    """Of slots. A visit more is the next of a week that has room, or sends another elsewhere."""
    way, own = plan.future.way, plan.future
    order, slot, fee = way.order[plan.taken], way.slot[plan.taken], way.fee[plan.taken]
    starts = begins(way.order)
    who = way.order[starts]
    week = np.where(in_week < own.left, own.fair * (own.begun + in_week), NEVER)
    cost = own.unserved.copy()  # of each order, if it came once more
    while True:
        price = np.where(in_slot < own.room, week[own.week], NEVER)
        np.minimum.at(price, slot, cost[order] - fee)
        lower, cheaper = cost.copy(), week.copy()
        if len(starts):
            lower[who] = np.minimum(cost[who], np.minimum.reduceat(way.fee + price[way.slot], starts))
        np.minimum.at(cheaper, own.week[slot], lower[order] - fee)
        if (lower == cost).all() and (cheaper == week).all():
            return price
        cost, week = lower, cheaper


def _fewer(plan: Plan, in_slot: Ints, in_week: Ints, at: Ints) -> Ints:
    """Of slots. A visit fewer saves its share of unfairness, or lets another in, which leaves a place elsewhere."""
    way, own = plan.future.way, plan.future
    spent = np.zeros(len(at), np.int64)
    spent[way.order[plan.taken]] = way.fee[plan.taken]
    could = np.flatnonzero(~is_taken(plan) & (own.room > 0)[way.slot] & (own.left > 0)[own.week[way.slot]])
    could = could[np.argsort(way.slot[could], kind="stable")]
    order, fee = way.order[could], way.fee[could]
    starts = begins(way.slot[could])
    into = way.slot[could][starts]
    spare = np.flatnonzero((in_slot < own.room)[into])  # into these somebody can come for any other of the week
    own_share = own.fair * (own.begun + in_week - 1).clip(0)
    price = own_share[own.week]
    while True:
        saved = np.where(at >= 0, spent + price[at], own.unserved)
        week, higher = own_share.copy(), price.copy()
        if len(starts):
            gain = np.maximum.reduceat(saved[order] - fee, starts)
            np.maximum.at(week, own.week[into[spare]], gain[spare])
            higher[into] = np.maximum(price[into], gain)
        higher = np.maximum(higher, week[own.week])
        if (higher == price).all():
            return price
        price = higher


def begins(sorted_: Ints) -> Ints:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.diff(sorted_, prepend=-1))
