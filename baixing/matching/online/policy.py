"""Each morning: draw futures from what is known, ask each what today's promises would take from it, and promise.

The method: sample average approximation (Kleywegt, Shapiro and Homem-de-Mello, 2002) of the cost to go, separable by
exact marginal prices, so that the choice of a morning is a small flow again. Futures know all from tomorrow on, so they
think too well of waiting (they are relaxations: Brown, Smith and Sun, 2010); `HASTE` sets that right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add

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
from baixing.matching.world import World

HASTE = 30  # points that a morning's waiting costs beside what futures say; twice for weight 2
FEWEST, MOST, ORDERS = 8, 32, 60_000  # futures of a morning; orders in all of them together
SEED = 20_261_128


@dataclass(frozen=True, eq=False)
class Policy:
    """For one world: `teams`, whose own orders are not read, and what earlier worlds tell."""

    teams: World
    weights: Weights
    lore: Lore
    notice: int
    crew: Crew

    @classmethod
    def of(cls, teams: World, crew: Crew, *, earlier: Sequence[World] = (), notice: int = 0) -> Policy:
        return cls(without_orders(teams), Weights(), Lore.of(earlier, teams.serves.shape[1]), notice, crew)

    def promises(self, seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> tuple[Ints, Ints]:
        """Team and day of each open order, -1 where it waits; `seen` are all that came until today."""
        room = self.teams.per_day[:, None] - by_day
        morning = Morning(self.teams, self.weights, today, self.notice, seen.only(open_), room, by_week)
        found = nearby(morning)
        can = now(morning, found)
        own = later(morning, morning.orders, found, np.full(len(open_), today + 1))
        law = self.lore.law(seen, today, self.teams.days)
        picked = chosen(morning, can, self._worth(_Question(morning, can, own, law)))
        team, day = np.full(len(open_), -1), np.full(len(open_), -1)
        team[can.order[picked]], day[can.order[picked]] = can.team[picked], can.day[picked]
        return team, day

    def _worth(self, asked: _Question) -> Appraisal:
        size = _futures(asked)
        shares = [range(one, size, self.crew.size) for one in range(min(size, self.crew.size))]
        told = reduce(add, self.crew.map(partial(_appraised, asked), shares)).shared(size)
        return Appraisal(told.now, told.wait + HASTE * asked.morning.orders.weight)


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
    own: Later
    law: Law


def _futures(asked: _Question) -> int:
    """The fewer orders are to come, the more futures there is time for."""
    morning = asked.morning
    ahead = asked.law.rate * (morning.days - 1 - morning.today)
    return int(np.clip(ORDERS / max(ahead, 1), FEWEST, MOST)) if ahead else 1


def _appraised(asked: _Question, which: Sequence[int]) -> Appraisal:
    """By the futures of these numbers, their sum: whole numbers, so the same by however many processes."""
    return reduce(add, (_by_one(asked, one) for one in which))


def _by_one(asked: _Question, which: int) -> Appraisal:
    morning = asked.morning
    dice = np.random.default_rng([SEED, morning.today, which])
    thought = asked.law.draw(dice, morning.today, morning.days)
    plan = solved(future(morning, asked.own, thought))
    return appraisal(plan, asked.can, asked.own, morning)
