"""The orders of all futures of a morning, drawn together and then dealt, each to one future by chance.

What futures say is used as a mean. Drawn apart they would have too many of an item, a place or a day between them by
chance; so what they have between them is spread evenly (systematic sampling), and only who has what is left to chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from baixing.matching.arrays import Floats, Ints, spread


@dataclass(frozen=True, eq=False)
class Deck:
    """Sorted by item."""

    mean: Floats  # (F, S) orders of each item that each future has on the mean
    item: Ints
    when: Floats  # from 0 to 1, evenly for each item
    where: Floats  # likewise, apart from when

    @classmethod
    def of(cls, dice: np.random.Generator, mean: Floats) -> Self:
        ends = np.concatenate([[0.0], mean.sum(axis=0).cumsum()])
        counts = np.diff(np.floor(ends + dice.random())).astype(np.int64)
        item, nth = np.repeat(np.arange(len(counts)), counts), spread(np.zeros_like(counts), counts)
        shuffled = nth[np.lexsort((dice.random(len(item)), item))]
        when = (shuffled + dice.random(len(item))) / counts[item]
        return cls(mean, item, when, (nth + dice.random(len(item))) / counts[item])

    def dealt(self, dice: np.random.Generator) -> Ints:
        """The future that has it."""
        below = self.mean.cumsum(axis=0)
        below /= np.maximum(below[-1], np.finfo(float).tiny)
        last = len(self.mean) - 1
        return np.asarray((dice.random(len(self.item)) > below[:, self.item]).sum(axis=0).clip(max=last))
