"""The plan of the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.bill import Infeasible, charged, refuse
from baixing.matching.capacity import Capacity, capacity, left
from baixing.matching.edges import Arcs, arcs, every_edge
from baixing.matching.fees import Fees
from baixing.matching.restricted import solve
from baixing.matching.soundness import Malformed
from baixing.matching.weights import Weights
from baixing.matching.world import World


@dataclass(frozen=True, eq=False)
class Certificate:
    """Prices; what the dearest of them add up to no plan can undercut."""

    order: Ints  # (N,) a household's stands with the first of its orders
    day: Ints  # (M, D) of a visit by this team on this day, beyond its week's
    week: Ints  # (M, W) of a visit by this team in this week


@dataclass(frozen=True, eq=False)
class Match:
    team: Ints  # (N,) -1 where nobody comes
    day: Ints
    cost: int
    bound: int  # no plan costs less
    unserved: int
    proven: bool  # cost and bound are equal
    certificate: Certificate
    split: tuple[int, ...] = ()  # households that no team can serve in one visit


def match(world: World, weights: Weights | None = None, candidates: int = 24) -> Match:
    fees = Fees.of(world, weights or Weights())
    room = room_beside_pins(fees)
    found = [arcs(fees, room, some) for some in every_edge(fees)]
    chosen = Arcs(
        *(
            np.concatenate([np.zeros(0, np.int64), *(getattr(some, name) for some in found)])
            for name in ("visit", "slot", "fee")
        )
    )
    picked = solve(chosen, room, np.where(fees.visits.pinned_team < 0, fees.unserved(), 0), fees.weights.fair)
    team, day = fees.visits.pinned_team.copy(), fees.visits.pinned_day.copy()
    going = np.flatnonzero(picked >= 0)
    team[going], day[going] = np.divmod(chosen.slot[picked[going]], world.days)
    team, day = team[fees.visits.visit], day[fees.visits.visit]
    cost, unserved = charged(fees, team, day)
    nothing = Certificate(np.zeros(world.orders, np.int64), np.zeros_like(room.day), np.zeros_like(room.week))
    return Match(team, day, cost, cost, unserved, False, nothing, fees.visits.split)


def room_beside_pins(fees: Fees) -> Capacity:
    """What is left beside what is pinned; a pin that breaks a rule is refused."""
    own = fees.visits
    try:
        refuse(fees, own.pinned_team, own.pinned_day)
    except Infeasible as error:
        raise Malformed(f"pinned: {error}", "pinned", error.order if error.order >= 0 else error.team) from error
    pins = np.flatnonzero(own.pinned_team >= 0)
    return left(capacity(fees.world), own.pinned_team[pins], own.pinned_day[pins])
