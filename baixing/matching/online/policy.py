"""Each morning: draw futures from what is known, ask each what today's promises would take from it, and promise.

The method: sample average approximation (Kleywegt, Shapiro and Homem-de-Mello, 2002) of the cost to go, separable by
exact marginal prices, so that the choice of a morning is a small flow again. Futures know all from tomorrow on, so they
think too well of waiting (they are relaxations: Brown, Smith and Sun, 2010); `HASTE` sets that right, and `PRESSED`
where notice is given: the less room there is, the more they err. Marginal prices are those of one promise alone, and
many together take more than the sum: so a morning promises in rounds, the surest first, and asks anew what the next
ones would take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add
from typing import Self

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.online.appraisal import Appraisal, appraisal
from baixing.matching.online.choice import chosen
from baixing.matching.online.crew import Crew
from baixing.matching.online.future import future, solved
from baixing.matching.online.law import Law, Lore
from baixing.matching.online.morning import Later, Morning, Now, later, nearby, now
from baixing.matching.online.orders import Orders
from baixing.matching.weights import Weights
from baixing.matching.world import DAYS_A_WEEK, World

HASTE = 30  # points that a morning's waiting costs beside what futures say; twice for weight 2
FEWEST, MOST, ROUNDS = 8, 32, 4  # futures of a round, and rounds of a morning
ENOUGH = 16  # futures of a round before there is another; with notice FEWEST are: many are promised for few days
PRESSED = 37  # points, where notice is given, times the part of their time that orders take of teams
ORDERS, NOTICED = 100_000, 200_000  # in all futures of a morning together, and where notice is given
SEED = 20_261_128


@dataclass(frozen=True, eq=False)
class Policy:
    """For one world: `teams`, whose own orders are not read, and what earlier worlds tell."""

    teams: World
    weights: Weights
    lore: Lore
    notice: int
    crew: Crew
    most: int  # futures that a morning is given

    @classmethod
    def of(
        cls, teams: World, crew: Crew, *, earlier: Sequence[World] = (), notice: int = 0, most: int = MOST
    ) -> Policy:
        return cls(without_orders(teams), Weights(), Lore.of(earlier, teams.serves.shape[1]), notice, crew, most)

    def promises(self, seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> tuple[Ints, Ints]:
        """Team and day of each open order, -1 where it waits; `seen` are all that came until today."""
        law = self.lore.law(seen, today, self.teams.days)
        ahead = law.rate * (self.teams.days - 1 - today)
        effort = Effort.of(len(open_) + ahead if ahead else 0, self.most, noticed=self.notice > 0)
        team, day = np.full(len(open_), -1), np.full(len(open_), -1)
        for left in range(effort.rounds, 0, -1):
            if not len(waits := np.flatnonzero(team < 0)):
                break
            room = self.teams.per_day[:, None] - by_day
            morning = Morning(self.teams, self.weights, today, self.notice, seen.only(open_[waits]), room, by_week)
            can, picked = self._round(morning, law, effort.futures, left)
            rows, by, when = waits[can.order[picked]], can.team[picked], can.day[picked]
            team[rows], day[rows] = by, when
            by_day, by_week = added(by_day, by, when), added(by_week, by, when // DAYS_A_WEEK)
        return team, day

    def _round(self, morning: Morning, law: Law, futures: int, left: int) -> tuple[Now, Ints]:
        """What can be promised, and the surest part of what is chosen: all of it where no round is left after this."""
        found = nearby(morning)
        can = now(morning, found)
        own = later(morning, morning.orders, found, morning.today + 1)
        ways = later(morning, morning.orders, found, morning.today) if self.notice else own
        worth = self._worth(_Question(morning, can, ways, own, law), futures)
        picked = chosen(morning, can, worth)
        saves = worth.wait[can.order[picked]] - can.fee[picked] - worth.now[picked]
        return can, picked[np.argsort(-saves, kind="stable")[: -(-len(picked) // left)]]

    def _worth(self, asked: _Question, futures: int) -> Appraisal:
        shares = [range(one, futures, self.crew.size) for one in range(min(futures, self.crew.size))]
        told = reduce(add, self.crew.map(partial(_appraised, asked, futures), shares)).shared(futures)
        return Appraisal(told.now, told.wait + self._haste(asked.law) * asked.morning.orders.weight)

    def _haste(self, law: Law) -> float:
        if not self.notice:
            return HASTE
        room = np.minimum(self.teams.per_day * DAYS_A_WEEK, self.teams.per_week).sum()
        return float(PRESSED * min(1.0, law.rate * DAYS_A_WEEK / max(1, room)))


@dataclass(frozen=True)
class Effort:
    """How much a morning thinks: the fewer orders there are, the more rounds and futures there is time for."""

    rounds: int
    futures: int  # of each round

    @classmethod
    def of(cls, orders: float, most: int, *, noticed: bool) -> Self:
        """Where a future has so many orders; 0 where none is to come, and no future differs from another."""
        if not orders:
            return cls(1, 1)
        of_all = (NOTICED if noticed else ORDERS) / orders
        rounds = int(np.clip(of_all / (FEWEST if noticed else ENOUGH), 1, ROUNDS))
        return cls(rounds, min(int(np.clip(of_all / rounds, FEWEST, MOST)), most))


def added(counts: Ints, team: Ints, time: Ints) -> Ints:
    """Counts of visits, with these besides."""
    total = counts.copy()
    np.add.at(total, (team, time), 1)
    return total


def without_orders(world: World) -> World:
    """So that no morning can read what is to come, nor any process is sent it."""
    none = np.zeros(0, np.int64)
    return World(
        world.home, world.reach, world.per_day, world.per_week, world.serves,
        item=none, place=np.zeros((0, 2)), weight=none, first=none, last=none, days=world.days,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Question:
    """What futures are asked of a morning."""

    morning: Morning
    can: Now
    ways: Later  # of the open orders in a future: with notice those of this morning too, without it measured better
    own: Later  # if they wait
    law: Law


def _appraised(asked: _Question, many: int, which: Sequence[int]) -> Appraisal:
    """By the futures of these numbers, their sum: whole numbers, so the same by however many processes."""
    morning = asked.morning
    thought = asked.law.futures(np.random.default_rng([SEED, morning.today]), morning.today, morning.days, many)
    return reduce(add, (_by_one(asked, thought[one]) for one in which))


def _by_one(asked: _Question, thought: Orders) -> Appraisal:
    plan = solved(future(asked.morning, asked.ways, thought))
    return appraisal(plan, asked.can, asked.own, asked.morning)
