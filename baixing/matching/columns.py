"""Which arcs of the full network are worth solving with: a few to begin with, then those that the prices call for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from baixing.matching.arrays import Ints, rank_within, spread
from baixing.matching.capacity import Capacity
from baixing.matching.edges import Arcs, Edges, arcs, every_edge
from baixing.matching.fees import Fees
from baixing.matching.nearest import Nearest
from baixing.matching.prices import FAR, Prices

SPREAD = 100  # points a day that a first choice of arcs is held back by: many teams first, then many days
EDGES_AT_ONCE = 1 << 18


def first_choice(fees: Fees, room: Capacity, near: Nearest, most: int) -> Arcs:
    """Of each visit the arcs that look the cheapest, spread over teams."""
    found = [_cheapest(fees, room, some, most) for some in pieces(near.edges)]
    return joined(found)


def _cheapest(fees: Fees, room: Capacity, some: Edges, most: int) -> Arcs:
    every = arcs(fees, room, _soon(fees, some, most))
    late = every.slot % fees.world.days - fees.visits.first[every.visit]
    return best(every, every.fee + SPREAD * late, most)


def _soon(fees: Fees, some: Edges, most: int) -> Edges:
    """The r-th nearest on the d-th day is not among the cheapest if r times d nearer or sooner ones come first."""
    begins = np.flatnonzero(np.diff(some.visit, prepend=-1))
    nth = spread(np.ones_like(begins), np.diff(begins, append=len(some)))
    last = fees.visits.first[some.visit] + np.maximum(most // nth, 1) - 1
    return replace(some, last=np.minimum(some.last, last))


def best(found: Arcs, key: Ints, most: int) -> Arcs:
    """Those with the smallest keys, so many of each visit."""
    return found.only(np.flatnonzero(rank_within(found.visit, key) < most))


def joined(parts: list[Arcs]) -> Arcs:
    """Sorted by visit."""
    none = np.zeros(0, np.int64)
    visit, slot, fee = (
        np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("visit", "slot", "fee")
    )
    order = np.argsort(visit, kind="stable")
    return Arcs(visit[order], slot[order], fee[order])


def pieces(found: Edges) -> Iterator[Edges]:
    """Some at a time, those of one visit together."""
    at = 0
    while at < len(found):
        end = min(at + EDGES_AT_ONCE, len(found))
        end = int(np.searchsorted(found.visit, found.visit[end - 1], side="right"))
        yield found.only(np.arange(at, end))
        at = end


# --- pricing ---


@dataclass(frozen=True, eq=False)
class Pricing:
    """Finds arcs that would better the plan whose prices these are."""

    fees: Fees
    room: Capacity
    near: Nearest
    prices: Prices

    def found(self) -> Arcs:
        return joined([*self._among_near(), *self._beyond()])

    def _among_near(self) -> list[Arcs]:
        return [self._dear(some) for some in pieces(self.near.edges)]

    def _beyond(self) -> list[Arcs]:
        """Among all teams that are farther than we have looked."""
        own, seen = self.fees.visits, self.near.seen
        least = np.where(np.isfinite(seen), self.fees.weights.km * seen - 1, FAR) + self._anybody(own.first, own.last)
        found = every_edge(self.fees, np.flatnonzero(least < self.prices.visit))
        return [self._dear(some.only(np.flatnonzero(some.km >= seen[some.visit]))) for some in found]

    def gain(self, found: Arcs) -> Ints:
        """How much cheaper the visit would be this way, at these prices."""
        return self.prices.visit[found.visit] - found.fee - self.prices.slot[found.slot]

    def _dear(self, some: Edges) -> Arcs:
        fees, first = self.fees, self.fees.visits.first[some.visit]
        least = fees.going(some.visit, first, some.km) + some.wishes - fees.most_kept(some.visit) - 1
        least += self._lowest.between(some.team, first, some.last)
        every = arcs(fees, self.room, some.only(np.flatnonzero(least < self.prices.visit[some.visit])))
        return every.only(np.flatnonzero(self.gain(every) > 0))

    @cached_property
    def _lowest(self) -> Lowest:
        longest = int((self.fees.visits.last - self.fees.visits.first).max(initial=0)) + 1
        return Lowest.of(np.where(self.room.day > 0, self.prices.slot.reshape(self.room.day.shape), FAR), longest)

    def _anybody(self, first: Ints, last: Ints) -> Ints:
        """The lowest price of any team between the days."""
        table = self._lowest.levels
        return Lowest(table.min(axis=1, keepdims=True, initial=FAR)).between(np.zeros_like(first), first, last)


@dataclass(frozen=True, eq=False)
class Lowest:
    """The lowest price of a row between two days: level n holds the least of the 2**n days from each."""

    levels: Ints

    @classmethod
    def of(cls, table: Ints, longest: int) -> Lowest:
        levels, width = [table], 1
        while 2 * width <= longest:
            wider = levels[-1].copy()
            wider[:, :-width] = np.minimum(wider[:, :-width], wider[:, width:])
            levels.append(wider)
            width *= 2
        return cls(np.stack(levels))

    def between(self, row: Ints, first: Ints, last: Ints) -> Ints:
        level = np.frexp((last - first + 1).astype(np.float64))[1].astype(np.int64) - 1
        return np.minimum(self.levels[level, row, first], self.levels[level, row, last + 1 - (1 << level)])
