"""The nearest teams that serve an item, found by k-d trees where they are many; and how far we have looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Floats, Ints, Numbers, road_km, spread
from baixing.matching.edges import Edges, edges
from baixing.matching.fees import Fees

TIERS = 4  # of reach, for each doubling: who goes far is sought apart from who does not
SLACK = 1 + 1e-9
FEW, VISITS = 512, 2048  # so few teams are looked at one by one, for so many visits at once


@dataclass(frozen=True, eq=False)
class Nearest:
    edges: Edges  # sorted by visit, then by kilometres
    seen: Floats  # (V,) km: whoever is nearer is among the edges


def nearest(fees: Fees, most: int) -> Nearest:
    """About so many of the nearest teams that serve the visit's item and go so far."""
    own = fees.visits
    seen = np.full(len(own), np.inf)
    free = np.flatnonzero(own.pinned_team < 0)
    by_kind = free[np.argsort(own.kind[free], kind="stable")]
    begins = np.flatnonzero(np.diff(own.kind[by_kind], prepend=-1))
    rank = spread(np.zeros_like(begins), np.diff(begins, append=len(free)))
    parts = np.split(by_kind, np.flatnonzero(rank % VISITS == 0))[1:]
    tier = np.ceil(np.log2(np.maximum(fees.world.reach, 1.0)) * TIERS)
    found = [_of_kind(fees, part, tier, most, seen) for part in parts]
    visit, team, km = (np.concatenate([np.zeros(0), *(one[n] for one in found)]) for n in range(3))
    order = np.lexsort((km, visit))
    return Nearest(edges(fees, visit[order].astype(np.int64), team[order].astype(np.int64), km[order]), seen)


def _of_kind(fees: Fees, part: Ints, tier: Floats, most: int, seen: Floats) -> tuple[Ints, Ints, Floats]:
    """Visits of one kind, the teams of each tier of reach apart; of all, the nearest."""
    able = np.flatnonzero(fees.visits.serves[:, fees.visits.kind[part[0]]])
    if len(able) <= FEW:
        sought = [_all(fees, part, able)]
    else:
        sought = [_tier(fees, part, able[tier[able] == one], most, seen) for one in np.unique(tier[able])]
    km = np.hstack([np.full((len(part), 0), np.inf), *(one[0] for one in sought)])
    team = np.hstack([np.zeros((len(part), 0), np.int64), *(one[1] for one in sought)])
    if km.shape[1] > most:
        best = np.argpartition(km, most, axis=1)
        seen[part] = np.minimum(seen[part], np.take_along_axis(km, best[:, most : most + 1], axis=1)[:, 0])
        km, team = (np.take_along_axis(array, best[:, :most], axis=1) for array in (km, team))
    row, column = np.nonzero(np.isfinite(km))
    return part[row], team[row, column], km[row, column]


def _all(fees: Fees, part: Ints, able: Ints) -> tuple[Numbers, Numbers]:
    """Road kilometres (infinite where it is too far) and teams, a row for each visit."""
    km = road_km(fees.visits.place[part][:, None], fees.world.home[able], fees.weights.road)
    km[km > fees.world.reach[able] + TOUCHING] = np.inf
    return km, np.broadcast_to(able, km.shape)


def _tier(fees: Fees, part: Ints, able: Ints, most: int, seen: Floats) -> tuple[Numbers, Numbers]:
    """The same for about so many of the nearest alone; `seen` falls to where there may be others."""
    from scipy.spatial import cKDTree

    world, size = fees.world, min(most, len(able))
    farthest = (world.reach[able].max() + TOUCHING) / fees.weights.road * SLACK if fees.weights.road else np.inf
    apart, at = cKDTree(world.home[able]).query(
        fees.visits.place[part], range(1, size + 1), distance_upper_bound=farthest
    )
    team = able[np.minimum(at, len(able) - 1)]  # the tree says `len(able)` where there is none
    km = fees.km(np.repeat(part, size), team.ravel()).reshape(team.shape)
    if size < len(able):
        last = np.where(np.isfinite(apart[:, -1]), km[:, -1] / SLACK, np.inf)
        seen[part] = np.minimum(seen[part], last)
    return np.where(np.isfinite(apart) & (km <= world.reach[team] + TOUCHING), km, np.inf), team
