"""What part of the orders asks for each item: two tales of how worlds differ, and how likely each is.

Worlds are alike: their shares are drawn of one Dirichlet law, and its concentration says how many orders of our own the
others are worth. Or items change places from world to world, and only how uneven they are stays: then each share is one
of those that items of earlier worlds had (Robbins, "An empirical Bayes approach to statistics", 1956). Our own orders
tell which tale is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from baixing.matching.arrays import Floats, Ints

HALF = 0.5  # of an order: an item that nobody asked for may be asked for yet
SURE = 500.0


@dataclass(frozen=True, eq=False)
class Shares:
    alike: Floats  # (S,) parameters of the Dirichlet law after our own orders
    levels: Floats  # (J,) shares that items of earlier worlds had
    odds: Floats  # (S, J) of each item, that its share is that
    swapped: float  # how likely it is that items change places

    @classmethod
    def of(cls, own: Ints, counts: Ints, worth: float) -> Self:
        """After so many orders of each item; `counts` are those of earlier worlds, a row a world."""
        known = counts.sum(axis=0) + 1 / len(own)
        alike = worth * known / known.sum()
        if not len(counts):
            return cls(own + alike, np.ones(1), np.ones((len(own), 1)), 0.0)
        counted = counts + HALF
        levels = (counted / counted.sum(axis=1, keepdims=True)).ravel()
        mean = own.sum() * levels
        likely = own[:, None] * np.log(mean) - mean
        best = likely.max(axis=1, keepdims=True)
        odds = np.exp(likely - best)
        swapped = float((best[:, 0] + np.log(odds.mean(axis=1))).sum())
        apart = np.clip(_alike(own, alike) - swapped, -SURE, SURE)
        return cls(own + alike, levels, odds / odds.sum(axis=1, keepdims=True), float(1 / (1 + np.exp(apart))))

    def drawn(self, dice: np.random.Generator, many: int) -> Floats:
        """(many, S): shares as they may be, a row each."""
        alike = dice.dirichlet(self.alike, many)
        at = (dice.random((many, len(self.odds), 1)) > self.odds.cumsum(axis=1)).sum(axis=2)
        swapped = self.levels[at.clip(max=len(self.levels) - 1)]
        swapped /= swapped.sum(axis=1, keepdims=True)
        return np.where(dice.random((many, 1)) < self.swapped, swapped, alike)


def _alike(own: Ints, alike: Floats) -> float:
    """The logarithm of how likely our own orders are if worlds are alike; of the other tale less what both share."""
    from scipy.special import gammaln

    size, worth = own.sum(), alike.sum()
    told = (gammaln(own + alike) - gammaln(alike)).sum() + gammaln(worth) - gammaln(size + worth)
    return float(told + size * np.log(max(size, 1)) - size)
