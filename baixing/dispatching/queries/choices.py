"""For each order of a plan the chosen team with its numbers, and what another would cost. Only the worker asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import World

SHOWN = 8  # teams kept for an order
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """A team on a day, as the numbers that its reasons quote."""

    team: int
    day: str
    km: float  # of road
    known: bool  # both places are measured
    nth: int  # visit of the team in that week
    asked: bool | None  # is it the team that the resident would like; None where they asked for none
    speaks: bool | None  # as the resident would like to be spoken to; None where any will do
    wait: int  # days after the first that suits
    extra: int  # points that the plan would cost more with it

    def told(self) -> dict[str, Any]:
        return dict(self.__dict__)


class Choices:
    """What is left beside the plan: each order is looked at as if it alone could still be moved."""

    def __init__(self, inputs: Inputs, team: Ints, day: Ints) -> None:
        self.inputs, self.team, self.day = inputs, team, day
        self.world: World = inputs.world
        self.every = [inputs.days(order) for order in inputs.orders]  # of what is pinned too: it may be moved
        self.first = [days[0] for days in self.every]
        self.row = {one.pk: number for number, one in enumerate(inputs.teams)}
        shape = (self.world.teams, self.world.days)
        self.by_day = np.array(_given(self.world.booked_day, shape))
        self.by_week = np.array(_given(self.world.booked_week, (shape[0], self.world.weeks)))
        self.trips = np.array(self.by_week)  # a household is one
        self.kin = _kin(self.world)
        went = np.flatnonzero(team >= 0)
        np.add.at(self.by_day, (team[went], day[went]), 1)
        np.add.at(self.by_week, (team[went], day[went] // 7), 1)
        leads = np.flatnonzero((team >= 0) & (self.kin[:, 0] == np.arange(len(team))))
        np.add.at(self.trips, (team[leads], day[leads] // 7), 1)

    def of(self, order: int) -> list[Choice]:
        """The plan's own first, then the next best, each on its best day."""
        own = (int(self.team[order]), int(self.day[order]))
        self._count(own, -1)
        found = self._found(order)
        self._count(own, 1)
        base = self._share(order, *own)
        others = [(points, team, day) for points, team, day in found if team != own[0]]
        best = sorted(others)[: SHOWN - 1]
        return [self._told(order, points - base, team, day) for points, team, day in [(base, *own), *best]]

    def spares(self, order: int) -> int | None:
        """What it spares to change the promise; None where it cannot be kept beside the rest of the plan."""
        promise = self.inputs.promise(self.inputs.orders[order])
        if promise is None:
            return None
        own, kept = (
            (int(self.team[order]), int(self.day[order])),
            (self.row[promise[0]], self.inputs.number(promise[1])),
        )
        self._count(own, -1)
        room = self._has_room(*kept)
        self._count(own, 1)
        return self._points(order, *kept) - self._share(order, *own) if room else None

    def _count(self, own: tuple[int, int], by: int) -> None:
        self.by_day[own] += by
        self.by_week[own[0], own[1] // 7] += by

    def _found(self, order: int) -> list[tuple[int, int, int]]:
        """Points, team and day of each team that could serve it, on the day on which it costs least."""
        found = []
        for one in self.inputs.able[self.inputs.orders[order].pk]:
            team = self.row[one.pk]
            days = [day for day in self._days(order, team) if self._has_room(team, day)]
            if days:
                found.append(min((self._points(order, team, day), team, day) for day in days))
        return found

    def _days(self, order: int, team: int) -> list[int]:
        world = self.world
        if world.holds_until is None:
            return self.every[order]
        until = int(world.holds_until[team, world.item[order]])
        return [day for day in self.every[order] if day <= until]

    def _has_room(self, team: int, day: int) -> bool:
        world = self.world
        off = world.off is not None and bool(world.off[team, day])
        free = self.by_day[team, day] < world.per_day[team] and self.by_week[team, day // 7] < world.per_week[team]
        return not off and bool(free)

    def _share(self, order: int, team: int, day: int) -> int:
        """What the plan is spared without it; where others of its household go on, not the road to them."""
        if self.kin[order, 1] > 1:
            return self.inputs.weights.wait * self._waited(order, day) + self._wishes(order, team, day)
        return self._points(order, team, day, less=1)

    def _points(self, order: int, team: int, day: int, less: int = 0) -> int:
        """A trip of its own; `less` is what the order itself has added to that week."""
        weights = self.inputs.weights
        crowd = int(self.trips[team, day // 7]) - less
        road = int(np.rint(weights.km * self._km(order, team) + weights.wait * self._waited(order, day)))
        return road + weights.fair * crowd + self._wishes(order, team, day)

    def _waited(self, order: int, day: int) -> int:
        return (day - self.first[order]) * int(self.world.weight[order])

    def _wishes(self, order: int, team: int, day: int) -> int:
        """What the resident would like, or was promised, and this is not."""
        weights = self.inputs.weights
        stranger, foreign = self._is_asked(order, team) is False, self._speaks(order, team) is False
        promise = self.inputs.promise(self.inputs.orders[order])
        changed = promise not in {None, (self.inputs.teams[team].pk, self.inputs.day(day))}
        return weights.stranger * stranger + weights.tongue * foreign + weights.changed * changed

    def _is_asked(self, order: int, team: int) -> bool | None:
        asked = -1 if self.world.asked is None else int(self.world.asked[order])
        return None if asked < 0 else asked == team

    def _speaks(self, order: int, team: int) -> bool | None:
        world = self.world
        if world.language is None or world.speaks is None or world.language[order] < 0:
            return None
        return bool(world.speaks[team, world.language[order]])

    def _km(self, order: int, team: int) -> float:
        x, y = self.world.place[order] - self.world.home[team]
        return float(np.hypot(x, y)) * self.inputs.weights.road

    def _told(self, order: int, extra: int, team: int, day: int) -> Choice:
        inputs, one = self.inputs, self.inputs.orders[order]
        home, place = inputs.places.spot(inputs.teams[team].home), inputs.places.spot(one.station)
        own = (int(self.team[order]), int(self.day[order])) == (team, day)
        same_week = int(self.team[order]) == team and int(self.day[order]) // 7 == day // 7
        return Choice(
            team=inputs.teams[team].pk,
            day=inputs.day(day).isoformat(),
            km=round(self._km(order, team), 1),
            known=home.known and place.known,
            nth=int(self.trips[team, day // 7]) + (0 if own or same_week else 1),
            asked=self._is_asked(order, team),
            speaks=self._speaks(order, team),
            wait=max(day - inputs.number(inputs.spans[one.pk][0].first), 0),
            extra=extra,
        )


def _kin(world: World) -> Ints:
    """Of each order the first of those that it goes with, itself among them, and how many they are."""
    alone = np.arange(world.orders)
    if world.household is None:
        return np.stack([alone, np.ones_like(alone)], axis=1)
    name = np.where(world.household >= 0, world.household, world.household.max() + 1 + alone)
    _, first, which, count = np.unique(name, return_index=True, return_inverse=True, return_counts=True)
    return np.stack([first[which], count[which]], axis=1)


def _given(array: Ints | None, shape: tuple[int, int]) -> Ints:
    return array if array is not None else np.zeros(shape, np.int64)
