"""Which villages are out of reach for which services, as of one moment. Only the worker asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.places import Places, Spot
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.orders.queries.loads import Loads, loads
from baixing.schedule.queries import days_off, week_of
from baixing.teams.models import Licence, Team

PROMISE: Final = 7  # days
FAR: Final = 30  # km of road
NAMED: Final = 6  # villages named of a service
Gap = dict[str, Any]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """Teams and villages, who comes where, and how far it is."""

    villages: list[Unit]
    teams: list[Team]
    free: Flags  # teams with room on one of the coming days
    guessed: Flags  # villages whose place nobody has measured
    homes: int  # of teams, and nobody has measured where
    km: NDArray[np.float64]  # (teams, villages) of road; without end where the team does not come

    def nearest(self, able: Sequence[int]) -> NDArray[np.float64]:
        rows = self.km[list(able)]
        found: NDArray[np.float64] = rows.min(axis=0, initial=np.inf)
        return found


def coverage(unit: Unit, today: date, road: float) -> dict[str, Any]:
    """`gaps`: of each service the villages to which nobody comes, those whose teams are all full for a week, and
    those to which even the nearest is far. `villages`: for each, how many services are out of reach, and how many far.
    """
    ground = _ground(unit, today, road)
    knows = _knows(ground.teams, today)
    out, far = np.zeros(len(ground.villages), int), np.zeros(len(ground.villages), int)
    gaps, found = [], dict[tuple[int, int | None], tuple[Flags, Flags, Flags]]()
    items = list(ServiceItem.objects.active().order_by("pk"))
    for item in items:
        key = (item.skill_id, item.licence_id)
        none, full, distant = found[key] = found.get(key) or _reach(ground, knows, *key)
        out, far = out + (none | full), far + distant
        if none.any() or full.any() or distant.any():
            gaps.append(_gap(item, ground, none, full, distant))
    gaps.sort(key=lambda gap: (-gap["none"], -gap["full"], -gap["far"], gap["item"]))
    told = zip(ground.villages, out, far, strict=True)
    return {
        "gaps": gaps,
        "villages": {str(village.pk): [int(a), int(b)] for village, a, b in told if a or b},
        "asked": {"villages": len(ground.villages), "items": len(items)},
        "guessed": {"villages": int(ground.guessed.sum()), "homes": ground.homes},
    }


def _ground(unit: Unit, today: date, road: float) -> Ground:
    villages = list(Unit.objects.within(unit).tier(1).order_by("path"))
    teams = list(Team.objects.on_duty().select_related("home__parent").order_by("pk"))
    places = Places([*villages, *(team.home for team in teams)])
    start, end = _points(places.spot(team.home) for team in teams), _points(places.spot(one) for one in villages)
    km = np.hypot(*(start[:, None] - end[None]).transpose(2, 0, 1)) * road
    paths = [village.path for village in villages]
    for row, team in enumerate(teams):
        area = team.area()
        begin, finish = bisect_left(paths, area), bisect_left(paths, area + "~")
        km[row, :begin] = km[row, finish:] = np.inf
    guessed = np.array([not places.spot(village).known for village in villages], bool)
    homes = sum(not places.spot(home).known for home in {team.home_id: team.home for team in teams}.values())
    return Ground(villages, teams, _free(teams, today), guessed, homes, km)


def _points(spots: Iterable[Spot]) -> NDArray[np.float64]:
    return np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2)


def _knows(teams: Sequence[Team], today: date) -> dict[int, list[tuple[int, frozenset[int]]]]:
    """By craft, the rows of the teams that know it, each with the kinds of its licences."""
    rows = {team.pk: row for row, team in enumerate(teams)}
    kinds: dict[int, set[int]] = {}
    for team, kind in Licence.objects.valid(today).values_list("team_id", "kind_id"):
        kinds.setdefault(team, set()).add(kind)
    found: dict[int, list[tuple[int, frozenset[int]]]] = {}
    for team, skill in Team.skills.through.objects.values_list("team_id", "skill_id"):
        if team in rows:
            found.setdefault(skill, []).append((rows[team], frozenset(kinds.get(team, ()))))
    return found


def _reach(
    ground: Ground, knows: dict[int, list[tuple[int, frozenset[int]]]], skill: int, licence: int | None
) -> tuple[Flags, Flags, Flags]:
    able = [row for row, kinds in knows.get(skill, ()) if licence is None or licence in kinds]
    anybody, somebody = ground.nearest(able), ground.nearest([row for row in able if ground.free[row]])
    none = np.isinf(anybody)
    return none, np.isinf(somebody) & ~none, (somebody > FAR) & ~np.isinf(somebody)


def _gap(item: ServiceItem, ground: Ground, none: Flags, full: Flags, far: Flags) -> Gap:
    worst = next(some for some in (none, full, far) if some.any())
    where = [ground.villages[n].pk for n in np.flatnonzero(worst)[:NAMED]]
    counts = {"none": none, "full": full, "far": far, "guessed": far & ground.guessed}
    return {"item": item.pk, **{name: int(some.sum()) for name, some in counts.items()}, "where": where}


def _free(teams: Sequence[Team], today: date) -> Flags:
    load, off = loads(teams, today, PROMISE + 7), days_off(teams, today, PROMISE)
    week = [today + timedelta(days=n) for n in range(PROMISE)]
    return np.array([any(_room(team, day, load, off) for day in week) for team in teams], bool)


def _room(team: Team, day: date, load: Loads, off: frozenset[tuple[int, date]]) -> bool:
    day_is_free = load.days[team.pk, day] < team.day_capacity and (team.pk, day) not in off
    return day_is_free and load.weeks[team.pk, week_of(day)] < team.week_capacity
