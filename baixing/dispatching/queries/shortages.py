"""Why nobody can come, and what would help: whom to train, whom to borrow. Only the worker asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from baixing.dispatching.queries.inputs import Inputs
from baixing.dispatching.queries.places import Places
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.queries.team_facts import pointless
from baixing.teams.models import Licence, Team

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
    near = Team.objects.select_related("home__parent")
    every = list(near.active().filter(skills=skill))
    help_ = _Help(inputs, order, spans[0].first, spans[-1].last)
    return {
        "code": "nobody",
        "nearest": _nearest(every, order.station, inputs),
        "train": help_.best(near.on_duty().covering(order.station).exclude(skills=skill)),
        "borrow": help_.best(team for team in every if _stays_away(team, order)),
    }


class _Help:
    """Who might be trained or borrowed for an order: nobody for whom that would be in vain. How often a team said no
    counts nowhere; that it said no to this very order does.
    """

    def __init__(self, inputs: Inputs, order: Order, first: date, last: date) -> None:
        self.inputs, self.order = inputs, order
        self._in_vain = pointless(order)
        needed = order.item.licence_id if order.item else None
        papers = Licence.objects.filter(kind=needed, valid_from__lte=last, valid_until__gte=first)
        self._holds = None if needed is None else frozenset(papers.values_list("team_id", flat=True))

    def best(self, teams: Iterable[Team]) -> list[Told]:
        """The nearest that holds the licence on one of the days; else the nearest, and that it needs it."""
        some = [team for team in teams if team.pk not in self._in_vain]
        holding = some if self._holds is None else [team for team in some if team.pk in self._holds]
        found = _nearest(holding or some, self.order.station, self.inputs)[:1]
        return found if holding else [{**told, "needs": True} for told in found]


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
