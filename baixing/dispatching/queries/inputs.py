"""All that goes into a plan, read in as many questions for a thousand orders as for one. Only the worker asks."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.models import Proposal
from baixing.dispatching.queries.apart import waiting
from baixing.dispatching.queries.days import Span, Why, spans_of, weight_of
from baixing.dispatching.queries.doors import Apart, households_of
from baixing.dispatching.queries.places import Places
from baixing.dispatching.queries.promises import Promise, promises
from baixing.dispatching.queries.speeches import speeches
from baixing.dispatching.rules.weights import defaults
from baixing.kernel.calendar import LOCAL
from baixing.matching import Weights, World
from baixing.network.models import Unit
from baixing.orders.models import Order, OrderQuerySet
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
    households: dict[int, int] = field(default_factory=dict)  # by order, where it is not alone
    promises: dict[int, Promise] = field(default_factory=dict)  # by order
    stays: set[int] = field(default_factory=set)  # orders whose promise is kept in this plan
    apart: dict[int, Apart] = field(default_factory=dict)  # households whose orders do not go together

    @property
    def today(self) -> date:
        return self.at.astimezone(LOCAL).date()

    @property
    def weights(self) -> Weights:
        said = defaults() | self.policy  # a plan that was asked for before a weight was known
        return Weights(
            km=said["km"],
            wait=said["wait"],
            fair=said["fair"],
            unserved=said["unserved"],
            stranger=said["stranger"],
            tongue=said["tongue"],
            changed=said["changed"],
            road=said["road"] / 100,
        )

    @property
    def world(self) -> World:
        return World.of(self._every_array())

    def digest(self) -> str:
        """Of everything that a plan follows from: the same inputs, the same digest."""
        found = hashlib.sha256(repr(sorted(self.policy.items())).encode())
        for order in self.orders:
            found.update(f"{order.pk} {order.version};".encode())
        for name, value in sorted(self._every_array().items()):
            found.update(name.encode() + np.ascontiguousarray(value).tobytes())
        return found.hexdigest()

    def _every_array(self) -> Arrays:
        return {**self.arrays, **_windows(self), **_groups(self)}

    def days(self, order: Order) -> list[int]:
        """All on which it may be served."""
        spans = self.spans[order.pk]
        return [day for span in spans for day in range(self.number(span.first), self.number(span.last) + 1)]

    def promise(self, order: Order) -> tuple[int, date] | None:
        """The team and the day that stand for it, where they can be kept."""
        one = self.promises.get(order.pk)
        return (one.team.pk, one.day) if one and one.day and not one.lost else None

    def day(self, number: int) -> date:
        return self.monday + timedelta(days=int(number))

    def number(self, day: date) -> int:
        return (day - self.monday).days


def gather(
    unit: Unit, policy: dict[str, int], days: int, at: datetime, *, moves: bool = False, but: Collection[int] = ()
) -> Inputs:
    """All that waits, what teams cannot keep any more, with `moves` what they have promised too; not `but` these."""
    today = at.astimezone(LOCAL).date()
    monday, until = week_of(today), today + timedelta(days=days - 1)
    new = [order for order in _new(unit) if order.pk not in but]
    given, stand = promises(unit, at, moves=moves)
    found = {order.pk: spans_of(order, at, policy["notice"], until) for order in [*new, *given]}
    promised = {pk: one for pk, one in stand.items() if pk not in but and (one.lost or _within(one.day, found[pk]))}
    every = [*new, *(order for order in given if order.pk in promised)]
    orders = [order for order in every if isinstance(found[order.pk], list)]
    able = _with_own(fitting(orders, today), promised)
    teams = sorted({team.pk: team for some in able.values() for team in some}.values(), key=lambda team: team.pk)
    places = Places([*(order.station for order in every), *(team.home for team in teams)])
    arrays = {
        **_teams(teams, places),
        **_able(orders, able, teams, monday, today),
        **_orders(orders, places, at, teams),
        **_time(teams, today, (until - monday).days + 1, promised),
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
        households=households_of([order for order in orders if order.pk not in promised]),
        promises=promised,
    )


def _new(unit: Unit) -> OrderQuerySet:
    named = for_plans(waiting(unit)).select_related("item__skill", "station__parent", "owner", "resident")
    return named.prefetch_related("windows").order_by("placed_at", "pk")


def _within(day: date | None, spans: list[Span] | Why) -> bool:
    """Whether the day lies in one of these stretches."""
    return day is not None and not isinstance(spans, Why) and any(one.first <= day <= one.last for one in spans)


def _with_own(able: dict[int, list[Team]], promised: Mapping[int, Promise]) -> dict[int, list[Team]]:
    """The team of a promise has room for it, though its week be full with it."""
    for pk, one in promised.items():
        if not one.lost and pk in able and one.team.pk not in {team.pk for team in able[pk]}:
            able[pk].append(one.team)
    return able


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


def _orders(orders: Sequence[Order], places: Places, at: datetime, teams: Sequence[Team]) -> Arrays:
    spots = [places.spot(order.station) for order in orders]
    return {
        "place": np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2),
        "weight": np.array([weight_of(order, at) for order in orders], np.int64),
        "asked": _asked(orders, teams),
        **speeches(orders, [team.speeches for team in teams]),
    }


def _asked(orders: Sequence[Order], teams: Sequence[Team]) -> NDArray[np.int64]:
    """The team that each resident would like; -1 where they asked for none, or it cannot come to anybody."""
    row = {team.pk: number for number, team in enumerate(teams)}
    return np.array([row.get(order.asked_team_id or 0, -1) for order in orders], np.int64)


def _time(teams: Sequence[Team], today: date, days: int, promised: Mapping[int, Promise]) -> Arrays:
    """What the teams have to do already beside these, by day and by week from its Monday, and when they are off."""
    monday, row = week_of(today), {team.pk: number for number, team in enumerate(teams)}
    off = np.zeros((len(teams), days), bool)
    for team, day in days_off(teams, monday, days):
        off[row[team], (day - monday).days] = True
    booked = loads(teams, today, 7 * (days // 7 + 1))
    for one in promised.values():
        if one.day and not one.lost:
            booked.days[one.team.pk, one.day] -= 1
            booked.weeks[one.team.pk, week_of(one.day)] -= 1
    by_day, by_week = np.zeros((len(teams), days), np.int64), np.zeros((len(teams), days // 7 + 1), np.int64)
    for (team, day), count in booked.days.items():
        if team in row and day <= monday + timedelta(days=days - 1):
            by_day[row[team], (day - monday).days] = count
    for (team, first), count in booked.weeks.items():
        if team in row and first <= monday + timedelta(days=days):
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
    """The days of each order; what is pinned stands on its day, and what is promised has its own."""
    row, count = {team.pk: number for number, team in enumerate(inputs.teams)}, int(inputs.arrays["days"])
    suits = np.zeros((len(inputs.orders), count), bool)
    first, last, team, day, stays = [], [], [], [], []
    for number, order in enumerate(inputs.orders):
        pin = inputs.pins.get(order.pk)
        fits = pin is not None and pin.day >= inputs.today and inputs.number(pin.day) < count
        days = [inputs.number(pin.day)] if pin and fits else inputs.days(order)
        suits[number, days] = True
        first.append(days[0])
        last.append(days[-1])
        said = (pin.team, pin.day) if pin and fits else inputs.promise(order)
        team.append(row[said[0]] if said else -1)
        day.append(inputs.number(said[1]) if said else -1)
        stays.append(fits or order.pk in inputs.stays)
    arrays = {"first": first, "last": last, "promised_team": team, "promised_day": day}
    found: Arrays = {name: np.array(value, np.int64) for name, value in arrays.items()}
    gaps = {"suits": suits} if (suits.sum(axis=1) <= found["last"] - found["first"]).any() else {}
    return found | gaps | {"pinned": np.array(stays, bool)}


def _groups(inputs: Inputs) -> Arrays:
    """Who goes together; nothing where nobody has several orders."""
    if not inputs.households:
        return {}
    of = [inputs.households.get(order.pk, -1) for order in inputs.orders]
    return {"household": np.array([-1 if one in inputs.apart else one for one in of], np.int64)}
