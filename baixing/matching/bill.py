"""What a plan costs, from nothing; a plan that breaks a rule has no cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from baixing.matching.arrays import TOUCHING, Flags, Ints
from baixing.matching.capacity import capacity, counted
from baixing.matching.fees import Fees, may
from baixing.matching.weights import Weights
from baixing.matching.world import World


class Infeasible(ValueError):
    """A plan that breaks a rule; `order` (or, for a lack of room, `team`) says where."""

    def __init__(self, words: str, *, order: int = -1, team: int = -1) -> None:
        super().__init__(words)
        self.order, self.team = order, team


def bill(world: World, weights: Weights, team: Ints, day: Ints) -> tuple[int, int]:
    """Cost, and how many orders are left unserved. `team` is -1 where nobody comes."""
    return charged(Fees.of(world, weights), np.asarray(team), np.asarray(day))


def charged(fees: Fees, team: Ints, day: Ints) -> tuple[int, int]:
    by, when = visited(fees, team, day)
    refuse(fees, by, when)
    going = np.flatnonzero(by >= 0)
    room = capacity(fees.world)
    _, by_week = counted(room, by[going], when[going])
    served = fees.served(going, by[going], when[going]).sum()
    return int(served + fees.unserved()[by < 0].sum()) + fees.fair(room.begun, by_week), int((team < 0).sum())


def visited(fees: Fees, team: Ints, day: Ints) -> tuple[Ints, Ints]:
    """The plan's team and day of each visit; who goes together must be served together."""
    own, orders = fees.visits, fees.world.orders
    if team.shape != (orders,) or day.shape != (orders,):
        raise Infeasible(f"a plan for {len(team)} orders where there are {orders}")
    lead = own.members[own.starts]
    for order in np.flatnonzero((team != team[lead][own.visit]) | ((team >= 0) & (day != day[lead][own.visit]))):
        raise Infeasible(f"order {order} is not served together with the rest of its household", order=int(order))
    return team[lead], np.where(team[lead] >= 0, day[lead], -1)


def refuse(fees: Fees, team: Ints, day: Ints) -> None:
    """Team and day of each visit must keep every rule."""
    own = fees.visits
    moved = (own.pinned_team >= 0) & ((own.pinned_team != team) | (own.pinned_day != day))
    for visit in np.flatnonzero(moved):
        raise Infeasible(f"order {own.lead(int(visit))} is pinned and was moved", order=own.lead(int(visit)))
    going = np.flatnonzero(team >= 0)
    for wrong, words in _faults(fees, going, team[going], day[going]):
        for at in np.flatnonzero(wrong):
            order = own.lead(int(going[at]))
            raise Infeasible(f"order {order}, team {team[going][at]}, day {day[going][at]}: {words}", order=order)
    _refuse_crowds(fees, team[going], day[going])


def _faults(fees: Fees, visit: Ints, team: Ints, day: Ints) -> Iterator[tuple[Flags, str]]:
    world, own = fees.world, fees.visits
    yield (team >= world.teams) | (day < 0) | (day >= world.days), "there is no such team or day"
    yield (day < own.first[visit]) | (day > own.last[visit]), "the day is not one of the order's"
    if own.suits is not None:
        yield ~own.suits[visit, day], "the day does not suit"
    yield ~own.serves[team, own.kind[visit]], "the team does not serve the item"
    yield ~may(fees, visit, team), "the team is too few, or may not be sent there"
    yield fees.km(visit, team) > world.reach[team] + TOUCHING, "it is beyond the team's reach"
    if own.until is not None:
        yield day > own.until[team, own.kind[visit]], "the licence does not hold on that day"
    if world.off is not None:
        yield world.off[team, day], "the team is off"


def _refuse_crowds(fees: Fees, team: Ints, day: Ints) -> None:
    """Visits booked elsewhere may be too many already: then none is added."""
    room = capacity(fees.world)
    by_day, by_week = counted(room, team, day)
    for one, when in np.argwhere(by_day > room.day):
        raise Infeasible(f"team {one} has no room for {by_day[one, when]} visits on day {when}", team=int(one))
    for one, when in np.argwhere(by_week > room.week):
        raise Infeasible(f"team {one} has no room for {by_week[one, when]} visits in week {when}", team=int(one))
