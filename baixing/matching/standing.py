"""A plan kept ready for what the day brings: new orders, declines, a sick team. What is pinned does not move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Ints
from baixing.matching.betterment import Betterment
from baixing.matching.capacity import Capacity
from baixing.matching.columns import SPREAD, best, joined, pieces
from baixing.matching.edges import Arcs, Edges, arcs, edges
from baixing.matching.fees import Fees, may
from baixing.matching.nearest import nearest
from baixing.matching.optimum import CANDIDATES, Match, better, match, room_beside_pins, told
from baixing.matching.prices import week_of
from baixing.matching.weights import Weights
from baixing.matching.world import DAYS_A_WEEK, World

NEARLY = 30  # points above its price up to which an arc is kept in mind
ENOUGH = 10_000  # where no more than this part of the cost can be saved, it is not worth the time
CIRCLES = 2  # of those who are asked to make room for one who has nobody
CHOICE = 32  # arcs of a visit that has to be placed


@dataclass(eq=False)
class Standing:
    """The world as it was, and its plan with the prices of all places."""

    fees: Fees
    room: Capacity
    plan: Betterment
    cost: int

    @classmethod
    def of(cls, world: World, weights: Weights, found: Match) -> Standing:
        fees = Fees.of(world, weights)
        room = room_beside_pins(fees)
        chosen, picked = _kept(fees, room, found)
        unserved = np.where(fees.visits.pinned_team < 0, fees.unserved(), 0)
        plan = Betterment(chosen, picked, room, unserved, weights.fair)
        plan.settle()
        return cls(fees, room, plan, found.cost)

    def rematch(self, world: World, *, prove: bool = False) -> Match:
        """The plan for the world as it is now; its first orders are those of before, in their order.

        More orders, other pins, days off, bookings and more forbidden pairs: all else must be as it was. Of what was
        not nearly the best nothing is kept in mind: whoever wants the proof has it sought, which takes longer.
        """
        fees = Fees.of(world, self.fees.weights)
        if not np.array_equal(fees.visits.visit[: self.fees.world.orders], self.fees.visits.visit):
            return match(world, self.fees.weights)  # a household has changed
        room = room_beside_pins(fees)
        unserved = np.where(fees.visits.pinned_team < 0, fees.unserved(), 0)
        barred = self._barred(fees, room)
        loose = self._loose(fees, room, barred)
        fresh = np.arange(len(self.fees.visits), len(fees.visits))
        freed = np.flatnonzero(self.fees.visits.pinned_team >= 0)
        sought = np.concatenate([loose, freed, fresh])
        sought = sought[fees.visits.pinned_team[sought] < 0]
        more = joined([choice(fees, room, sought), self._reopened(fees, room)])
        self.plan.change(room, unserved, loose, barred, more)
        self.plan.settle(0 if prove else self.cost // ENOUGH)
        self.fees, self.room = fees, room
        if len(left := sought[self.plan.picked[sought] < 0]):
            self._help(fees, room, left)
        if prove:
            self.plan = better(fees, room, self.plan, nearest(fees, CANDIDATES))
        found = told(fees, room, self.plan, proven=prove)
        self.cost = found.cost
        return found

    def _help(self, fees: Fees, room: Capacity, left: Ints) -> None:
        """Where nobody was found for these, whoever sits on their places may look farther; then who sits on those."""
        asking = left
        for _ in range(CIRCLES):
            wanted = np.zeros(self.plan.places, bool)
            wanted[self.plan.arcs.slot[self.plan.arcs_of(asking)]] = True
            asking = self.plan.served[wanted[self.plan.at]]
            self.plan.enlarge(choice(fees, room, asking))
            self.plan.settle(self.cost // ENOUGH)
            if (self.plan.picked[left] >= 0).all():
                return

    def _reopened(self, fees: Fees, room: Capacity) -> Arcs:
        """To teams that are there again, of visits for which they might be nearly the best."""
        opened = (room.day.ravel() > 0) & (self.plan.day == 0)
        teams = np.unique(np.flatnonzero(opened) // fees.world.days)
        every = arcs(fees, room, pairs(fees, np.flatnonzero(fees.visits.pinned_team < 0), teams))
        known = every.only(np.flatnonzero(opened[every.slot] & (every.visit < len(self.fees.visits))))
        return known.only(np.flatnonzero(known.fee <= self.plan.prices().visit[known.visit] + NEARLY))

    def _barred(self, fees: Fees, room: Capacity) -> Ints:
        """Arcs that cannot be taken any more: the team is off, may not be sent, or the visit is pinned."""
        plan, own = self.plan, fees.visits
        closed = plan.arcs_at(np.flatnonzero((room.day.ravel() == 0) & (plan.day > 0)))
        pinned = plan.arcs_of(np.flatnonzero(own.pinned_team[: len(plan.picked)] >= 0))
        if fees.world.forbidden is None:
            return np.concatenate([closed, pinned])
        visit = own.visit[fees.world.forbidden[:, 0]]
        own_arcs = plan.arcs_of(np.unique(visit[visit < len(plan.picked)]))
        wrong = ~may(fees, plan.arcs.visit[own_arcs], plan.arcs.slot[own_arcs] // fees.world.days)
        return np.concatenate([closed, pinned, own_arcs[wrong]])

    def _loose(self, fees: Fees, room: Capacity, barred: Ints) -> Ints:
        """Visits that cannot stay where they are."""
        plan = self.plan
        out = np.zeros(len(plan.arcs) + 1, bool)
        out[barred] = True
        leaving = out[plan.picked[plan.served]]
        by_day = np.bincount(plan.at[~leaving], minlength=plan.places)
        week = week_of(plan.at, fees.world.days)
        by_week = np.bincount(week[~leaving], minlength=len(plan.week))
        crowded = (by_day > room.day.ravel())[plan.at] | (by_week > room.week.ravel())[week]
        return plan.served[leaving | crowded]


def _kept(fees: Fees, room: Capacity, found: Match) -> tuple[Arcs, Ints]:
    """Arcs that are nearly the best at the plan's prices, and the one that each visit takes."""
    own, world, prices = fees.visits, fees.world, found.certificate
    slot = (prices.day + prices.week[:, np.arange(world.days) // DAYS_A_WEEK]).ravel()
    lead = own.members[own.starts]
    price = prices.order[lead]
    every = [arcs(fees, room, some) for some in pieces(nearest(fees, CANDIDATES).edges)]
    close = [some.fee + slot[some.slot] <= price[some.visit] + NEARLY for some in every]
    near = joined([some.only(np.flatnonzero(kept)) for some, kept in zip(every, close, strict=True)])
    going = np.flatnonzero((own.pinned_team < 0) & (found.team[lead] >= 0))
    team, day = found.team[lead[going]], found.day[lead[going]]
    taken = Arcs(going, team * world.days + day, fees.served(going, team, day))
    chosen = joined([taken, near])  # of one visit, what is taken stands first
    picked = np.full(len(own), -1)
    picked[going] = np.searchsorted(chosen.visit, going)
    return chosen, picked


def choice(fees: Fees, room: Capacity, visits: Ints) -> Arcs:
    """Of these few visits the arcs that look the cheapest."""
    every = arcs(fees, room, pairs(fees, visits, np.arange(fees.world.teams)))
    late = every.slot % fees.world.days - fees.visits.first[every.visit]
    return best(every, every.fee + SPREAD * late, CHOICE)


def pairs(fees: Fees, visits: Ints, teams: Ints) -> Edges:
    """Each of these visits with each of these teams that may serve it."""
    own, world = fees.visits, fees.world
    row, column = np.nonzero(own.serves[teams][:, own.kind[visits]].T)
    visit, team = visits[row], teams[column]
    km = fees.km(visit, team)
    near = np.flatnonzero(km <= world.reach[team] + TOUCHING)
    return edges(fees, visit[near], team[near], km[near])
