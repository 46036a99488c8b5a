"""The plan of the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.betterment import Betterment
from baixing.matching.bill import Infeasible, charged, refuse
from baixing.matching.capacity import Capacity, capacity, left
from baixing.matching.certificate import Certificate, bound_of, certificate_of
from baixing.matching.columns import Pricing, best, first_choice, joined
from baixing.matching.edges import Arcs
from baixing.matching.fees import Fees
from baixing.matching.nearest import Nearest, nearest
from baixing.matching.prices import FAR
from baixing.matching.restricted import milder, solve
from baixing.matching.soundness import Malformed
from baixing.matching.weights import Weights
from baixing.matching.windows import solve_by_windows
from baixing.matching.world import DAYS_A_WEEK, World

CANDIDATES = 20
SCARCE, MANY = 0.7, 20_000
WIDER, WIDE = 3.6, 2.4  # where room is scarce prices call for many arcs: take them at once; of many visits fewer
A_ROUND = 8  # arcs of a visit that are added at once
FEW = 30  # one arc more for so many visits is bettered step by step
CLOSE, CALLED = 20, 40  # points above its price up to which an arc is kept, and where prices call for many
UNSETTLED = 60  # the same while prices still move
DEEP = 1000  # points; where as much is to be gained and by more arcs, the flow is solved anew


@dataclass(frozen=True, eq=False)
class Match:
    team: Ints  # (N,) -1 where nobody comes
    day: Ints
    cost: int
    bound: int  # no plan costs less; 0 where none was sought
    unserved: int
    proven: bool  # cost and bound are equal
    certificate: Certificate
    split: tuple[int, ...] = ()  # households that no team can serve in one visit


def match(world: World, weights: Weights | None = None, candidates: int = CANDIDATES) -> Match:
    """The plan of the least cost of all, with its proof. So many candidates of a visit are looked at to begin with."""
    fees = Fees.of(world, weights or Weights())
    room = room_beside_pins(fees)
    near = nearest(fees, max(1, candidates))
    wider = _wider(fees, room)
    chosen = first_choice(fees, room, near, int(max(1, candidates) * wider))
    unserved = np.where(fees.visits.pinned_team < 0, fees.unserved(), 0)
    chosen = _possible(chosen)
    if wider > 1:  # who has nobody in one window changes nearly all of the next: windows would not do
        plan = _flown(chosen, room, unserved, fees.weights.fair)
    else:
        picked = solve_by_windows(fees, chosen, room, unserved)
        plan = Betterment(chosen, picked, room, unserved, fees.weights.fair)
        plan.settle(len(unserved) // 2)
        plan.thin(UNSETTLED)
    return told(fees, room, better(fees, room, plan, near))


def _wider(fees: Fees, room: Capacity) -> float:
    if not scarce(fees, room):
        return 1.0
    return WIDER if len(fees.visits) <= MANY else WIDE


def better(fees: Fees, room: Capacity, plan: Betterment, near: Nearest) -> Betterment:
    """Until no arc of the full network would make it cheaper."""
    close = CALLED if scarce(fees, room) else CLOSE
    while True:
        plan.settle()
        plan.thin(close)
        pricing = Pricing(fees, room, near, plan.prices())
        if not len(more := pricing.found()):
            return plan
        gain = pricing.gain(more)
        more = best(more, -gain, A_ROUND)
        if len(more) * FEW > len(plan.unserved) and gain.max() > DEEP and scarce(fees, room):
            plan = _flown(joined([plan.arcs, more]), room, plan.unserved, fees.weights.fair)
        else:
            plan.enlarge(more)


def scarce(fees: Fees, room: Capacity) -> bool:
    """Whether the visits are nearly as many as there is room for."""
    begins = np.arange(0, fees.world.days, DAYS_A_WEEK)
    by_week = np.add.reduceat(room.day, begins, axis=1)
    return bool(len(fees.visits) > SCARCE * np.minimum(by_week, room.week[:, : len(begins)]).sum())


def _flown(chosen: Arcs, room: Capacity, unserved: Ints, fair: int) -> Betterment:
    chosen = _possible(chosen)
    about = milder(chosen, unserved) if len(unserved) > MANY else unserved  # for few it spares less than it costs after
    return Betterment(chosen, solve(chosen, room, about, fair), room, unserved, fair)


def _possible(chosen: Arcs) -> Arcs:
    far = chosen.fee >= FAR
    return chosen.only(np.flatnonzero(~far)) if far.any() else chosen


def told(fees: Fees, room: Capacity, plan: Betterment, *, proven: bool = True) -> Match:
    own, world = fees.visits, fees.world
    going, slot = plan.picked >= 0, plan.slots()
    team = np.where(going, slot // world.days, own.pinned_team)[own.visit]
    day = np.where(going, slot % world.days, own.pinned_day)[own.visit]
    cost, unserved = charged(fees, team, day)
    certificate = certificate_of(fees, room, plan.prices())
    bound = bound_of(fees, room, certificate) if proven else 0
    return Match(team, day, cost, bound, unserved, cost == bound, certificate, own.split)


def room_beside_pins(fees: Fees) -> Capacity:
    """What is left beside what is pinned; a pin that breaks a rule is refused."""
    own = fees.visits
    try:
        refuse(fees, own.pinned_team, own.pinned_day)
    except Infeasible as error:
        raise Malformed(f"pinned: {error}", "pinned", error.order if error.order >= 0 else error.team) from error
    pins = np.flatnonzero(own.pinned_team >= 0)
    return left(capacity(fees.world), own.pinned_team[pins], own.pinned_day[pins])
