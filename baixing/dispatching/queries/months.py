"""A month of orders as it came, and the teams as they are or as somebody asks: what a what-if follows from.

Only the worker asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.crews import Crew, Fitting
from baixing.dispatching.queries.days import Span, Why, spans_of, weight_of
from baixing.dispatching.queries.demand import Demand
from baixing.dispatching.queries.places import Places
from baixing.dispatching.queries.speeches import speeches
from baixing.dispatching.rules.changes import next_month
from baixing.dispatching.rules.what_ifs import AFTER
from baixing.matching import Weights, World
from baixing.orders.models import Order
from baixing.schedule.queries import week_of

FAR = 10_000.0  # km: how far a team goes is asked of the tree, as everywhere
Arrays = dict[str, NDArray[Any]]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: what is asked of the solver, and what it is called."""

    orders: list[Order]
    crews: list[Crew]  # those that can serve at least one of them
    places: Places
    arrays: Arrays
    policy: dict[str, int]

    @cached_property
    def world(self) -> World:
        return World.of(self.arrays)

    @property
    def weights(self) -> Weights:
        return weights_of(self.policy)

    def digest(self) -> str:
        """The same inputs, the same digest."""
        found = hashlib.sha256(repr(sorted(self.policy.items())).encode())
        found.update(repr([(order.pk, order.version) for order in self.orders]).encode())
        found.update(repr([crew.key for crew in self.crews]).encode())
        for name, value in sorted(self.arrays.items()):
            found.update(name.encode() + np.ascontiguousarray(value).tobytes())
        return found.hexdigest()


def weights_of(policy: Mapping[str, int]) -> Weights:
    said = {name: policy[name] for name in ("km", "wait", "fair", "unserved", "stranger", "tongue")}
    return Weights(**said, road=policy["road"] / 100)


class Month:
    """The orders of the month with the days on which each may be served, as of when it was taken on."""

    def __init__(self, demand: Demand, first: date, notice: int) -> None:
        self.monday = week_of(first)
        until = next_month(first) + timedelta(days=AFTER - 1)
        self.days = (until - self.monday).days + 1
        spans = {order.pk: _spans(order, notice, until) for order in demand.orders}
        self.orders = [order for order in demand.orders if spans[order.pk]]
        self.without_day = len(demand.orders) - len(self.orders)
        self.spans = [spans[order.pk] for order in self.orders]

    def side(self, fitting: Fitting, crews: Sequence[Crew], policy: dict[str, int]) -> Side:
        """All that the solver is asked."""
        able, item = fitting.able(self.orders, crews, [(one[0].first, one[-1].last) for one in self.spans])
        used = np.flatnonzero(able.any(axis=1))
        some = [crews[int(row)] for row in used]
        places = Places([*(order.station for order in self.orders), *(crew.home for crew in some)])
        arrays = {
            **self._of_orders(places, some),
            **self._of_crews(places, some),
            **speeches(self.orders, [crew.speaks for crew in some]),
            "serves": able[used] if able.shape[1] else np.zeros((len(some), 1), bool),
            "item": item,
            "days": np.array(self.days),
        }
        return Side(self.orders, some, places, arrays, policy)

    def _of_orders(self, places: Places, crews: Sequence[Crew]) -> Arrays:
        row = {crew.team: number for number, crew in enumerate(crews) if crew.team}
        spots = [places.spot(order.station) for order in self.orders]
        suits = np.zeros((len(self.orders), self.days), bool)
        for number, spans in enumerate(self.spans):
            for span in spans:
                suits[number, self._number(span.first) : self._number(span.last) + 1] = True
        return {
            "place": np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2),
            "weight": np.array([weight_of(order, taken_on(order)) for order in self.orders], np.int64),
            "first": np.array([self._number(spans[0].first) for spans in self.spans], np.int64),
            "last": np.array([self._number(spans[-1].last) for spans in self.spans], np.int64),
            "asked": np.array([row.get(order.asked_team_id or 0, -1) for order in self.orders], np.int64),
            "suits": suits,
        }

    def _of_crews(self, places: Places, crews: Sequence[Crew]) -> Arrays:
        spots = [places.spot(crew.home) for crew in crews]
        off, booked = np.zeros((len(crews), self.days), bool), np.zeros((len(crews), self.days), np.int64)
        every = [self.monday + timedelta(days=n) for n in range(self.days)]
        for number, crew in enumerate(crews):
            off[number] = [day in crew.off or day.weekday() not in crew.week for day in every]
            for day, count in crew.booked.items():
                if 0 <= self._number(day) < self.days:
                    booked[number, self._number(day)] = count
        return {
            "home": np.array([(spot.x, spot.y) for spot in spots], float).reshape(-1, 2),
            "reach": np.full(len(crews), FAR),
            "per_day": np.array([0 if crew.rests else crew.a_day for crew in crews], np.int64),
            "per_week": np.array([0 if crew.rests else crew.a_week for crew in crews], np.int64),
            "off": off,
            "booked_day": booked,
        }

    def _number(self, day: date) -> int:
        return (day - self.monday).days


def taken_on(order: Order) -> datetime:
    return order.admitted_at or order.placed_at


def _spans(order: Order, notice: int, until: date) -> list[Span]:
    found = spans_of(order, taken_on(order), notice, until)
    return [] if isinstance(found, Why) else found
