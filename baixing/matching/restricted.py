"""The flow of a choice of arcs: visit, team on a day, team in a week, sink; or unserved."""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Ints, spread
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.flow import Network, flow
from baixing.matching.world import DAYS_A_WEEK, weeks_of


def solve(chosen: Arcs, room: Capacity, unserved: Ints, fair: int) -> Ints:
    """The arc that each visit takes in the optimum, or -1."""
    days, visits = room.day.shape[1], len(unserved)
    slots, slot = np.unique(chosen.slot, return_inverse=True)
    of_slot = slots // days * weeks_of(days) + slots % days // DAYS_A_WEEK
    weeks, week = np.unique(of_slot, return_inverse=True)
    size, begun = room.week.ravel()[weeks], room.begun.ravel()[weeks]
    size = np.minimum(
        size, np.bincount(week, np.minimum(room.day.ravel()[slots], 7 * visits), len(weeks)).astype(np.int64)
    )
    first_slot, first_week = visits, visits + len(slots)
    sink = first_week + len(weeks)
    units = np.repeat(np.arange(len(weeks)), size)
    rank = spread(begun, size)
    every = np.arange(visits)
    network = Network(
        tail=np.concatenate([chosen.visit, first_slot + np.arange(len(slots)), first_week + units, every]),
        head=np.concatenate([first_slot + slot, first_week + week, np.full(len(units), sink), np.full(visits, sink)]),
        capacity=np.concatenate([_ones(len(chosen)), room.day.ravel()[slots], _ones(len(units) + visits)]),
        cost=np.concatenate([chosen.fee, np.zeros(len(slots), np.int64), fair * rank, unserved]),
        supply=np.concatenate([np.ones(visits, np.int64), np.zeros(sink - visits, np.int64), [-visits]]),
    )  # fmt: skip
    taken = np.flatnonzero(flow(network)[: len(chosen)])
    picked = np.full(visits, -1)
    picked[chosen.visit[taken]] = taken
    return picked


def _ones(size: int) -> Ints:
    return np.ones(size, np.int64)
