"""Which team may serve which visit: edges, and the arcs that they are on the days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Floats, Ints, road_km, spread
from baixing.matching.capacity import Capacity
from baixing.matching.fees import Fees, may

AT_ONCE = 1 << 20  # pairs looked at together


@dataclass(frozen=True, eq=False)
class Edges:
    visit: Ints
    team: Ints
    km: Floats
    wishes: Ints
    last: Ints  # day; a licence may end before the window does

    def __len__(self) -> int:
        return len(self.visit)

    def only(self, rows: Ints) -> Edges:
        return Edges(self.visit[rows], self.team[rows], self.km[rows], self.wishes[rows], self.last[rows])


@dataclass(frozen=True, eq=False)
class Arcs:
    visit: Ints
    slot: Ints  # team * days + day
    fee: Ints

    def __len__(self) -> int:
        return len(self.visit)

    def parts(self) -> tuple[Ints, Ints, Ints]:
        return self.visit, self.slot, self.fee

    def only(self, rows: Ints) -> Arcs:
        return Arcs(self.visit[rows], self.slot[rows], self.fee[rows])


def every_edge(fees: Fees, those: Ints) -> Iterator[Edges]:
    """Of these visits, all edges of the full network, some at a time."""
    own = fees.visits
    free = those[own.pinned_team[those] < 0]
    by_kind = free[np.argsort(own.kind[free], kind="stable")]
    for kind, size in zip(*np.unique(own.kind[by_kind], return_counts=True), strict=True):
        begin = int(np.searchsorted(own.kind[by_kind], kind))
        step = max(1, AT_ONCE // max(1, int(own.serves[:, kind].sum())))
        for at in range(begin, begin + size, step):
            yield edges_of(fees, by_kind[at : min(at + step, begin + size)])


def edges_of(fees: Fees, visits: Ints) -> Edges:
    """All edges of these visits, which are of one kind."""
    able = np.flatnonzero(fees.visits.serves[:, fees.visits.kind[visits[0]]])
    km = road_km(fees.visits.place[visits][:, None], fees.world.home[able], fees.weights.road)
    row, column = np.nonzero(km <= fees.world.reach[able] + TOUCHING)
    return edges(fees, visits[row], able[column], km[row, column])


def edges(fees: Fees, visit: Ints, team: Ints, km: Floats) -> Edges:
    """Of these pairs, within reach and of the visit's item, those that no wish forbids."""
    allowed = may(fees, visit, team)
    own = fees.visits
    last = own.last[visit]
    if own.until is not None:
        last = np.minimum(last, own.until[team, own.kind[visit]])
    kept = np.flatnonzero(allowed & (last >= own.first[visit]))
    visit, team = visit[kept], team[kept]
    return Edges(visit, team, km[kept], fees.wishes(visit, team), last[kept])


def arcs(fees: Fees, room: Capacity, found: Edges) -> Arcs:
    """Each edge on each of its days that suit and on which the team has room."""
    first = fees.visits.first[found.visit]
    counts = found.last - first + 1
    edge, day = np.repeat(np.arange(len(found)), counts), spread(first, counts)
    team = found.team[edge]
    free = (room.day[team, day] > 0) & (room.week[team, day // 7] > 0)
    if fees.visits.suits is not None:
        free &= fees.visits.suits[found.visit[edge], day]
    open_ = np.flatnonzero(free)
    edge, day, team = edge[open_], day[open_], team[open_]
    visit = found.visit[edge]
    fee = fees.going(visit, day, found.km[edge]) + found.wishes[edge] - fees.kept(visit, team, day)
    return Arcs(visit, team * fees.world.days + day, fee)
