"""What the futures say of each open order: what it takes from them to be served now, and what it costs to wait.

A cheapest plan of a future says where an order goes, a mean of prices how much worse it is elsewhere; so futures that
disagree are weighed by what is at stake in each (regret: Bent and Van Hentenryck, 2004), and each is solved but once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Floats
from baixing.matching.online.future import Plan
from baixing.matching.online.morning import Later, Morning, Now
from baixing.matching.online.prices import begins, prices

DEAREST = 10**6  # where a future has no room at all: a mean must stay a number


@dataclass(frozen=True, eq=False)
class Appraisal:
    """Of one future; or sums, or means, of several."""

    now: Floats  # of each thing that can be promised now, what it takes from the future
    wait: Floats  # of each open order, what it costs if it is left for another morning

    def __add__(self, other: Appraisal) -> Appraisal:
        return Appraisal(self.now + other.now, self.wait + other.wait)

    def shared(self, by: int) -> Appraisal:
        return Appraisal(self.now / by, self.wait / by)


def appraisal(plan: Plan, can: Now, own: Later, morning: Morning) -> Appraisal:
    """An order that leaves its place and comes to it again pays what it had saved there, any other pays for one more.

    What is promised for a day before those that are left to other mornings takes of the week, but of none of its slots.
    """
    found, of = prices(plan), plan.future
    at = found.at[can.order]
    own_week, before = (at >= 0) & (of.week[at] == can.week), can.day < morning.free_from
    outside = np.where(own_week, found.spared[can.week], found.week[can.week])
    inside = np.where(at == can.slot, found.fewer[can.slot], found.more[can.slot])
    takes = np.where(before, outside, inside)
    stays = np.where(found.at[own.order] == own.slot, found.fewer[own.slot], found.more[own.slot])
    wait = of.unserved[: len(morning.orders)].copy()
    if len(starts := begins(own.order)):
        who = own.order[starts]
        wait[who] = np.minimum(wait[who], np.minimum.reduceat(own.fee + stays, starts))
    return Appraisal(np.minimum(takes, DEAREST).astype(np.float64), wait.astype(np.float64))
