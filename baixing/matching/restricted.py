"""The flow of a choice of arcs: visit, team on a day, team in a week, sink; or unserved."""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Ints, spread
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.flow import Network, flow
from baixing.matching.prices import FAR, week_of


def solve(chosen: Arcs, room: Capacity, unserved: Ints, fair: int) -> Ints:
    """The arc that each visit takes in the optimum at these costs, or -1."""
    taken = np.flatnonzero(flow(network(chosen, room, unserved, fair))[: len(chosen)])
    picked = np.full(len(unserved), -1)
    picked[chosen.visit[taken]] = taken
    return picked


def milder(chosen: Arcs, unserved: Ints) -> Ints:
    """What it costs to leave a visit, all less by the same part: still nobody is left whom somebody is free to serve.

    The solver comes to the costs by dividing an error that begins at the dearest (cost scaling: Goldberg, "An efficient
    implementation of a scaling minimum-cost flow algorithm", 1997), and with what is milder it takes a quarter less.
    """
    dear, least = int(chosen.fee.max(initial=0)), int(unserved.min(initial=FAR, where=unserved > 0))
    return np.ceil(unserved * (dear / least)).astype(np.int64) if 0 < dear < least else unserved


def network(chosen: Arcs, room: Capacity, unserved: Ints, fair: int) -> Network:
    """Fairness is convex: each visit of a week has an arc of its own to the sink, the next always dearer."""
    days, visits = room.day.shape[1], len(unserved)
    slots, slot = np.unique(chosen.slot, return_inverse=True)
    weeks, week = np.unique(week_of(slots, days), return_inverse=True)
    size = np.minimum(room.week.ravel()[weeks], np.bincount(week[slot], minlength=len(weeks)))
    units, rank = np.repeat(np.arange(len(weeks)), size), spread(room.begun.ravel()[weeks], size)
    first_slot, first_week = visits, visits + len(slots)
    sink, every = first_week + len(weeks), np.arange(visits)
    return Network(
        tail=np.concatenate([chosen.visit, first_slot + np.arange(len(slots)), first_week + units, every]),
        head=np.concatenate([first_slot + slot, first_week + week, np.full(len(units), sink), np.full(visits, sink)]),
        capacity=np.concatenate([_ones(len(chosen)), room.day.ravel()[slots], _ones(len(units) + visits)]),
        cost=np.concatenate([chosen.fee, np.zeros(len(slots), np.int64), fair * rank, unserved]),
        supply=np.concatenate([np.ones(visits, np.int64), np.zeros(sink - visits, np.int64), [-visits]]),
    )  # fmt: skip


def _ones(size: int) -> Ints:
    return np.ones(size, np.int64)
