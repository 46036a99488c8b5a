"""One future as a flow: orders go to teams' slots, and each visit more of a week is dearer by its share of unfairness.

Days are left out but for how many visits they allow in a slot, which is a span of a team's days: a future a few days
off needs no more; the network is a fifth of the full one, its optimum within half a per cent of that with days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Flags, Ints, spread
from baixing.matching.flow import Network, flow
from baixing.matching.online.edges import edges
from baixing.matching.online.morning import Later, Morning, later
from baixing.matching.online.orders import Orders

NEAREST = 16  # teams of an order that is only thought of


@dataclass(frozen=True, eq=False)
class Future:
    """The open orders come first, then those that are thought of."""

    way: Later  # each order's ways, sorted by order
    unserved: Ints  # (N,) what it costs to leave each order
    week: Ints  # of each slot
    room: Ints  # visits that each slot's days leave room for
    begun: Ints  # visits that each week has already
    left: Ints  # visits that it may have more
    fair: int


@dataclass(frozen=True, eq=False)
class Plan:
    """The cheapest plan of a future: which ways are taken."""

    future: Future
    taken: Ints


def future(morning: Morning, ways: Later, thought: Orders) -> Future:
    """`ways` are those of the open orders."""
    open_ = len(morning.orders)
    theirs = later(morning, thought, edges(morning.teams, morning.weights, thought, NEAREST), thought.first)
    return Future(
        way=Later(
            np.concatenate([ways.order, open_ + theirs.order]),
            np.concatenate([ways.slot, theirs.slot]),
            np.concatenate([ways.fee, theirs.fee]),
        ),
        unserved=morning.weights.unserved * np.concatenate([morning.orders.weight, thought.weight]),
        week=morning.week(np.arange(morning.teams.teams * len(morning.begins))),
        room=_room(morning),
        begun=morning.used.ravel(),
        left=(morning.teams.per_week[:, None] - morning.used).clip(0).ravel(),
        fair=morning.weights.fair,
    )


def _room(morning: Morning) -> Ints:
    """Of each slot, on the days that are left."""
    day = np.arange(morning.today, morning.days)
    room = np.zeros((morning.teams.teams, len(morning.begins)), np.int64)
    np.add.at(room.T, morning.span(day), morning.room[:, day].T)
    return np.asarray(room.clip(0).ravel())


def solved(future: Future) -> Plan:
    """Ways lead to the slot where its room may be too little, else to the week at once."""
    way, size = future.way, len(future.unserved)
    open_ = np.flatnonzero((future.room > 0)[way.slot] & (future.left > 0)[future.week[way.slot]])
    slot, into = way.slot[open_], future.week[way.slot[open_]]
    wanted = np.bincount(slot, minlength=len(future.room))
    tight = np.flatnonzero(future.room < np.minimum(future.left[future.week], wanted))
    weeks = np.flatnonzero(np.bincount(into, minlength=len(future.left)))
    begin = size + len(tight)
    sink = begin + len(weeks)
    week = np.zeros(len(future.left), np.int64)
    week[weeks] = begin + np.arange(len(weeks))
    node = week[future.week]
    node[tight] = size + np.arange(len(tight))
    which, nth = np.repeat(np.arange(len(weeks)), future.left[weeks]), spread(future.begun[weeks], future.left[weeks])
    supply = np.concatenate([np.ones(size, np.int64), np.zeros(sink - size, np.int64), [-size]])
    tail = np.concatenate([way.order[open_], size + np.arange(len(tight)), begin + which, np.arange(size)])
    head = np.concatenate([node[slot], week[future.week[tight]], np.full(len(which) + size, sink)])
    capacity = np.ones(len(tail), np.int64)
    capacity[len(open_) : len(open_) + len(tight)] = future.room[tight]
    cost = np.concatenate([way.fee[open_], np.zeros(len(tight), np.int64), future.fair * nth, future.unserved])
    sent = flow(Network(tail, head, capacity, cost, supply))
    return Plan(future, open_[sent[: len(open_)] > 0])


def is_taken(plan: Plan) -> Flags:
    found = np.zeros(len(plan.future.way.order), bool)
    found[plan.taken] = True
    return found
