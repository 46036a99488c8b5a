"""Betters a plan until nothing can be bettered: somebody changes places and displaces another, until one has room.

A node's label is what one visit more there costs all together, its parent the next step of the cheapest way out, and
`via` the arc by which somebody makes room; the sink is the root. A week that is dearer to have than it charges, or an
unserved visit that costs less to serve than to leave, begins a way that saves: it is gone, the labels that hung on it
are reckoned anew, and so on (cycles cancelled by label correcting: Ahuja, Magnanti and Orlin, Network Flows, 5.5 and
9.6). Without such ways the labels are prices that prove the plan the cheapest.
"""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Flags, Ints
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.prices import FAR, Prices
from baixing.matching.seats import Seats

DEEPEST, LEAP = 40, 8  # leaps, and steps of each, after which a way that has not come out may lead round
ROUNDS = 3  # steps by which ways grow before we look whether one saves
HERE = -1  # `via` where nobody needs to leave: a day is open, or a week has somebody on that day
AWAY = -2  # `via` where visit v is left unserved is AWAY - v
Nodes = dict[int, None]  # in the order in which they came
Steps = tuple[Ints, Ints, Ints, Ints]  # node, label, parent, via


class Betterment(Seats):
    def __init__(self, arcs: Arcs, picked: Ints, room: Capacity, unserved: Ints, fair: int) -> None:
        super().__init__(arcs, picked, room, unserved)
        self.fair = fair
        every = np.arange(self.sink + 1 + len(picked))
        self.label, self.parent = np.full(len(every), FAR), np.full(len(every), self.sink)
        self.via, self.turn = np.full(len(every), HERE), every
        self.label[self.sink] = 0
        self.frontier = every[:0]
        self._relabel(np.delete(every, self.sink))

    def settle(self, enough: int = 0) -> None:
        """Until no way saves, or all together no more than enough."""
        while True:
            for _ in range(ROUNDS):
                if not len(self.frontier):
                    break
                self.frontier = self._step(self.frontier)
            saved, ways = self._ways()
            if len(ways):
                self._go(ways)
            if saved < enough or not (len(ways) or len(self.frontier)):
                return

    def enlarge(self, more: Arcs) -> None:
        """Arcs of visits that are here."""
        self._relabel(self._enlarged(more))

    def thin(self, margin: int) -> None:
        """Leaves out arcs that are dearer than the visit's price, by more than the margin."""
        prices = self.prices()
        wrong = self.arcs.fee + prices.slot[self.arcs.slot] > prices.visit[self.arcs.visit] + margin
        wrong[self.via[self.via > HERE]] = False
        self._follow(self.drop(wrong))

    def change(self, room: Capacity, unserved: Ints, loose: Ints, barred: Ints, arcs: Arcs) -> None:
        """Other room, more visits, some that have lost their place, arcs that may not be taken, and new ones."""
        day = np.flatnonzero(self.day != room.day.ravel())
        week = np.flatnonzero((self.week != room.week.ravel()) | (self.begun != room.begun.ravel()))
        seats = np.concatenate([self.seat[loose], self.seat[self.arcs.visit[barred]]])
        left = self.week_at(seats[seats < self.places])
        dead = self._below(self._once(np.concatenate([day, self.places + week, seats, left])))
        self.set_room(room)
        self.arcs.fee[barred] = 2 * FAR  # too much even for one who pays a lot now
        self.move(loose, np.full(len(loose), -1))
        self._grow(unserved)
        self._relabel(self._once(np.concatenate([dead, self.sink + 1 + loose, self._enlarged(arcs)])))

    def prices(self) -> Prices:
        week = self.label[self.places : self.sink]
        slot = np.where(self.sought, self.label[: self.places], self.label[self.week_at(np.arange(self.places))])
        slot, week = np.where(slot < FAR, slot, 0), np.where(week < FAR, week, 0)
        visit = self.unserved.copy()
        visit[self.served] = self.paid[self.served] + slot[self.at]
        return Prices(slot, week, visit)

    # --- ways that save ---

    def _ways(self) -> tuple[int, Ints]:
        """Nodes of ways that save, the most first, no two of which meet; and what all that there are would save."""
        label = self.label[self.sink + 1 :]
        left = np.flatnonzero(label < 0)
        dear = self.fair * (self.begun + self.by_week - 1) - self.label[self.places : self.sink]
        busy = np.flatnonzero((self.by_week > 0) & (dear > 0))
        starts = np.concatenate([left + self.sink + 1, busy + self.places])
        gain = np.concatenate([-label[left], dear[busy]])
        gone: Nodes = {}
        for start in self._round().tolist():
            gone.update(self._way(start, gone, out={}))
        for start in starts[np.argsort(-gain, kind="stable")].tolist():
            gone.update(self._way(start, gone))
        return int(gain.sum()), np.array(list(gone), np.int64)

    def _round(self) -> Ints:
        """Nodes that may be on circles that save: above those whose labels have fallen, far along their ways.

        Such a circle would show at its starts only when its labels have fallen by all that its weeks charge.
        """
        node = self.frontier
        for _ in range(DEEPEST):
            for _ in range(LEAP):
                node = self.parent[node]
            if not len(node := self._once(node[node != self.sink])):
                break
        return node

    def _way(self, node: int, gone: Nodes, out: Nodes | None = None) -> Nodes:
        """From here to the sink (or `out`), or a circle that is met on the way; nothing if another way was there."""
        met: Nodes = {}
        while node != self.sink:
            if node in gone:
                return {}
            if node in met:
                return dict.fromkeys(list(met)[list(met).index(node) :])
            met[node] = None
            node = int(self.parent[node])
        return met if out is None else out

    def _go(self, ways: Ints) -> None:
        dead, via = self._below(ways), self.via[ways]
        arc, away = via[via > HERE], AWAY - via[via < HERE]
        self.move(self.arcs.visit[arc], arc)
        self.move(away, np.full(len(away), -1))
        self._relabel(np.concatenate([dead, self.sink + 1 + away]))

    def _below(self, node: Ints) -> Ints:
        """These, and all whose ways lead through them."""
        hit, found, latest = np.zeros(len(self.label), bool), [], self._once(node)
        hit[latest] = True
        while len(latest):
            found.append(latest)
            slot, week = self._split(latest)
            arc = self.arcs_at(slot)
            seat = self.seat_of[arc]
            days, of = self.days_of(week)
            below = np.concatenate([
                seat[self.via[seat] == arc],
                self.week_at(slot[self.parent[self.week_at(slot)] == slot]),
                days[self.parent[days] == of],
            ])  # fmt: skip
            latest = below[~hit[below]]
            hit[latest] = True
        return np.concatenate(found) if found else node

    # --- the labels ---

    def _step(self, frontier: Ints) -> Ints:
        """From nodes whose labels have fallen to those that a way leads from; whose labels fall now."""
        slot, week = self._split(frontier[self.label[frontier] < FAR])
        slot, more = self._split(self._take(*self._from_slots(slot)))
        opened = self._take(*self._from_weeks(self._once(np.concatenate([week, more]))))
        return self._once(np.concatenate([slot, opened]))

    def _relabel(self, dead: Ints) -> None:
        """Those that are dead, anew, to begin with by one step from the others."""
        self.label[dead], self.parent[dead], self.via[dead] = FAR, self.sink, HERE
        self.frontier = self._once(np.concatenate([self.frontier, self._take(*self._first(dead))]))

    def _first(self, dead: Ints) -> Steps:
        lost = np.zeros(len(self.label), bool)
        lost[dead] = True
        slot, week = self._split(dead)
        slot = slot[self.sought[slot] & (self.used[slot] < self.day[slot])]
        sitting = np.flatnonzero(lost[self.seat])
        served = sitting[self.picked[sitting] >= 0]
        days, of = self.days_of(week)
        busy = np.flatnonzero(self.used[days] > 0)
        room = week[self.by_week[week - self.places] < self.week[week - self.places]]
        charge = self.fair * (self.begun + self.by_week)[room - self.places]
        node, label, parent, via = _joined(
            self._by_arc(self.arcs_of(sitting)),
            _straight(of[busy], self.label[days[busy]], days[busy]),
            _straight(slot, self.label[self.week_at(slot)], self.week_at(slot)),
            _straight(room, charge, self.sink),
            _straight(self.seat[served], self.unserved[served] - self.paid[served], self.sink, AWAY - served),
        )
        known = np.flatnonzero(self.label[parent] < FAR)
        return node[known], label[known], parent[known], via[known]

    def _from_slots(self, slot: Ints) -> Steps:
        """To the seats of visits that could go there; to weeks that have somebody there."""
        busy = slot[self.used[slot] > 0]
        return _joined(
            self._by_arc(self.arcs_at(slot)),
            _straight(self.week_at(busy), self.label[busy], busy),
        )

    def _from_weeks(self, week: Ints) -> Steps:
        """To their places that are open."""
        slot, week = self.days_of(week)
        open_ = np.flatnonzero(self.sought[slot] & (self.used[slot] < self.day[slot]))
        return _straight(slot[open_], self.label[week[open_]], week[open_])

    def _by_arc(self, arc: Ints) -> Steps:
        slot = self.arcs.slot[arc]
        return self.seat_of[arc], self.label[slot] + self.more_of[arc], slot, arc

    def _take(self, node: Ints, label: Ints, parent: Ints, via: Ints) -> Ints:
        """Nodes whose labels fall by one of these steps."""
        lower = np.flatnonzero(label < self.label[node])
        np.minimum.at(self.label, node[lower], label[lower])
        least = lower[label[lower] == self.label[node[lower]]]
        node = node[least]
        self.parent[node], self.via[node] = parent[least], via[least]
        return self._once(node)

    # --- nodes ---

    def _split(self, node: Ints) -> tuple[Ints, Ints]:
        """Those that are places, and those that are weeks."""
        return node[node < self.places], node[(node >= self.places) & (node < self.sink)]

    def _once(self, node: Ints) -> Ints:
        """Each once; faster than to sort them."""
        every = np.arange(len(node))
        self.turn[node] = every
        first: Flags = self.turn[node] == every
        return node[first]

    def _enlarged(self, more: Arcs) -> Ints:
        """Places that no arc led to before."""
        fresh = more.slot[~self.sought[more.slot]]
        moved = self.add(more)
        self._follow(moved)
        self.frontier = self._once(np.concatenate([self.frontier, more.slot]))
        return self._once(fresh)

    def _follow(self, moved: Ints) -> None:
        self.via = np.where(self.via > HERE, moved[np.maximum(self.via, HERE)], self.via)

    def _grow(self, unserved: Ints) -> None:
        self.unserved, fresh = unserved, self.sink + 1 + np.arange(len(self.picked), len(unserved))
        self.label, self.parent, self.via, self.turn, self.picked = (
            np.append(part, np.full(len(fresh), value))
            for part, value in (
                (self.label, FAR), (self.parent, self.sink), (self.via, HERE), (self.turn, 0), (self.picked, -1)
            )
        )  # fmt: skip
        self.seat, self.paid = np.append(self.seat, fresh), np.append(self.paid, np.zeros(len(fresh), np.int64))
        self.paid = np.where(self.picked < 0, unserved, self.paid)


def _straight(node: Ints, label: Ints, parent: Ints | int, via: Ints | int = HERE) -> Steps:
    return node, label, np.broadcast_to(parent, node.shape), np.broadcast_to(via, node.shape)


def _joined(*steps: Steps) -> Steps:
    node, label, parent, via = (np.concatenate(part) for part in zip(*steps, strict=True))
    return node, label, parent, via
