"""One future as a flow: orders go to teams' weeks, each visit more of a week is dearer by its share of unfairness.

Days are left out but for how many visits they allow in a week: a future a few days off needs no more, and the network
is a fifth of the full one. Its optimum is within half a per cent of that of the network with days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Flags, Ints, spread
from baixing.matching.flow import Network, flow
from baixing.matching.online.edges import edges
from baixing.matching.online.morning import Later, Morning, later
from baixing.matching.online.orders import Orders
from baixing.matching.world import DAYS_A_WEEK

NEAREST = 16  # teams of an order that is only thought of


@dataclass(frozen=True, eq=False)
class Future:
    """The open orders come first, then those that are thought of."""

    way: Later  # each order's ways, sorted by order
    unserved: Ints  # (N,) what it costs to leave each order
    begun: Ints  # (M * W,) visits that each week has already
    room: Ints  # (M * W,) visits that it has room for, after this morning
    fair: int


@dataclass(frozen=True, eq=False)
class Plan:
    """The cheapest plan of a future: which ways are taken."""

    future: Future
    taken: Ints


def future(morning: Morning, own: Later, thought: Orders) -> Future:
    """`own` are the ways of the open orders, if they are promised another morning."""
    open_ = len(morning.orders)
    theirs = later(morning, thought, edges(morning.teams, morning.weights, thought, NEAREST), thought.first)
    way = Later(
        np.concatenate([own.order, open_ + theirs.order]),
        np.concatenate([own.week, theirs.week]),
        np.concatenate([own.fee, theirs.fee]),
    )
    weight = np.concatenate([morning.orders.weight, thought.weight])
    return Future(way, morning.weights.unserved * weight, morning.used.ravel(), rooms(morning), morning.weights.fair)


def rooms(morning: Morning) -> Ints:
    """Visits that each team's week has room for, on days that can be promised from tomorrow on."""
    soonest = min(morning.today + 1 + morning.notice, morning.days)
    week = np.arange(soonest, morning.days) // DAYS_A_WEEK
    by_day = np.zeros_like(morning.used)
    np.add.at(by_day.T, week, morning.room[:, soonest:].T)
    room = np.minimum(by_day, morning.teams.per_week[:, None] - morning.used)
    return np.asarray(room.clip(0).ravel())


def solved(future: Future) -> Plan:
    way, size = future.way, len(future.unserved)
    open_ = np.flatnonzero(future.room[way.week] > 0)
    weeks, week = np.unique(way.week[open_], return_inverse=True)
    room = future.room[weeks]
    which, nth = np.repeat(np.arange(len(weeks)), room), spread(future.begun[weeks], room)
    sink = size + len(weeks)
    supply = np.concatenate([np.ones(size, np.int64), np.zeros(len(weeks), np.int64), [-size]])
    tail = np.concatenate([way.order[open_], size + which, np.arange(size)])
    head = np.concatenate([size + week, np.full(len(which) + size, sink)])
    cost = np.concatenate([way.fee[open_], future.fair * nth, future.unserved])
    sent = flow(Network(tail, head, np.ones(len(tail), np.int64), cost, supply))
    return Plan(future, open_[sent[: len(open_)] > 0])


def is_taken(plan: Plan) -> Flags:
    found = np.zeros(len(plan.future.way.order), bool)
    found[plan.taken] = True
    return found
