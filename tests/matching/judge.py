"""What a plan costs and whether it keeps the rules, visit by visit, in plain numbers."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from baixing.matching import Weights, World

Visit = tuple[int, int, Any]  # team, day, household or the order


def cost(
    world: World, weights: Weights, team: list[int], day: list[int], together: frozenset[int] = frozenset()
) -> int:
    """Households of `together` are served in one visit each."""
    visits: dict[Visit, list[int]] = {}
    total = 0
    for order in range(world.orders):
        if team[order] < 0:
            total += weights.unserved * int(world.weight[order]) + weights.changed * (
                _promise(world, order) is not None
            )
            continue
        _check(world, weights, order, team[order], day[order])
        home = int(world.household[order]) if world.household is not None else -1
        alone: Any = ("home", home) if home in together else order
        visits.setdefault((team[order], day[order], alone), []).append(order)
    _check_room(world, list(visits))
    total += sum(_of_visit(world, weights, visit, orders) for visit, orders in visits.items())
    return total + sum(weights.fair * _steps(world, place, n) for place, n in _weeks(list(visits)).items())


def _check(world: World, weights: Weights, order: int, team: int, day: int) -> None:
    item = int(world.item[order])
    assert world.serves[team, item]
    assert world.first[order] <= day <= world.last[order]
    assert _km(world, weights, order, team) <= world.reach[team] + 1e-9
    assert world.off is None or not world.off[team, day]
    assert world.suits is None or world.suits[order, day]
    assert world.holds_until is None or day <= world.holds_until[team, item]
    assert world.hands is None or world.people is None or world.hands[team] >= world.people[order]
    assert world.forbidden is None or [order, team] not in world.forbidden.tolist()


def _check_room(world: World, visits: list[Visit]) -> None:
    for (team, day), n in Counter((team, day) for team, day, _ in visits).items():
        booked = 0 if world.booked_day is None else int(world.booked_day[team, day])
        assert n + booked <= world.per_day[team]
    for (team, week), n in _weeks(visits).items():
        assert n + _begun(world, team, week) <= world.per_week[team]


def _weeks(visits: list[Visit]) -> Counter[tuple[int, int]]:
    return Counter((team, day // 7) for team, day, _ in visits)


def _begun(world: World, team: int, week: int) -> int:
    if world.booked_week is not None:
        return int(world.booked_week[team, week])
    return 0 if world.booked_day is None else int(world.booked_day[team, week * 7 : week * 7 + 7].sum())


def _steps(world: World, place: tuple[int, int], n: int) -> int:
    begun = _begun(world, *place)
    return sum(range(begun, begun + n))


def _of_visit(world: World, weights: Weights, visit: Visit, orders: list[int]) -> int:
    team, day, _ = visit
    waited = sum((day - int(world.first[order])) * int(world.weight[order]) for order in orders)
    total = round(weights.km * _km(world, weights, orders[0], team) + weights.wait * waited)
    for order in orders:
        total += weights.changed * (_promise(world, order) not in {None, (team, day)})
        total += weights.stranger * (world.asked is not None and int(world.asked[order]) not in {-1, team})
        if world.speaks is not None and world.language is not None and world.language[order] >= 0:
            total += weights.tongue * (not world.speaks[team, world.language[order]])
    return total


def _promise(world: World, order: int) -> tuple[int, int] | None:
    if world.promised_team is None or world.promised_day is None or world.promised_team[order] < 0:
        return None
    return int(world.promised_team[order]), int(world.promised_day[order])


def _km(world: World, weights: Weights, order: int, team: int) -> float:
    (x, y), (u, v) = world.place[order].tolist(), world.home[team].tolist()
    return math.hypot(x - u, y - v) * weights.road
