"""What is held, where, when and by whom, over two years and a month to come; nobody has signed up yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any

from baixing.demo import rules
from baixing.demo.actions.years import clock
from baixing.demo.actions.years.people import shares_of
from baixing.demo.actions.years.scale import AHEAD, YEARS, Scale
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Platform, Post, Task, Unit
from baixing.teams.models import Team

OF_TIER = {1: 0.80, 2: 0.15, 3: 0.04, 4: 0.01}  # of all sessions
SIZE_OF_TIER = {1: 1.0, 2: 1.8, 3: 3.0, 4: 5.0}  # beside that of a village
BY_TEAM, IN_ACTIVITY, CALLED_OFF, WITH_PARTY = 0.25, 0.7, 0.02, 0.04
REPERTOIRE = 7  # kinds of things that one unit puts on
HALF_YEAR = 182
TRIES = 6


@dataclass(frozen=True)
class Kind:
    """One thing that is held again and again."""

    row: dict[str, Any]
    platform: int
    task: int

    @cached_property
    def starts(self) -> list[time]:
        return [time.fromisoformat(text) for text in self.row["starts"]]

    @property
    def people(self) -> str:
        """Of which pool those come who sign up."""
        return "young" if self.row.get("age_to") else "old" if self.row.get("age_from", 0) > 18 else "grown"  # noqa: PLR2004


@dataclass(slots=True)
class Held:
    """One session as it is planned."""

    unit: Unit
    kind: Kind
    start: int
    end: int
    part: tuple[int, int]
    maker: int
    planned: int
    opened: int
    residents: int = 0
    volunteers: int = 0
    team: int | None = None
    title: str = ""
    place: str = ""
    key: int = 0
    activity: int = 0
    party: int = 0
    called_off: bool = False


class Planner:
    """Decides all of it by dice alone."""

    def __init__(self, scale: Scale, at: datetime, dice: Random) -> None:
        self.scale, self.dice, self.now = scale, dice, clock.second_of(at)
        self.today = at.astimezone(LOCAL).date()
        platforms, tasks = (dict(model.objects.values_list("slug", "pk")) for model in (Platform, Task))
        rows = rules.data("years")["kind"]
        self.kinds = [Kind(row, platforms[row["platform"]], tasks[row["task"]]) for row in rows]
        self.staff = staff_by_unit()
        self.teams: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for pk, home, leader in Team.objects.active().order_by("pk").values_list("pk", "home", "leader"):
            self.teams[home].append((pk, leader))

    def sessions(self, villages: Sequence[Unit]) -> list[Held]:
        found = [one for unit, count in self._counts(villages) for one in self._of_unit(unit, count)]
        found.sort(key=lambda one: (one.start, one.unit.path))
        self._crowds(found)
        return found

    def groups(self, found: Sequence[Held]) -> list[list[Held]]:
        """What makes one activity: the same thing, of the same unit, in one half of a year."""
        by: dict[tuple[int, str, int], list[Held]] = defaultdict(list)
        for one in found:
            by[one.unit.pk, one.kind.row["title"], one.part[0] // HALF_YEAR].append(one)
        several = [sorted(some, key=lambda one: one.planned) for some in by.values() if len(some) > 1]
        return [some for some in several if self.dice.random() < IN_ACTIVITY]

    def _counts(self, villages: Sequence[Unit]) -> Iterator[tuple[Unit, int]]:
        above = {path for village in villages for path in village.line()[:-1]}
        units = [*villages, *Unit.objects.filter(path__in=above, tier__gte=1).order_by("path")]
        tiers: dict[int, list[Unit]] = defaultdict(list)
        for unit in units:
            tiers[unit.tier].append(unit)
        present = {tier: OF_TIER[tier] for tier in sorted(tiers)}
        for tier, count in zip(present, shares_of(self.scale.sessions, list(present.values())), strict=True):
            weights = [self.dice.uniform(1, 3) for _unit in tiers[tier]]
            yield from zip(tiers[tier], shares_of(count, weights), strict=True)

    def _of_unit(self, unit: Unit, count: int) -> Iterator[Held]:
        fit = [kind for kind in self.kinds if unit.tier in kind.row["tiers"]]
        own, taken = self.dice.sample(fit, min(REPERTOIRE, len(fit))), set[tuple[int, int]]()
        weights = [kind.row["share"] for kind in own]
        for _each in range(count):
            for _try in range(TRIES):
                kind = self.dice.choices(own, weights)[0]
                day, begins = self._day(kind), self.dice.choice(kind.starts)
                part = day.toordinal(), clock.part_of_day(begins)
                if part not in taken:
                    break
            taken.add(part)
            yield self._one(unit, kind, day, begins)

    def _day(self, kind: Kind) -> date:
        while True:
            day = self.today + timedelta(days=self.dice.randint(AHEAD - 365 * YEARS, AHEAD - 1))
            if str(day.isoweekday()) in kind.row["days"]:
                return day

    def _one(self, unit: Unit, kind: Kind, day: date, begins: time) -> Held:
        dice, row, start = self.dice, kind.row, clock.local_second(day, begins)
        team = dice.choice(self.teams[unit.pk]) if self.teams[unit.pk] and dice.random() < BY_TEAM else None
        planned = start - dice.randint(5, 20) * clock.DAY - dice.randrange(3 * clock.HOUR)
        planned = min(planned, self.now - dice.randrange(clock.HOUR, 4 * clock.DAY))
        found = Held(
            unit=unit,
            kind=kind,
            start=start,
            end=start + row["minutes"] * clock.MINUTE,
            part=(day.toordinal(), clock.part_of_day(begins)),
            maker=team[1] if team else self.staff[unit.pk],
            planned=planned,
            opened=planned + dice.randint(3, 50) * clock.MINUTE,
            team=team[0] if team else None,
            title=f"{row['title']}：{dice.choice(row['topics'])}",
            place=dice.choice(row["places"]),
        )
        found.called_off = dice.random() < CALLED_OFF and start > found.opened + 2 * clock.DAY
        return found

    def _crowds(self, found: Sequence[Held]) -> None:
        """How many come to each, so that all of them together are as many as they should be."""
        dice, raw = self.dice, []
        for one in found:
            usual = one.kind.row["volunteers"]
            one.volunteers = dice.randint(max(1, usual - 1), usual + 1)
            if dice.random() < WITH_PARTY and one.kind.people == "grown":
                one.party = dice.randint(12, 40)
            ahead = max(one.start - self.now, 0) / (AHEAD * clock.DAY)
            soon = 1.0 if one.start < self.now else max(0.08, 0.8 * (1 - ahead))
            raw.append(one.kind.row["draw"] * SIZE_OF_TIER[one.unit.tier] * dice.triangular(0.5, 1.6) * soon)
        helpers = sum(one.volunteers for one in found)
        for one, residents in zip(found, shares_of(max(self.scale.signups - helpers, 0), raw), strict=True):
            one.residents = residents


def staff_by_unit() -> dict[int, int]:
    """Whoever has worked longest in each unit."""
    posts = Post.objects.filter(kind=Post.Kind.STAFF, until=None).order_by("-since", "-pk")
    return dict(posts.values_list("unit", "person"))
