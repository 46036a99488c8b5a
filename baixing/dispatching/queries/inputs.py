"""All that goes into a plan, read in as many questions for a thousand orders as for one. Only the worker asks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.models import Proposal
from baixing.dispatching.queries.apart import waiting
from baixing.dispatching.queries.days import Span, Why, spans_of, weight_of
from baixing.dispatching.queries.places import Places
from baixing.kernel.calendar import LOCAL
from baixing.matching import Weights, World
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.queries import fitting
from baixing.orders.queries.loads import loads
from baixing.orders.queries.persons import for_plans
from baixing.schedule.queries import days_off, week_of
from baixing.teams.models import Licence, Team

FAR = 10_000.0  # km: how far a team goes is asked of the tree, as everywhere
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Pin:
    """A team and a day that a dispatcher has fixed for an order."""

    team: int
    day: date


@dataclass(frozen=True)
class Inputs:
    """`orders` are those that the plan is for, in the order in which they were placed; `idle` have no day in it."""

    unit: Unit
    at: datetime
    monday: date  # day 0 of the world, which begins a week
    policy: dict[str, int]
    orders: list[Order]
    spans: dict[int, list[Span]]
    idle: list[Order]
    why: dict[int, Why]  # they have no day
    able: dict[int, list[Team]]  # by order
    teams: list[Team]
    places: Places
    arrays: Arrays
    pins: dict[int, Pin]
    used: dict[int, int] = field(default_factory=dict)  # which of its spans each order is planned in

    @property
    def today(self) -> date:
        return self.at.astimezone(LOCAL).date()

    @property
    def weights(self) -> Weights:
        said = self.policy
        return Weights(
            km=said["km"],
            wait=said["wait"],
            fair=said["fair"],
            unserved=said["unserved"],
            stranger=said["stranger"],
            road=said["road"] / 100,
        )

    @property
    def world(self) -> World:
        return World.of({**self.arrays, **_windows(self)})

    def digest(self) -> str:
        """Of everything that a plan follows from: the same inputs, the same digest."""
        found = hashlib.sha256(repr(sorted(self.policy.items())).encode())
        for order in self.orders:
            found.update(f"{order.pk} {order.version};".encode())
        for name, value in sorted({**self.arrays, **_windows(self)}.items()):
            found.update(name.encode() + np.ascontiguousarray(value).tobytes())
        return found.hexdigest()

    def span(self, order: Order) -> Span:
        """The stretch of its days that is tried."""
        spans = self.spans[order.pk]
        return spans[min(self.used.get(order.pk, 0), len(spans) - 1)]

    def unpin(self, cause: BaseException | None) -> None:
        """Forget the pin that breaks a rule; where a team has no room, all of that team; if nobody knows, every one."""
        order, team = getattr(cause, "order", -1), getattr(cause, "team", -1)
        if order >= 0:
            self.pins.pop(self.orders[order].pk, None)
            return
        for pk in [pk for pk, pin in self.pins.items() if team < 0 or pin.team == self.teams[team].pk]:
            del self.pins[pk]

    def day(self, number: int) -> date:
        return self.monday + timedelta(days=int(number))

    def number(self, day: date) -> int:
        return (day - self.monday).days


def gather(unit: Unit, policy: dict[str, int], days: int, at: datetime) -> Inputs:
    today = at.astimezone(LOCAL).date()
    monday, until = week_of(today), today + timedelta(days=days - 1)
    named = for_plans(waiting(unit)).select_related("item__skill", "station__parent", "owner", "resident")
    every = list(named.prefetch_related("windows").order_by("placed_at", "pk"))
    found = {order.pk: spans_of(order, at, policy["notice"], until) for order in every}
    orders = [order for order in every if isinstance(found[order.pk], list)]
    able = fitting(orders, today)
    teams = sorted({team.pk: team for some in able.values() for team in some}.values(), key=lambda team: team.pk)
    places = Places([*(order.station for order in every), *(team.home for team in teams)])
    arrays = {
        **_teams(teams, places),
        **_able(orders, able, teams, monday, today),
        **_orders(orders, places, at),
        "asked": _asked(orders, teams),
        **_time(teams, today, (until - monday).days + 1),
    }
    return Inputs(
        unit=unit,
        at=at,
        monday=monday,
        policy=policy,
        orders=orders,
        spans={pk: some for pk, some in found.items() if isinstance(some, list)},
        idle=[order for order in every if isinstance(found[order.pk], Why)],
        why={pk: why for pk, why in found.items() if isinstance(why, Why)},
        able=able,
        teams=teams,
        places=places,
        arrays=arrays,
        pins=_pins(unit, orders, able, today),
    )


def _teams(teams: Sequence[Team], places: Places) -> Arrays:
    spots = [places.spot(team.home) for team in teams]
    return {
        "home": np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2),
        "reach": np.full(len(teams), FAR),
        "per_day": np.array([team.day_capacity for team in teams], np.int64),
        "per_week": np.array([team.week_capacity for team in teams], np.int64),
    }


def _able(
    orders: Sequence[Order], able: Mapping[int, Sequence[Team]], teams: Sequence[Team], monday: date, today: date
) -> Arrays:
    """Orders that the same teams can serve under the same licence share a column."""
    row = {team.pk: number for number, team in enumerate(teams)}
    columns: dict[tuple[frozenset[int], int | None], int] = {}
    item = []
    for order in orders:
        key = (frozenset(team.pk for team in able[order.pk]), order.item.licence_id if order.item else None)
        item.append(columns.setdefault(key, len(columns)))
    serves = np.zeros((len(teams), max(1, len(columns))), bool)
    until = np.full(serves.shape, 10**6, np.int64)
    for (some, licence), column in columns.items():
        rows = [row[pk] for pk in some]
        serves[rows, column] = True
        if licence is not None:
            until[rows, column] = [(_holds_until(teams[at], licence, today) - monday).days for at in rows]
    return {"serves": serves, "holds_until": until, "item": np.array(item, np.int64)}


def _holds_until(team: Team, kind: int, today: date) -> date:
    papers: list[Licence] = [paper for paper in team.licences.all() if paper.kind_id == kind]
    return max((paper.valid_until for paper in papers if paper.valid_from <= today), default=today)


def _orders(orders: Sequence[Order], places: Places, at: datetime) -> Arrays:
    spots = [places.spot(order.station) for order in orders]
    return {
        "place": np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2),
        "weight": np.array([weight_of(order, at) for order in orders], np.int64),
    }


def _asked(orders: Sequence[Order], teams: Sequence[Team]) -> NDArray[np.int64]:
    """The team that each resident would like; -1 where they asked for none, or it cannot come to anybody."""
    row = {team.pk: number for number, team in enumerate(teams)}
    return np.array([row.get(order.asked_team_id or 0, -1) for order in orders], np.int64)


def _time(teams: Sequence[Team], today: date, days: int) -> Arrays:
    """What the teams have to do already, by day and by week from its Monday, and when they are off."""
    monday, row = week_of(today), {team.pk: number for number, team in enumerate(teams)}
    off = np.zeros((len(teams), days), bool)
    for team, day in days_off(teams, monday, days):
        off[row[team], (day - monday).days] = True
    booked = loads(teams, today, 7 * (days // 7 + 1))
    by_day, by_week = np.zeros((len(teams), days), np.int64), np.zeros((len(teams), days // 7 + 1), np.int64)
    for (team, day), count in booked.days.items():
        if day <= monday + timedelta(days=days - 1):
            by_day[row[team], (day - monday).days] = count
    for (team, first), count in booked.weeks.items():
        if first <= monday + timedelta(days=days):
            by_week[row[team], (first - monday).days // 7] = count
    return {"off": off, "booked_day": by_day, "booked_week": by_week, "days": np.array(days)}


def _pins(unit: Unit, orders: Sequence[Order], able: Mapping[int, Sequence[Team]], today: date) -> dict[int, Pin]:
    """What was pinned in the unit's plan before, where that team can still come on that day."""
    own = {order.pk for order in orders}
    rows = (
        Proposal.objects.open().filter(plan__unit=unit, plan__state="made", pinned=True, day__gte=today).order_by("pk")
    )
    pins = {row.order_id: Pin(row.team_id, row.day) for row in rows if row.team_id and row.day}
    return {pk: pin for pk, pin in pins.items() if pk in own and pin.team in {team.pk for team in able[pk]}}


def _windows(inputs: Inputs) -> Arrays:
    """The days of each order, in the stretch that is tried for it; what is pinned stands on its day."""
    row = {team.pk: number for number, team in enumerate(inputs.teams)}
    first, last, team, day = [], [], [], []
    for order in inputs.orders:
        span = inputs.span(order)
        pin = inputs.pins.get(order.pk)
        fits = pin is not None and pin.day >= inputs.today and inputs.number(pin.day) < int(inputs.arrays["days"])
        if pin is not None and fits:
            span = Span(pin.day, pin.day)
        first.append(inputs.number(span.first))
        last.append(inputs.number(span.last))
        team.append(row[pin.team] if pin and fits else -1)
        day.append(inputs.number(pin.day) if pin and fits else -1)
    arrays = {"first": first, "last": last, "promised_team": team, "promised_day": day}
    found: Arrays = {name: np.array(value, np.int64) for name, value in arrays.items()}
    return found | {"pinned": found["promised_team"] >= 0}
