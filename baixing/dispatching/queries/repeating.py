"""A what-if as the form shows it, to be changed and asked once more."""

from __future__ import annotations

from collections.abc import Mapping

from baixing.dispatching.models import WhatIf
from baixing.dispatching.queries.naming import Names
from baixing.dispatching.rules.changes import WEIGHED, Changes

BLOCKS = 2  # of each kind in the form


def as_typed(what_if: WhatIf, policy: Mapping[str, int]) -> dict[str, object]:
    changes = Changes.of(what_if.changes)
    names = Names.of([changes])
    told: dict[str, object] = {"month": what_if.month.isoformat()}
    for n, one in enumerate(changes.more[:BLOCKS], 1):
        home = names.units[one.home].name if one.home in names.units and one.home != what_if.unit_id else ""
        told |= {f"more_{n}_skill": one.skill, f"more_{n}_home": home, f"more_{n}_reach": one.reach}
        told |= {f"more_{n}_a_day": one.a_day, f"more_{n}_a_week": one.a_week, f"more_{n}_count": one.count}
    told["away"] = "\n".join(_full(names, pk) for pk in changes.away if pk in names.teams)
    for n, hours in enumerate(changes.hours[:BLOCKS], 1):
        if hours.team in names.teams:
            told |= {f"hours_{n}_team": _full(names, hours.team), f"hours_{n}_days": list(hours.days)}
            told |= {f"hours_{n}_a_day": hours.a_day, f"hours_{n}_a_week": hours.a_week}
    return told | {one.name: changes.weights.get(one.name, policy[one.name]) for one in WEIGHED}


def _full(names: Names, pk: int) -> str:
    team = names.teams[pk]
    return f"{team.name} {team.home.short}"
