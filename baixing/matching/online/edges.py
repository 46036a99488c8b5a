"""Who may serve what: the nearest teams of each order that serve its item and go so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Floats, Ints, road_km
from baixing.matching.online.orders import Orders
from baixing.matching.weights import Weights
from baixing.matching.world import World

SLACK = 1 + 1e-9  # reach is looked at exactly when few are left


@dataclass(frozen=True, eq=False)
class Edges:
    """Sorted by order, then by kilometres."""

    order: Ints
    team: Ints
    km: Floats


def edges(teams: World, weights: Weights, orders: Orders, most: int) -> Edges:
    """Of each order the nearest so many."""
    team = np.full((len(orders), most), -1)
    farthest = (teams.reach + TOUCHING) * SLACK / weights.road if weights.road else np.full(teams.teams, np.inf)
    by_item = np.argsort(orders.item, kind="stable")
    parts = np.split(by_item, np.flatnonzero(np.diff(orders.item[by_item])) + 1) if len(orders) else []
    for part in parts:
        found = _of_item(teams, orders, part, farthest, most)
        team[part, : found.shape[1]] = found
    km = road_km(orders.place[:, None], teams.home[team], weights.road)
    km[(team < 0) | (km > teams.reach[team] + TOUCHING)] = np.inf
    rank = np.lexsort((team, km), axis=1)
    team, km = np.take_along_axis(team, rank, axis=1), np.take_along_axis(km, rank, axis=1)
    order, nth = np.nonzero(km < np.inf)
    return Edges(order, team[order, nth], km[order, nth])


def _of_item(teams: World, orders: Orders, part: Ints, farthest: Floats, most: int) -> Ints:
    """Teams, a row for each order, -1 where it is too far: by squares, whose roots nobody needs."""
    able = np.flatnonzero(teams.serves[:, orders.item[part[0]]])
    x, y = (orders.place[part, n][:, None] - teams.home[able, n] for n in range(2))
    apart = x * x + y * y
    apart[apart > farthest[able] ** 2] = np.inf
    if len(able) <= most:
        return np.where(apart < np.inf, able, -1)
    nearest = np.argpartition(apart, most - 1, axis=1)[:, :most]
    return np.where(np.take_along_axis(apart, nearest, axis=1) < np.inf, able[nearest], -1)
