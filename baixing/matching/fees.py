"""What a visit by a team on a day costs, and what it costs to leave it out: the judge's sum, and the wishes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Flags, Floats, Ints, road_km
from baixing.matching.visits import Visits, visits
from baixing.matching.weights import Weights
from baixing.matching.world import World


@dataclass(frozen=True, eq=False)
class Fees:
    world: World
    weights: Weights
    visits: Visits

    @classmethod
    def of(cls, world: World, weights: Weights) -> Fees:
        return cls(world, weights, visits(world, weights.road))

    def km(self, visit: Ints, team: Ints) -> Floats:
        return road_km(self.visits.place[visit], self.world.home[team], self.weights.road)

    def wishes(self, visit: Ints, team: Ints) -> Ints:
        """For a team that was not asked for, for another language, and for a changed promise, whatever the day."""
        world, weights = self.world, self.weights
        if world.asked is None and world.language is None and world.promised_team is None:
            return np.zeros(len(visit), np.int64)
        order, at = self.visits.of(visit)
        by = team[at]
        points = np.zeros(len(order), np.int64)
        if world.asked is not None:
            points += weights.stranger * ((world.asked[order] >= 0) & (world.asked[order] != by))
        if world.language is not None and world.speaks is not None:
            points += weights.tongue * ((world.language[order] >= 0) & ~world.speaks[by, world.language[order]])
        if world.promised_team is not None:
            points += weights.changed * (world.promised_team[order] >= 0)
        return self._added(points, at, len(visit))

    def kept(self, visit: Ints, team: Ints, day: Ints) -> Ints:
        """What is spared where a promise is kept."""
        world = self.world
        if world.promised_team is None or world.promised_day is None:
            return np.zeros(len(visit), np.int64)
        order, at = self.visits.of(visit)
        same = (world.promised_team[order] == team[at]) & (world.promised_day[order] == day[at])
        return self._added(self.weights.changed * same, at, len(visit))

    def most_kept(self, visit: Ints) -> Ints:
        """The most that `kept` can come to."""
        if self.world.promised_team is None:
            return np.zeros(len(visit), np.int64)
        order, at = self.visits.of(visit)
        return self._added(self.weights.changed * (self.world.promised_team[order] >= 0), at, len(visit))

    def _added(self, points: Ints, at: Ints, size: int) -> Ints:
        if self.visits.single:
            return points
        return np.asarray(np.bincount(at, points, size), dtype=np.int64)

    def served(self, visit: Ints, team: Ints, day: Ints) -> Ints:
        return self.going(visit, day, self.km(visit, team)) + self.wishes(visit, team) - self.kept(visit, team, day)

    def going(self, visit: Ints, day: Ints, km: Floats) -> Ints:
        """Road and waiting; their sum is rounded, as the judge does."""
        own = self.visits
        waited = own.waited[visit] + (day - own.first[visit]) * own.slope[visit]
        return np.asarray(np.rint(self.weights.km * km + self.weights.wait * waited), dtype=np.int64)

    def unserved(self) -> Ints:
        """(V,)"""
        own = np.arange(len(self.visits))
        points = self.weights.unserved * self.visits.weight
        return points + self.most_kept(own)

    def fair(self, begun: Ints, visits: Ints) -> int:
        """For so many visits in weeks that had so many."""
        after = begun + visits
        return int(self.weights.fair * (after * (after - 1) // 2 - begun * (begun - 1) // 2).sum())


def may(fees: Fees, visit: Ints, team: Ints) -> Flags:
    """Whether the team may serve the visit at all, whatever the day and the distance."""
    world, own = fees.world, fees.visits
    allowed = own.serves[team, own.kind[visit]]
    if world.hands is not None:
        allowed &= world.hands[team] >= own.people[visit]
    if world.forbidden is not None and len(world.forbidden):
        barred = np.unique(own.visit[world.forbidden[:, 0]] * world.teams + world.forbidden[:, 1])
        allowed &= ~np.isin(visit * world.teams + team, barred)
    return allowed
