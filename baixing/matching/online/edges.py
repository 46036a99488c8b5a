"""Who may serve what: the nearest teams of each order that serve its item and go so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Floats, Ints, road_km
from baixing.matching.online.orders import Orders
from baixing.matching.weights import Weights
from baixing.matching.world import World


@dataclass(frozen=True, eq=False)
class Edges:
    """Sorted by order, then by kilometres."""

    order: Ints
    team: Ints
    km: Floats


def edges(teams: World, weights: Weights, orders: Orders, most: int) -> Edges:
    by_item = np.argsort(orders.item, kind="stable")
    parts = np.split(by_item, np.flatnonzero(np.diff(orders.item[by_item])) + 1) if len(orders) else []
    found = [_of_item(teams, weights, orders, part, most) for part in parts]
    order, team, km = (np.concatenate([np.zeros(0), *(one[n] for one in found)]) for n in range(3))
    rank = np.lexsort((team, km, order))
    return Edges(order[rank].astype(np.int64), team[rank].astype(np.int64), km[rank])


def _of_item(teams: World, weights: Weights, orders: Orders, part: Ints, most: int) -> tuple[Ints, Ints, Floats]:
    able = np.flatnonzero(teams.serves[:, orders.item[part[0]]])
    km = road_km(orders.place[part][:, None], teams.home[able], weights.road)
    km = np.where(km <= teams.reach[able] + TOUCHING, km, np.inf)
    at = np.broadcast_to(np.arange(len(able)), km.shape)
    if len(able) > most:
        at = np.argpartition(km, most - 1, axis=1)[:, :most]
        km = np.take_along_axis(km, at, axis=1)
    row, column = np.nonzero(np.isfinite(km))
    return part[row], able[at[row, column]], km[row, column]
