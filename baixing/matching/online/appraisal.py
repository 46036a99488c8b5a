"""What the futures say of each open order: what it takes from them to be served now, and what it costs to wait.

A cheapest plan of a future says where an order goes, a mean of prices how much worse it is elsewhere; so futures that
disagree are weighed by what is at stake in each (regret: Bent and Van Hentenryck, 2004), and each is solved but once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Floats, Ints
from baixing.matching.online.future import Future, Plan
from baixing.matching.online.morning import Later, Morning, Now
from baixing.matching.online.prices import Prices, begins, prices

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
    """`own` are the ways of the open orders if they wait."""
    found = prices(plan)
    wait = plan.future.unserved[: len(morning.orders)].copy()
    if len(starts := begins(own.order)):
        who = own.order[starts]
        cost = own.fee + _takes(plan.future, found, own.order, own.slot)
        wait[who] = np.minimum(wait[who], np.minimum.reduceat(cost, starts))
    takes = np.minimum(_takes(plan.future, found, can.order, can.slot), DEAREST)
    return Appraisal(takes.astype(np.float64), wait.astype(np.float64))


def _takes(future: Future, found: Prices, order: Ints, slot: Ints) -> Ints:
    """Who leaves a place and comes to it again pays what was saved there, any other pays for one more.

    To leave it for another slot of the same week that has room is to come to that week again.
    """
    at = found.at[order]
    again = (at == slot) | ((future.week[at] == future.week[slot]) & found.spare[slot])
    return np.where((at >= 0) & again, found.fewer[at], found.more[slot])
