"""Betters a plan until nothing can be bettered: somebody changes places and displaces another, until one has room.

Nodes are places (team and day), weeks (team and week), one sink, and visits. A node's label is what one visit more
there costs all together, its parent the next step of the cheapest way out; the sink is the root. A week that is dearer
to have than it charges, or an unserved visit that costs less than to leave it, begins a way that saves: it is gone, the
labels that hung on it are reckoned anew, and so on. Without such ways the labels are prices that prove the plan the
cheapest.
"""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Flags, Ints, spread
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.prices import FAR, Prices, week_of
from baixing.matching.world import DAYS_A_WEEK, weeks_of

ROUNDS = 8  # steps by which ways grow before we look whether one saves
Steps = tuple[Ints, Ints, Ints, Ints]  # node, label, parent, arc


class Betterment:
    """`picked` is the arc of each visit, or -1; arcs are sorted by visit."""

    def __init__(self, arcs: Arcs, picked: Ints, room: Capacity, unserved: Ints, fair: int) -> None:
        self.arcs, self.picked, self.unserved, self.fair = arcs, picked, unserved, fair
        self.days = room.day.shape[1]
        self.day, self.week, self.begun = room.day.ravel(), room.week.ravel(), room.begun.ravel()
        self.places, self.sink = len(self.day), len(self.day) + len(self.week)
        self.label = np.full(self.sink + 1 + len(picked), FAR)
        self.parent, self.via = np.full(len(self.label), self.sink), np.full(len(picked), -1)
        self.frontier = np.zeros(0, np.int64)
        self._index()
        self._count()
        self._relabel(np.arange(len(self.label)) != self.sink)

    def settle(self, enough: int = 0) -> None:
        """Until no way saves, or all together no more than enough."""
        while True:
            for _ in range(ROUNDS):
                if not len(self.frontier):
                    break
                self.frontier = self._take(*self._onward(self.frontier))
            saved, ways = self._ways()
            if ways:
                self._go(np.concatenate(ways))
            if saved < enough or not (ways or len(self.frontier)):
                return

    def add(self, more: Arcs) -> None:
        """Arcs of visits that are here."""
        visit, slot, fee = (np.concatenate(pair) for pair in zip(self.arcs.parts(), more.parts(), strict=True))
        order = np.argsort(visit, kind="stable")
        moved = np.empty(len(order) + 1, np.int64)
        moved[order], moved[-1] = np.arange(len(order)), -1
        self.arcs = Arcs(visit[order], slot[order], fee[order])
        self.picked, self.via = moved[self.picked], moved[self.via]
        fresh = np.zeros(len(self.label), bool)
        fresh[more.slot] = ~self.sought[more.slot]
        self._index()
        self.frontier = np.union1d(self.frontier, more.slot)
        self._relabel(fresh)

    def change(self, room: Capacity, unserved: Ints, loose: Ints, barred: Ints, arcs: Arcs) -> None:
        """Other room, more visits, some that have lost their place, arcs that may not be taken, and new ones."""
        fresh = len(unserved) - len(self.picked)
        self.label = np.append(self.label, np.full(fresh, FAR))
        self.parent = np.append(self.parent, np.full(fresh, self.sink))
        self.picked, self.via = (np.append(part, np.full(fresh, -1)) for part in (self.picked, self.via))
        was = (self.day, self.used, self.week, self.begun, self.by_week)
        self.day, self.week, self.begun = room.day.ravel(), room.week.ravel(), room.begun.ravel()
        self.arcs.fee[barred] = FAR
        barred = self.arcs.visit[barred]
        self.picked[loose] = -1
        self.unserved = unserved
        self._count()
        self.add(arcs)
        now = (self.day, self.used, self.week, self.begun, self.by_week)
        day, used, *weeks = (old != new for old, new in zip(was, now, strict=True))
        dead = np.concatenate([day | used, np.logical_or.reduce(weeks), np.zeros(1 + len(unserved), bool)])
        dead[self.sink + 1 + np.union1d(loose, barred)] = True
        self._forget(dead)

    def arcs_of(self, visit: Ints) -> Ints:
        return spread(self.by_visit[visit], self.by_visit[visit + 1] - self.by_visit[visit])

    def arcs_at(self, place: Ints) -> Ints:
        return self.sorted[spread(self.by_place[place], self.by_place[place + 1] - self.by_place[place])]

    def slots(self) -> Ints:
        """Of each visit; -1 where nobody comes."""
        return np.where(self.picked >= 0, np.append(self.arcs.slot, -1)[self.picked], -1)

    def prices(self) -> Prices:
        week = self.label[self.places : self.sink]
        slot = np.where(self.sought, self.label[: self.places], week[week_of(np.arange(self.places), self.days)])
        slot, week = np.where(slot < FAR, slot, 0), np.where(week < FAR, week, 0)
        visit = self.unserved.copy()
        visit[self.served] = self.arcs.fee[self.picked[self.served]] + slot[self.at]
        return Prices(slot, week, visit)

    # --- the plan ---

    def _index(self) -> None:
        self.by_visit = np.searchsorted(self.arcs.visit, np.arange(len(self.picked) + 1))
        self.sorted = np.argsort(self.arcs.slot)
        self.by_place = np.searchsorted(self.arcs.slot[self.sorted], np.arange(self.places + 1))
        self.sought = self.by_place[1:] > self.by_place[:-1]  # places that an arc leads to; the others do not matter
        self.nodes = np.append(np.flatnonzero(self.sought), np.arange(self.places, len(self.label)))

    def _count(self) -> None:
        self.served = np.flatnonzero(self.picked >= 0)
        self.at = self.arcs.slot[self.picked[self.served]]
        self.used = np.bincount(self.at, minlength=self.places)
        self.by_week = np.bincount(week_of(self.at, self.days), minlength=len(self.week))

    def _ways(self) -> tuple[int, list[Ints]]:
        """Ways that save, the most first, no two of which meet; and what all that there are would save."""
        visit, week = self.label[self.sink + 1 :], self.label[self.places : self.sink]
        left = np.flatnonzero((self.picked < 0) & (visit < self.unserved))
        dear = self.fair * (self.begun + self.by_week - 1) - week
        busy = np.flatnonzero((self.by_week > 0) & (dear > 0))
        starts = np.concatenate([left + self.sink + 1, busy + self.places])
        gain = np.concatenate([self.unserved[left] - visit[left], dear[busy]])
        gone: set[int] = set()
        ways = []
        for start in starts[np.argsort(-gain, kind="stable")].tolist():
            if way := self._way(start, gone):
                gone.update(way)
                ways.append(np.array(way))
        return int(gain.sum()), ways

    def _way(self, node: int, gone: set[int]) -> list[int]:
        """From here to the sink, or a circle that is met on the way; nothing if another way was there."""
        met: dict[int, int] = {}
        while node != self.sink:
            if node in gone:
                return []
            if node in met:
                return list(met)[met[node] :]
            met[node] = len(met)
            node = int(self.parent[node])
        return list(met)

    def _go(self, way: Ints) -> None:
        visits = way[way > self.sink] - self.sink - 1
        self.picked[visits] = self.via[visits]
        self._count()
        dead = np.zeros(len(self.label), bool)
        dead[way] = True
        self._forget(dead)

    def _forget(self, dead: Flags) -> None:
        """Labels of these nodes, and of all whose ways lead through them."""
        parent = self.parent[self.nodes]
        while len(more := self.nodes[dead[parent] & ~dead[self.nodes]]):
            dead[more] = True
        self._relabel(dead)

    # --- the labels ---

    def _relabel(self, dead: Flags) -> None:
        """Those that are dead, anew, to begin with by one step from the others."""
        self.label[dead], self.parent[dead] = FAR, self.sink
        self.via[dead[self.sink + 1 :]] = -1
        self.label[self.sink] = 0
        self.frontier = np.union1d(self.frontier, self._take(*self._first(dead)))

    def _first(self, dead: Flags) -> Steps:
        slot, week = np.flatnonzero(dead[: self.places] & self.sought), np.flatnonzero(dead[self.places : self.sink])
        visit = np.flatnonzero(dead[self.sink + 1 :])
        own = week_of(slot, self.days)
        here = np.flatnonzero(dead[self.at])
        lasting = np.flatnonzero(self.picked[visit] >= 0)
        open_, room = np.flatnonzero(self.used[slot] < self.day[slot]), self.by_week[week] < self.week[week]
        busy = np.flatnonzero((self.used > 0) & dead[self.places + week_of(np.arange(self.places), self.days)])
        return _joined(
            self._by_arc(self.arcs_of(visit)),
            self._home(self.served[here]),
            self._straight(self.sink + 1 + visit[lasting], self.unserved[visit[lasting]], self.sink),
            self._straight(self.places + week[room], self.fair * (self.begun + self.by_week)[week[room]], self.sink),
            self._straight(slot[open_], self.label[self.places + own[open_]], self.places + own[open_]),
            self._straight(self.places + week_of(busy, self.days), self.label[busy], busy),
        )

    def _onward(self, frontier: Ints) -> Steps:
        """From nodes whose labels have fallen, to those that a way leads from."""
        slot = frontier[frontier < self.places]
        week = frontier[(frontier >= self.places) & (frontier < self.sink)]
        visit = frontier[frontier > self.sink] - self.sink - 1
        busy = slot[self.used[slot] > 0]
        open_, of = self._days_of(week)
        return _joined(
            self._by_arc(self.arcs_at(slot)),
            self._home(visit[self.picked[visit] >= 0]),
            self._straight(self.places + week_of(busy, self.days), self.label[busy], busy),
            self._straight(open_, self.label[of], of),
        )

    def _days_of(self, week: Ints) -> tuple[Ints, Ints]:
        """Places of these weeks that have room, and the weeks."""
        team, which = np.divmod(week - self.places, weeks_of(self.days))
        length = np.minimum(self.days - which * DAYS_A_WEEK, DAYS_A_WEEK)
        slot, of = spread(team * self.days + which * DAYS_A_WEEK, length), np.repeat(week, length)
        open_ = np.flatnonzero(self.sought[slot] & (self.used[slot] < self.day[slot]))
        return slot[open_], of[open_]

    def _by_arc(self, arc: Ints) -> Steps:
        """Visits that could go by these arcs."""
        arc = arc[self.picked[self.arcs.visit[arc]] != arc]
        slot = self.arcs.slot[arc]
        return self.sink + 1 + self.arcs.visit[arc], self.arcs.fee[arc] + self.label[slot], slot, arc

    def _home(self, visit: Ints) -> Steps:
        """Places whose visits could be sent elsewhere."""
        arc = self.picked[visit]
        node = self.sink + 1 + visit
        known = np.flatnonzero(self.label[node] < FAR)
        arc, node = arc[known], node[known]
        return self._straight(self.arcs.slot[arc], self.label[node] - self.arcs.fee[arc], node)

    def _straight(self, node: Ints, label: Ints, parent: Ints | int) -> Steps:
        return node, label, np.broadcast_to(np.asarray(parent), node.shape), np.full(len(node), -1)

    def _take(self, node: Ints, label: Ints, parent: Ints, arc: Ints) -> Ints:
        """Nodes whose labels fall by one of these steps."""
        lower = np.flatnonzero(label < self.label[node])
        rank = lower[np.argsort(-label[lower])]  # the lowest is written last
        node = node[rank]
        self.label[node], self.parent[node] = label[rank], parent[rank]
        visits = np.flatnonzero(node > self.sink)
        self.via[node[visits] - self.sink - 1] = arc[rank[visits]]
        return np.unique(node)


def _joined(*steps: Steps) -> Steps:
    node, label, parent, arc = (np.concatenate(part) for part in zip(*steps, strict=True))
    return node, label, parent, arc
