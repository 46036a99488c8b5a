"""What the same orders would come to as they are dispatched today: first come, first served. Only the worker asks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import World

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Parts = dict[str, int]


def first_come(inputs: Inputs) -> tuple[Ints, Ints]:
    """In the order in which they were placed, each by the nearest team that is free on the first day that suits."""
    world = inputs.world
    row = {team.pk: number for number, team in enumerate(inputs.teams)}
    day_room = world.per_day[:, None] - _booked(world.booked_day, (world.teams, world.days))
    week_room = world.per_week[:, None] - _booked(world.booked_week, (world.teams, world.weeks))
    if world.off is not None:
        day_room[world.off] = 0
    team, when = np.full(world.orders, -1), np.full(world.orders, -1)
    for number, order in enumerate(inputs.orders):  # what is promised stays
        if promise := inputs.promise(order):
            team[number], when[number] = row[promise[0]], inputs.number(promise[1])
            day_room[team[number], when[number]] -= 1
            week_room[team[number], when[number] // 7] -= 1
    for number, order in enumerate(inputs.orders):
        if team[number] >= 0:
            continue
        able = np.array([row[one.pk] for one in inputs.able[order.pk]], np.int64)
        near = able[np.argsort(np.hypot(*(world.place[number] - world.home[able]).T), kind="stable")]
        for day in world.days_of(number):
            free = (day_room[near, day] > 0) & (week_room[near, day // 7] > 0) & (_held(world, near, number) >= day)
            if free.any():
                chosen = near[free.argmax()]
                day_room[chosen, day] -= 1
                week_room[chosen, day // 7] -= 1
                team[number], when[number] = chosen, day
                break
    return team, when


def parts(inputs: Inputs, team: Ints, day: Ints) -> Parts:
    """A plan in people's terms. A household that is served by one team on one day is one way."""
    world = inputs.world
    went = np.flatnonzero(team >= 0)
    ways = went[_first_of_each_way(inputs, went, team, day)]
    km = np.hypot(*(world.place[ways] - world.home[team[ways]]).T) * inputs.weights.road
    weeks = np.array(_booked(world.booked_week, (world.teams, world.weeks)))
    np.add.at(weeks, (team[went], day[went] // 7), 1)
    sent = weeks[team[went], day[went] // 7]
    return {
        "km": round(float(km.sum())),
        "ways": len(ways),
        "guessed": int((~_measured(inputs, ways, team)).sum()),  # ways that begin or end where nobody has measured
        "waited": int((day[went] - world.first[went]).sum()),
        "most": int(sent.max(initial=0)),
        "teams": len(set(team[went].tolist())),
        "served": len(went),
        "left": int((team < 0).sum()),
    }


def _measured(inputs: Inputs, ways: Ints, team: Ints) -> Flags:
    ends = ((inputs.orders[n].station, inputs.teams[team[n]].home) for n in ways)
    return np.array(list(inputs.places.measured(ends)), bool)


def _first_of_each_way(inputs: Inputs, went: Ints, team: Ints, day: Ints) -> Ints:
    of = [inputs.households.get(inputs.orders[n].pk, -1 - int(n)) for n in went]
    ways = np.stack([np.array(of, np.int64), team[went], day[went]])
    return np.asarray(np.unique(ways, axis=1, return_index=True)[1], np.int64)


def _held(world: World, teams: Ints, order: int) -> Ints:
    if world.holds_until is None:
        return np.full(len(teams), world.days)
    until: Ints = world.holds_until[teams, world.item[order]]
    return until


def _booked(array: Ints | None, shape: tuple[int, int]) -> Ints:
    return array if array is not None else np.zeros(shape, np.int64)
