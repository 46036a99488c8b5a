"""A world to match: teams, orders, days. What is not a world is refused, by the array and the row."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np

from baixing.matching.arrays import Flags, Floats, Ints, Numbers
from baixing.matching.soundness import Malformed, sound

DAYS_A_WEEK = 7


@dataclass(frozen=True, eq=False)
class World:
    """M teams, N orders, S items; kilometres on a flat map, whole days from 0, which begins a week.

    Where nobody asks for a thing its array is None.
    """

    home: Floats  # (M, 2) where a team starts
    reach: Floats  # (M,) km of road that it goes
    per_day: Ints  # (M,) visits it can make
    per_week: Ints
    serves: Flags  # (M, S)
    item: Ints  # (N,)
    place: Floats  # (N, 2)
    weight: Ints  # (N,) 1 ordinary, 2 soon, 3 urgent
    first: Ints  # (N,) the days on which it may be served
    last: Ints
    days: int
    suits: Flags | None = None  # (N, D) of the days from first to last, those on which it may be served
    off: Flags | None = None  # (M, D) the team is not there
    holds_until: Ints | None = None  # (M, S) the last day on which its licence for the item holds
    hands: Ints | None = None  # (M,) people that come
    people: Ints | None = None  # (N,) people that it takes
    speaks: Flags | None = None  # (M, L)
    language: Ints | None = None  # (N,) -1 where any will do
    household: Ints | None = None  # (N,) orders of one are served in one visit; -1 alone
    asked: Ints | None = None  # (N,) the team that the resident would like, or -1
    forbidden: Ints | None = None  # (K, 2) order, team
    promised_team: Ints | None = None  # (N,) -1 where nothing is promised
    promised_day: Ints | None = None
    pinned: Flags | None = None  # (N,) this promise may not move
    booked_day: Ints | None = None  # (M, D) visits promised outside this world
    booked_week: Ints | None = None  # (M, W); where None, those of the days

    def __post_init__(self) -> None:
        for name, value in sound({field.name: getattr(self, field.name) for field in fields(self)}):
            object.__setattr__(self, name, value)

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """A world as numpy keeps arrays (`.npz`)."""
        return cls.of(arrays_of(path))

    @classmethod
    def of(cls, found: dict[str, Numbers]) -> Self:
        known = {field.name: field for field in fields(cls)}
        if missing := [name for name in list(known)[:11] if name not in found]:
            raise Malformed(f"{missing[0]} is missing", missing[0])
        given: dict[str, Any] = {name: value for name, value in found.items() if name in known}
        return cls(**given)

    @property
    def teams(self) -> int:
        return len(self.home)

    @property
    def orders(self) -> int:
        return len(self.item)

    def days_of(self, order: int) -> list[int]:
        """On which it may be served."""
        own = range(int(self.first[order]), int(self.last[order]) + 1)
        return [day for day in own if self.suits is None or self.suits[order, day]]

    @property
    def weeks(self) -> int:
        return weeks_of(self.days)

    def arrays(self) -> Iterator[tuple[str, Numbers]]:
        """Those that there are, for `numpy.savez`."""
        for field in fields(self):
            if (value := getattr(self, field.name)) is not None:
                yield field.name, np.asarray(value)


def weeks_of(days: int) -> int:
    return days // DAYS_A_WEEK + 1


def arrays_of(path: Path | str) -> dict[str, Numbers]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, AttributeError) as error:
        raise Malformed(f"{path} is not a file of arrays") from error
