"""A first plan of very many visits, by windows of whole weeks: what a flow takes grows faster than its visits.

As if nobody could be served beyond the window in which he was first asked for, but that who is left over is asked for
again in the next. Near the ends of windows the plan is not the best; that is for the betterment to find.
"""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.fees import Fees
from baixing.matching.restricted import milder, solve
from baixing.matching.world import DAYS_A_WEEK

VISITS = 5_000  # of a window, about
MANY = 4  # windows; fewer are not worth it


def solve_by_windows(fees: Fees, chosen: Arcs, room: Capacity, unserved: Ints, visits: int = VISITS) -> Ints:
    """The arc that each visit takes, or -1."""
    own, days = fees.visits, fees.world.days
    weeks = max(1, round(fees.world.weeks * visits / max(1, len(own))))
    if len(own) < MANY * visits or DAYS_A_WEEK * weeks >= days:
        return solve(chosen, room, milder(chosen, unserved), fees.weights.fair)
    picked, day = np.full(len(own), -1), chosen.slot % days
    for begin in range(0, days, DAYS_A_WEEK * weeks):
        end = begin + DAYS_A_WEEK * weeks
        asking = np.flatnonzero((picked < 0) & (own.first < end) & (own.last >= begin))
        number = np.full(len(own), -1)
        number[asking] = np.arange(len(asking))
        rows = np.flatnonzero((number[chosen.visit] >= 0) & (day >= begin) & (day < end))
        part = Arcs(number[chosen.visit[rows]], chosen.slot[rows], chosen.fee[rows])
        picked[asking] = np.append(rows, -1)[solve(part, room, milder(part, unserved[asking]), fees.weights.fair)]
    return picked
