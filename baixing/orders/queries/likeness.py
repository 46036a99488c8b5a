"""What is like the words that somebody is typing: services of the menu, and what neighbours asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from baixing.menu.models import ServiceItem
from baixing.menu.queries import find
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.queries.visible import joinable
from baixing.orders.rules import Standing

SERVICES, NEIGHBOURS = 3, 2  # lines shown
LOOKED_AT: Final = 200  # shared orders of one village, the newest first
LIKE: Final = 0.4  # of the shorter one's pairs of letters
SHORTEST: Final = 2  # letters of which something can be said


@dataclass(frozen=True)
class Like:
    """Services that the words may mean, and orders of neighbours that say the same."""

    services: list[ServiceItem]
    near: list[Order]

    def __bool__(self) -> bool:
        return bool(self.services or self.near)


def like(words: str, station: Unit | None, one: Standing, today: date) -> Like:
    """Nothing for words too short to mean something."""
    if len(words.strip()) < SHORTEST:
        return Like([], [])
    services = find(words, station, today)[:SERVICES]
    named = {item.pk for item in services}
    shared = joinable(one).order_by("-placed_at")[:LOOKED_AT]
    near = [order for order in shared if order.item_id in named or is_like(words, order.words if order.is_wish else "")]
    return Like(services, near[:NEIGHBOURS])


def is_like(one: str, other: str) -> bool:
    """Do two wishes share their words? Of the pairs of letters of the shorter one, LIKE are in the other."""
    mine, theirs = _pairs(one), _pairs(other)
    return bool(mine and theirs) and len(mine & theirs) >= LIKE * min(len(mine), len(theirs))


def _pairs(words: str) -> frozenset[str]:
    letters = [letter for letter in unicodedata.normalize("NFKC", words).casefold() if letter.isalnum()]
    return frozenset(a + b for a, b in pairwise(letters))
