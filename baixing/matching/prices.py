"""What a visit more would cost, by team and day and by team and week: the dual prices of an optimal plan.

They are the lengths of the shortest ways, in what is left of the network, from a place to the sink: whom a visit more
would displace, whither, and what that comes to. All ways grow by one step at a time, until none gets shorter. If the
plan was not the best, some way gets shorter for ever: then there are no prices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.world import DAYS_A_WEEK, weeks_of

FAR = np.int64(1 << 40)  # dearer than anything


@dataclass(frozen=True, eq=False)
class Prices:
    slot: Ints  # (M * D) of a visit by this team on this day, its week's share included
    week: Ints  # (M * W)
    visit: Ints  # (V,)


class NotTheBest(ArithmeticError):
    """The plan can be bettered."""


def prices(chosen: Arcs, picked: Ints, room: Capacity, unserved: Ints, fair: int) -> Prices:
    """Of the plan that takes these arcs (-1: unserved), among those chosen, which are sorted by visit."""
    days = room.day.shape[1]
    slots, slot = np.unique(chosen.slot, return_inverse=True)
    week = week_of(slots, days)
    served = np.flatnonzero(picked >= 0)
    taken = picked[served]
    used = np.bincount(slot[taken], minlength=len(slots))
    full = used >= room.day.ravel()[slots]
    by_week = np.bincount(week[slot[taken]], minlength=room.week.size)
    alone = np.where(by_week < room.week.ravel(), fair * (room.begun.ravel() + by_week), FAR)
    starts = np.flatnonzero(np.diff(chosen.visit, prepend=-1))
    those, busy = chosen.visit[starts], np.flatnonzero(used)
    slot_price, visit_price = np.full(len(slots), FAR), unserved.copy()
    week_price = alone.copy()
    for _ in range(len(slots) + len(unserved) + 2):
        before = slot_price
        slot_price = np.where(full, FAR, week_price[week])
        np.minimum.at(slot_price, slot[taken], visit_price[served] - chosen.fee[taken])
        week_price = alone.copy()
        np.minimum.at(week_price, week[busy], slot_price[busy])
        if len(those):
            best = np.minimum.reduceat(chosen.fee + slot_price[slot], starts)
            visit_price[those] = np.minimum(unserved[those], best)
        if np.array_equal(before, slot_price):
            break
        if (slot_price < 0).any():
            raise NotTheBest
    else:
        raise NotTheBest
    week_price[week_price >= FAR] = 0
    every = week_price[week_of(np.arange(room.day.size), days)]
    every[slots] = slot_price
    return Prices(every, week_price, visit_price)


def week_of(slot: Ints, days: int) -> Ints:
    """team * weeks + week, of team * days + day."""
    return slot // days * weeks_of(days) + slot % days // DAYS_A_WEEK
