"""What orders are like, learnt from those that came and from earlier worlds: how many, where, of what, for how long.

How much an earlier world is worth beside this one is learnt too. If worlds differ in an item's share as draws of one
Dirichlet law do, then its concentration says how many orders of our own the others are worth; it is the one that makes
the counts of the worlds that we know most likely (empirical Bayes; Minka, "Estimating a Dirichlet distribution", 2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Floats, Ints
from baixing.matching.online.orders import Orders
from baixing.matching.world import World

CONCENTRATIONS = np.geomspace(1, 1e5, 51)  # orders that the earlier worlds may be worth together
SQUARE = 20.0  # km: worlds are compared by the orders in such squares
ALONE = 20.0  # where fewer than two worlds are known


@dataclass(frozen=True, eq=False)
class Law:
    rate: float  # orders a day
    share: Floats  # (S,) of the items
    seen: Orders  # where, how heavy
    earlier: Floats  # (K, 2) places of earlier worlds
    trust: float  # how likely a place is one of those
    lengths: Ints  # days of windows that no horizon cut

    def draw(self, dice: np.random.Generator, today: int, days: int) -> Orders:
        """Orders of the days that are left after today."""
        ahead = days - 1 - today
        size = int(dice.poisson(self.rate * ahead))
        first = np.sort(dice.integers(today + 1, days, size)) if ahead else np.zeros(0, np.int64)
        last = np.minimum(first + dice.choice(self.lengths, size), days - 1)
        place = self.seen.place[dice.integers(len(self.seen), size=size)]
        if len(self.earlier):
            other = self.earlier[dice.integers(len(self.earlier), size=size)]
            place = np.where((dice.random(size) < self.trust)[:, None], other, place)
        weight = self.seen.weight[dice.integers(len(self.seen), size=size)]
        return Orders(dice.choice(len(self.share), size, p=self.share), place, weight, first, last)


@dataclass(frozen=True, eq=False)
class Lore:
    """What earlier worlds tell, before the first morning."""

    counts: Ints  # (H, S) orders of each item
    places: Floats
    items_worth: float  # orders of our own that the earlier worlds are worth, where items are asked
    places_worth: float  # and where places are
    lengths: Ints

    @classmethod
    def of(cls, worlds: Sequence[World], items: int) -> Lore:
        told = [Orders.of(world) for world in worlds if world.orders]
        counts = np.array([np.bincount(one.item, minlength=items) for one in told], np.int64).reshape(len(told), items)
        return cls(
            counts,
            np.concatenate([np.zeros((0, 2)), *(one.place for one in told)]),
            concentration(counts),
            concentration(_squares([one.place for one in told])),
            np.concatenate([np.zeros(0, np.int64), *(uncut(Orders.of(world), world.days) for world in worlds)]),
        )

    def law(self, seen: Orders, today: int, days: int) -> Law:
        """After the orders of the days until today."""
        lengths = np.concatenate([uncut(seen, days), self.lengths])
        own = np.bincount(seen.item, minlength=self.counts.shape[1])
        return Law(
            rate=len(seen) / (today + 1),
            share=self._share(own),
            seen=seen,
            earlier=self.places,
            trust=self.places_worth / (self.places_worth + len(seen)),
            lengths=lengths if len(lengths) else seen.last - seen.first,
        )

    def _share(self, own: Ints) -> Floats:
        """Our own counts, and the earlier worlds' for as much as they are worth."""
        known = self.counts.sum(axis=0) + 1 / len(own)
        return np.asarray((own + self.items_worth * known / known.sum()) / (own.sum() + self.items_worth))


def uncut(orders: Orders, days: int) -> Ints:
    """Lengths of the windows of those that came early enough for the longest of them not to be cut at the end."""
    lengths = orders.last - orders.first
    return np.asarray(lengths[orders.first + lengths.max(initial=0) < days])


def _squares(places: Sequence[Floats]) -> Ints:
    """(H, Q) how many of each world's places are in each square."""
    all_ = np.concatenate([np.zeros((0, 2)), *places])
    _, square = np.unique(np.floor(all_ / SQUARE), axis=0, return_inverse=True)
    parts = np.split(square.ravel(), np.cumsum([len(one) for one in places])[:-1]) if places else []
    return np.array([np.bincount(part, minlength=int(square.max()) + 1) for part in parts], np.int64)


def concentration(counts: Ints) -> float:
    """Of the Dirichlet law about their common mean under which these counts, a row a world, are most likely."""
    from scipy.special import gammaln

    if len(counts) < 2:  # noqa: PLR2004 - one alone says nothing of how worlds differ
        return ALONE
    mean = (counts.sum(axis=0) + 1 / counts.shape[1]) / (counts.sum() + 1)
    prior = CONCENTRATIONS[:, None, None] * mean
    total, own = CONCENTRATIONS[:, None], counts.sum(axis=1)
    likely = (gammaln(counts + prior) - gammaln(prior)).sum(axis=2) - gammaln(own + total) + gammaln(total)
    return float(CONCENTRATIONS[likely.sum(axis=1).argmax()])
