"""Why nobody can come, and what would help: whom to train, whom to borrow. Only the worker asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from baixing.dispatching.queries.inputs import Inputs
from baixing.dispatching.queries.places import Places
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.teams.models import Team

NEAREST: Final = 3
Told = dict[str, Any]


def shortage(inputs: Inputs, order: Order) -> Told:
    """Teams that know the craft are full, or there are none that come; numbers, which pages put into words."""
    able = inputs.able[order.pk]
    spans = inputs.spans[order.pk]
    days = {"first": spans[0].first.isoformat(), "last": spans[-1].last.isoformat()}
    if able:
        return {"code": "full", "teams": len(able), **days, "nearest": _nearest(able, order.station, inputs)}
    skill = order.item.skill_id if order.item else 0
    knows = Team.objects.active().filter(skills=skill).select_related("home__parent")
    comes = Team.objects.on_duty().covering(order.station).exclude(skills=skill).select_related("home__parent")
    every = list(knows)
    return {
        "code": "nobody",
        "nearest": _nearest(every, order.station, inputs),
        "train": _nearest(comes, order.station, inputs)[:1],
        "borrow": _nearest((team for team in every if _stays_away(team, order)), order.station, inputs)[:1],
    }


def _stays_away(team: Team, order: Order) -> bool:
    return team.on_duty and not order.station.path.startswith(team.area())


def _nearest(teams: Iterable[Team], to: Unit, inputs: Inputs) -> list[Told]:
    some = list(teams)
    places = Places([to, *(team.home for team in some)])
    return [told for _km, _pk, told in sorted(_rows(some, to, places, inputs.weights.road))[:NEAREST]]


def _rows(teams: Sequence[Team], to: Unit, places: Places, road: float) -> Iterable[tuple[float, int, Told]]:
    end = places.spot(to)
    for team in teams:
        start = places.spot(team.home)
        km = round(start.km(end) * road, 1)
        yield km, team.pk, {"team": team.pk, "km": km, "known": start.known and end.known}
