"""What may be changed in a what-if: teams more, teams away, a team's days and room, weights."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Self

from baixing.dispatching.rules.weights import WEIGHTS

MOST_MORE: Final = 9  # teams of one kind
MOST_AWAY: Final = 20
MOST_A_DAY, MOST_A_WEEK = 20, 100  # visits
WEEK: Final = 7
# kilometres are measured, not weighed: how long roads are is the same on both sides; and there are no promises
WEIGHED: Final = tuple(weight for weight in WEIGHTS if weight.name not in {"road", "speed", "changed"})
Told = dict[str, Any]


@dataclass(frozen=True)
class More:
    """So many teams that there might be."""

    skill: int
    home: int
    reach: int
    a_day: int
    a_week: int
    count: int = 1


@dataclass(frozen=True)
class Served:
    """A team with other days of the week, 0 is Monday, and other room; where nothing is said, as it is."""

    team: int
    days: tuple[int, ...] = tuple(range(WEEK))
    a_day: int | None = None
    a_week: int | None = None


@dataclass(frozen=True)
class Changes:
    more: tuple[More, ...] = ()
    away: tuple[int, ...] = ()
    hours: tuple[Served, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)  # those that are to be another

    def __bool__(self) -> bool:
        return bool(self.more or self.away or self.hours or self.weights)

    def told(self) -> Told:
        """As it is kept: always in one order, so that the same changes are the same row."""
        return {
            "more": [asdict(one) for one in sorted(self.more, key=repr)],
            "away": sorted(set(self.away)),
            "hours": [{**asdict(one), "days": sorted(one.days)} for one in sorted(self.hours, key=repr)],
            "weights": dict(sorted(self.weights.items())),
        }

    @classmethod
    def of(cls, told: Told) -> Self:
        return cls(
            more=tuple(More(**one) for one in told.get("more", ())),
            away=tuple(told.get("away", ())),
            hours=tuple(Served(**{**one, "days": tuple(one["days"])}) for one in told.get("hours", ())),
            weights=dict(told.get("weights", {})),
        )

    @property
    def teams(self) -> set[int]:
        """Those that are named."""
        return {*self.away, *(one.team for one in self.hours)}


def key_of(unit: int, month: date, changes: Changes, policy: Mapping[str, int]) -> str:
    said = [unit, month.isoformat(), changes.told(), sorted(policy.items())]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def doubled(changes: Changes) -> Sequence[int]:
    """Teams that are to be away and to serve on other days: it is either."""
    return sorted(set(changes.away) & {one.team for one in changes.hours})
