"""What a team more would bring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Flags, Floats, rank_within, road_km, spread
from baixing.matching.fees import Fees
from baixing.matching.optimum import Match
from baixing.matching.weights import Weights
from baixing.matching.world import DAYS_A_WEEK, World


@dataclass(frozen=True, eq=False)
class Team:
    """One that there might be."""

    home: Floats  # (2,)
    reach: float
    serves: Flags  # (S,)
    per_day: int = 1
    per_week: int = 2


def worth(world: World, weights: Weights, match: Match, team: Team) -> int:
    """Points by which the plan would be cheaper with this team, at most: what its visits save at the plan's prices."""
    fees = Fees.of(world, weights)
    own = fees.visits
    able = np.flatnonzero(_serves(fees, team.serves) & (own.pinned_team < 0))
    km = road_km(own.place[able], team.home, weights.road)
    able, km = able[km <= team.reach + TOUCHING], km[km <= team.reach + TOUCHING]
    price = match.certificate.order[own.members[own.starts[able]]]
    length = own.last[able] - own.first[able] + 1
    at, day = np.repeat(np.arange(len(able)), length), spread(own.first[able], length)
    saved = price[at] - fees.going(able[at], day, km[at])
    today = np.flatnonzero((rank_within(day, -saved) < team.per_day) & (saved > 0))
    saved, week = saved[today], day[today] // DAYS_A_WEEK
    nth = rank_within(week, -saved)
    return int(np.maximum(saved - weights.fair * nth, 0)[nth < team.per_week].sum())


def _serves(fees: Fees, items: Flags) -> Flags:
    """Of each visit, whether all its orders are of these items."""
    own = fees.visits
    each = np.asarray(items, dtype=np.bool_)[fees.world.item[own.members]]
    return np.logical_and.reduceat(each, own.starts) if len(own) else each
