"""What orders are like, learnt from those that came and from earlier worlds: how many, where, of what, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Floats, Ints
from baixing.matching.online.deck import Deck
from baixing.matching.online.orders import Orders
from baixing.matching.online.shares import Shares
from baixing.matching.online.trust import concentration, rate_after
from baixing.matching.world import World

SQUARE = 20.0  # km: worlds are compared by the orders in such squares
STRIP = 10.0  # km: places lie along a way that goes up and down such strips


@dataclass(frozen=True, eq=False)
class Law:
    rate: float  # orders a day, on the mean
    worth: float  # orders that this is known from
    shares: Shares  # of the items
    seen: Orders  # where, how heavy
    earlier: Floats  # (K, 2) places of earlier worlds
    trust: float  # how likely a place is one of those
    lengths: Ints  # days of windows that no horizon cut

    def futures(self, dice: np.random.Generator, today: int, days: int, many: int) -> list[Orders]:
        """Orders of the days that are left after today, so many times.

        How many come and of what is not known for sure, so each future has its own rate and shares.
        """
        ahead = days - 1 - today
        if not ahead:
            return [self.seen.only(np.zeros(0, np.int64))] * many
        rate = self.rate * dice.gamma(self.worth, 1 / self.worth, (many, 1))
        deck = Deck.of(dice, rate * ahead * self.shares.drawn(dice, many))
        first = today + 1 + (deck.when * ahead).astype(np.int64)
        place = self._places(deck.where)
        hand = deck.dealt(dice)
        last = np.minimum(first + dice.choice(self.lengths, len(first)), days - 1)
        weight = self.seen.weight[dice.integers(len(self.seen), size=len(first))]
        thought = Orders(deck.item, place, weight, first, last)
        return [thought.only(np.flatnonzero(hand == one)) for one in range(many)]

    def _places(self, part: Floats) -> Floats:
        """Those that lie so far along a way that leads past all."""
        every = np.concatenate([self.seen.place, self.earlier])
        trust = self.trust if len(self.earlier) else 0.0
        chance = np.full(len(every), trust / max(1, len(self.earlier)))
        chance[: len(self.seen)] = (1 - trust) / len(self.seen)
        strip = np.floor(every[:, 0] / STRIP)
        along = np.lexsort((np.where(strip % 2, -every[:, 1], every[:, 1]), strip))
        at = np.searchsorted(chance[along].cumsum(), part, side="right").clip(max=len(every) - 1)
        return np.asarray(every[along[at]])


@dataclass(frozen=True, eq=False)
class Lore:
    """What earlier worlds tell, before the first morning."""

    counts: Ints  # (H, S) orders of each item
    days: Ints  # (H,)
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
            np.array([world.days for world in worlds if world.orders], np.int64),
            np.concatenate([np.zeros((0, 2)), *(one.place for one in told)]),
            concentration(counts),
            concentration(_squares([one.place for one in told])),
            np.concatenate([np.zeros(0, np.int64), *(uncut(Orders.of(world), world.days) for world in worlds)]),
        )

    def law(self, seen: Orders, today: int, days: int) -> Law:
        """After the orders of the days until today."""
        lengths = np.concatenate([uncut(seen, days), self.lengths])
        own = np.bincount(seen.item, minlength=self.counts.shape[1])
        rate, worth = rate_after(len(seen), today + 1, self.counts.sum(axis=1), self.days)
        return Law(
            rate=rate,
            worth=worth,
            shares=Shares.of(own, self.counts, self.items_worth),
            seen=seen,
            earlier=self.places,
            trust=self.places_worth / (self.places_worth + len(seen)),
            lengths=lengths if len(lengths) else seen.last - seen.first,
        )


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
