"""Who sits where: arcs of visits to places (a team on a day), the one that each takes, and the room that is left."""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Flags, Ints, spread
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs
from baixing.matching.prices import week_of
from baixing.matching.world import DAYS_A_WEEK, weeks_of


class Seats:
    """`picked` is the arc of each visit, or -1; arcs are sorted by place.

    Nodes are places, weeks (a team in a week), one sink, and visits. A visit's seat is its place; one that nobody
    serves sits on itself, and pays what that costs.
    """

    def __init__(self, arcs: Arcs, picked: Ints, room: Capacity, unserved: Ints) -> None:
        self.days, self.unserved = room.day.shape[1], unserved
        self.set_room(room)
        self.places, self.sink = len(self.day), len(self.day) + len(self.week)
        order = np.argsort(arcs.slot, kind="stable")
        self.arcs = arcs.only(order)
        self.by_visit = np.argsort(self.arcs.visit, kind="stable")
        self._index(len(unserved))
        self.picked = _moved(order)[picked]
        self.count()

    def set_room(self, room: Capacity) -> None:
        self.day, self.week, self.begun = room.day.ravel(), room.week.ravel(), room.begun.ravel()

    def count(self) -> None:
        """All seats anew."""
        every = np.arange(len(self.picked))
        self.seat, self.paid = self.sink + 1 + every, self.unserved.copy()
        self.used, self.by_week = np.zeros(self.places, np.int64), np.zeros(len(self.week), np.int64)
        self._sit(every)
        self._connect()

    def _connect(self) -> None:
        """Of each arc where its visit sits, and what more than now it would pay."""
        self.seat_of, self.more_of = self.seat[self.arcs.visit], self.arcs.fee - self.paid[self.arcs.visit]

    def move(self, visit: Ints, arc: Ints) -> None:
        """Each of these visits takes this arc, or none."""
        rising = self.seat[visit[self.picked[visit] >= 0]]
        np.subtract.at(self.used, rising, 1)
        np.subtract.at(self.by_week, week_of(rising, self.days), 1)
        self.picked[visit] = arc
        self.seat[visit], self.paid[visit] = self.sink + 1 + visit, self.unserved[visit]
        self._sit(visit)
        arc = self.arcs_of(visit)
        by = self.arcs.visit[arc]
        self.seat_of[arc], self.more_of[arc] = self.seat[by], self.arcs.fee[arc] - self.paid[by]

    def _sit(self, visit: Ints) -> None:
        visit = visit[self.picked[visit] >= 0]
        arc = self.picked[visit]
        slot = self.arcs.slot[arc]
        self.seat[visit], self.paid[visit] = slot, self.arcs.fee[arc]
        np.add.at(self.used, slot, 1)
        np.add.at(self.by_week, week_of(slot, self.days), 1)

    def add(self, more: Arcs) -> Ints:
        """Where the arcs that there were are now; the last number stands for none."""
        more = more.only(np.argsort(more.slot, kind="stable"))
        at, old = np.searchsorted(self.arcs.slot, more.slot, side="right"), len(self.arcs)
        new = at + np.arange(len(more))
        kept = np.ones(old + len(more), bool)
        kept[new] = False
        moved = np.append(np.flatnonzero(kept), -1)
        owners, own = self.arcs.visit[self.by_visit], np.argsort(more.visit, kind="stable")
        behind = np.searchsorted(owners, more.visit[own], side="right")
        self.by_visit = np.insert(moved[self.by_visit], behind, new[own])
        self.arcs = Arcs(*(np.insert(was, at, add) for was, add in zip(self.arcs.parts(), more.parts(), strict=True)))
        self.picked = moved[self.picked]
        self._index(len(self.picked))
        self._connect()
        return moved

    def drop(self, wrong: Flags) -> Ints:
        """Arcs that nobody takes. Where the others are now."""
        kept = np.flatnonzero(~wrong)
        moved = np.full(len(wrong) + 1, -1)
        moved[kept] = np.arange(len(kept))
        self.by_visit = moved[self.by_visit[~wrong[self.by_visit]]]
        self.arcs, self.picked = self.arcs.only(kept), moved[self.picked]
        self.seat_of, self.more_of = self.seat_of[kept], self.more_of[kept]
        self._index(len(self.picked))
        return moved

    def _index(self, visits: int) -> None:
        self.from_slot = _begins(self.arcs.slot, self.places)
        self.from_visit = _begins(self.arcs.visit, visits)
        self.sought = self.from_slot[1:] > self.from_slot[:-1]  # the other places do not matter

    def arcs_of(self, visit: Ints) -> Ints:
        return self.by_visit[spread(self.from_visit[visit], self.from_visit[visit + 1] - self.from_visit[visit])]

    def arcs_at(self, slot: Ints) -> Ints:
        return spread(self.from_slot[slot], self.from_slot[slot + 1] - self.from_slot[slot])

    def days_of(self, week: Ints) -> tuple[Ints, Ints]:
        """Places of these weeks (nodes), and the weeks."""
        team, which = np.divmod(week - self.places, weeks_of(self.days))
        length = np.minimum(self.days - which * DAYS_A_WEEK, DAYS_A_WEEK)
        return spread(team * self.days + which * DAYS_A_WEEK, length), np.repeat(week, length)

    def week_at(self, slot: Ints) -> Ints:
        """The nodes of these places' weeks."""
        return self.places + week_of(slot, self.days)

    @property
    def served(self) -> Ints:
        return np.flatnonzero(self.picked >= 0)

    @property
    def at(self) -> Ints:
        """The places of those who are served."""
        return self.seat[self.picked >= 0]

    def slots(self) -> Ints:
        """Of each visit; -1 where nobody comes."""
        return np.where(self.picked >= 0, self.seat, -1)


def _begins(group: Ints, groups: int) -> Ints:
    """Where each group begins, and where the last ends, if they were sorted."""
    return np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])


def _moved(order: Ints) -> Ints:
    """Where each went; the last number stands for none."""
    moved = np.empty(len(order) + 1, np.int64)
    moved[order], moved[-1] = np.arange(len(order)), -1
    return moved
