"""What is behind a plan: who else could have come, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import TOUCHING, Ints
from baixing.matching.bill import visited
from baixing.matching.capacity import Capacity, capacity, counted, left
from baixing.matching.edges import arcs, edges_of
from baixing.matching.fees import Fees, may
from baixing.matching.optimum import Match
from baixing.matching.weights import Weights
from baixing.matching.world import DAYS_A_WEEK, World


@dataclass(frozen=True)
class Option:
    """A team that might serve an order, on the day that is best for it, and the parts of what that costs."""

    team: int
    day: int
    chosen: bool
    points: int  # all that this visit costs, its share of fairness included
    others: int  # what others lose who would have to give way; 0 where the team has room
    km: float
    waited: int  # days after the first
    nth: int  # which visit of the team's week it would be
    changed: bool  # a promise
    stranger: bool  # not the team that was asked for
    tongue: bool  # another language


def options(world: World, weights: Weights, match: Match, order: int, n: int = 3) -> list[Option]:
    """The chosen team, if there is one, then the next best ones: n in all."""
    fees = Fees.of(world, weights)
    found = arcs(fees, capacity(world), edges_of(fees, fees.visits.visit[[order]]))
    team, day = np.divmod(found.slot, world.days)
    nth = _nth(fees, match, order, team, day)
    fair = weights.fair * (nth - 1)
    price = match.certificate.day[team, day] + match.certificate.week[team, day // DAYS_A_WEEK]
    chosen = (team == match.team[order]) & (day == match.day[order])
    points, others = found.fee + fair, np.where(chosen, 0, np.maximum(price - fair, 0))
    rank = np.lexsort((day, points + others, ~chosen))
    _, best = np.unique(team[rank], return_index=True)
    whole = np.stack([team, day, chosen, points, others, nth], axis=1)[rank[np.sort(best)][:n]]
    return [_option(fees, order, *row) for row in whole.tolist()]


def _nth(fees: Fees, match: Match, order: int, team: Ints, day: Ints) -> Ints:
    """Which visit of the team's week this would be."""
    week = day // DAYS_A_WEEK
    begun, by_week = busy(fees, match)
    has_it = (team == match.team[order]) & (week == match.day[order] // DAYS_A_WEEK)
    return np.asarray(begun[team, week] + by_week[team, week] + ~has_it, dtype=np.int64)


def busy(fees: Fees, match: Match) -> tuple[Ints, Ints]:
    """Visits of each team and week that are booked elsewhere, and those of the plan."""
    by, when = visited(fees, match.team, match.day)
    room, going = capacity(fees.world), by >= 0
    return room.begun, counted(room, by[going], when[going])[1]


def _option(fees: Fees, order: int, team: int, day: int, chosen: int, points: int, others: int, nth: int) -> Option:
    world = fees.world
    visit = fees.visits.visit[[order]]
    return Option(
        team=team, day=day, chosen=bool(chosen), points=points, others=others, nth=nth,
        km=float(fees.km(visit, np.array([team]))[0]),
        waited=day - int(world.first[order]),
        changed=_promise(world, order) not in {(-1, -1), (team, day)},
        stranger=world.asked is not None and int(world.asked[order]) not in {-1, team},
        tongue=world.language is not None and world.speaks is not None
        and bool(world.language[order] >= 0 and not world.speaks[team, world.language[order]]),
    )  # fmt: skip


def _promise(world: World, order: int) -> tuple[int, int]:
    if world.promised_team is None or world.promised_day is None:
        return -1, -1
    return int(world.promised_team[order]), int(world.promised_day[order])


# --- what stands in the way ---


@dataclass(frozen=True)
class Obstacle:
    """A team that serves the item, and what keeps it away: `forbidden`, `hands`, `reach`, `licence`, `off` or `full`.

    Empty where nothing does: then others need it more.
    """

    team: int
    km: float
    why: str


def shortage(
    world: World, order: int, match: Match | None = None, *, n: int = 3, weights: Weights | None = None
) -> list[Obstacle]:
    """The nearest teams that serve the item; they may be full by the plan or, without one, by what is booked."""
    fees = Fees.of(world, weights or Weights())
    visit = int(fees.visits.visit[order])
    able = np.flatnonzero(fees.visits.serves[:, fees.visits.kind[visit]])
    km = fees.km(np.full(len(able), visit), able)
    near = np.argsort(km, kind="stable")[:n]
    room = capacity(world)
    if match is not None:
        by, when = visited(fees, match.team, match.day)
        room = left(room, by[by >= 0], when[by >= 0])
    return [
        Obstacle(int(able[at]), float(km[at]), _why(fees, room, visit, int(able[at]), float(km[at]))) for at in near
    ]


def _why(fees: Fees, room: Capacity, visit: int, team: int, km: float) -> str:
    world, own = fees.world, fees.visits
    if world.hands is not None and world.hands[team] < own.people[visit]:
        return "hands"
    if not may(fees, np.array([visit]), np.array([team]))[0]:
        return "forbidden"
    if km > world.reach[team] + TOUCHING:
        return "reach"
    days = np.arange(own.first[visit], own.last[visit] + 1)
    if own.suits is not None:
        days = days[own.suits[visit, days]]
    if own.until is not None and not len(days := days[days <= own.until[team, own.kind[visit]]]):
        return "licence"
    if world.off is not None and not len(days := days[~world.off[team, days]]):
        return "off"
    free = (room.day[team, days] > 0) & (room.week[team, days // DAYS_A_WEEK] > 0)
    return "" if free.any() else "full"
