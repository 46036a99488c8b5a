"""This morning's promises: one small flow over what the orders may be given now, and what it costs to let them wait."""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Ints, spread
from baixing.matching.flow import Network, flow
from baixing.matching.online.appraisal import Appraisal
from baixing.matching.online.morning import Morning, Now
from baixing.matching.world import DAYS_A_WEEK

FINE = 100  # parts of a point: means over futures are no whole points


def chosen(morning: Morning, can: Now, worth: Appraisal) -> Ints:
    """Of what can be promised now, what is: at most one thing for an order, and no more than a team has room for.

    The prices are those of a week's next visit; the one after it is dearer by a share of unfairness more, and so on.
    """
    size, days = len(morning.orders), morning.days
    slots, slot = np.unique(can.team * days + can.day, return_inverse=True)
    team, day = np.divmod(slots, days)
    weeks, week = np.unique(team * morning.teams.weeks + day // DAYS_A_WEEK, return_inverse=True)
    left = (morning.teams.per_week[:, None] - morning.used).ravel()[weeks].clip(0)
    which, nth = np.repeat(np.arange(len(weeks)), left), spread(np.zeros(len(weeks), np.int64), left)
    begin_weeks = size + len(slots)
    sink = begin_weeks + len(weeks)
    tail = np.concatenate([can.order, size + np.arange(len(slots)), begin_weeks + which, np.arange(size)])
    head = np.concatenate([size + slot, begin_weeks + week, np.full(len(which) + size, sink)])
    capacity = np.ones(len(tail), np.int64)
    capacity[len(can) : len(can) + len(slots)] = morning.room[team, day]
    fee = [can.fee + worth.now, np.zeros(len(slots)), float(morning.weights.fair) * nth, worth.wait]
    supply = np.concatenate([np.ones(size, np.int64), np.zeros(sink - size, np.int64), [-size]])
    sent = flow(Network(tail, head, capacity, np.rint(FINE * np.concatenate(fee)).astype(np.int64), supply))
    return np.flatnonzero(sent[: len(can)])
