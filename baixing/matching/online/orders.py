"""Orders alone, without the teams: those that are known, and those that are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from baixing.matching.arrays import Floats, Ints
from baixing.matching.world import World


@dataclass(frozen=True, eq=False)
class Orders:
    item: Ints
    place: Floats
    weight: Ints
    first: Ints
    last: Ints

    @classmethod
    def of(cls, world: World) -> Self:
        return cls(world.item, world.place, world.weight, world.first, world.last)

    def __len__(self) -> int:
        return len(self.item)

    def only(self, rows: Ints) -> Orders:
        return Orders(self.item[rows], self.place[rows], self.weight[rows], self.first[rows], self.last[rows])

    def told(self) -> Ints:
        """Their rows in an order that is of what they say, not of where they stand in a file."""
        return np.lexsort((self.place[:, 1], self.place[:, 0], self.weight, self.item, self.last, self.first))
