"""What is planned: visits. Mostly an order each; orders of one household that can go together are one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from baixing.matching.arrays import TOUCHING, Flags, Floats, Ints, Numbers, road_km, spread
from baixing.matching.world import World


@dataclass(frozen=True, eq=False)
class Visits:
    """V visits. `members[starts[v]:starts[v] + counts[v]]` are the orders of visit v."""

    visit: Ints  # (N,) of each order
    members: Ints
    starts: Ints
    counts: Ints
    kind: Ints  # (V,) column of `serves`
    serves: Flags  # (M, S and one column for each set of items that is done together)
    until: Ints | None  # (M, as many) the last day of the licences
    place: Floats
    first: Ints
    last: Ints
    suits: Flags | None  # (V, D) of these days, those on which it may be served; None: all
    slope: Ints  # weight of a day's waiting
    waited: Ints  # waiting, by weight, that is over when the visit's first day comes
    weight: Ints
    people: Ints
    pinned_team: Ints  # (V,) -1 where it is free
    pinned_day: Ints
    split: tuple[int, ...]  # households that no team can serve in one visit

    def __len__(self) -> int:
        return len(self.counts)

    @cached_property
    def single(self) -> bool:
        return len(self.members) == len(self.counts)

    def lead(self, visit: int) -> int:
        """The first of its orders."""
        return int(self.members[self.starts[visit]])

    def of(self, visits: Ints) -> tuple[Ints, Ints]:
        """Orders of these visits, one after another, and the position in `visits` that each belongs to."""
        if self.single:
            return self.members[visits], np.arange(len(visits))
        counts = self.counts[visits]
        return self.members[spread(self.starts[visits], counts)], np.repeat(np.arange(len(visits)), counts)


def visits(world: World, road: float) -> Visits:
    group, split = _groups(world, road)
    members = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[members], prepend=-1))
    return _gathered(world, members, starts, split)


def _gathered(world: World, members: Ints, starts: Ints, split: tuple[int, ...]) -> Visits:
    counts = np.diff(starts, append=len(members))
    visit = np.zeros(world.orders, np.int64)
    visit[members] = np.repeat(np.arange(len(starts)), counts)
    weight, first = world.weight[members], world.first[members]
    begins = _reduced(np.maximum, first, starts)
    team, day = _pins(world)
    kind, serves, until = _kinds(world, world.item[members], starts, counts)
    return Visits(
        visit=visit, members=members, starts=starts, counts=counts, kind=kind, serves=serves, until=until,
        place=world.place[members[starts]], first=begins, last=_reduced(np.minimum, world.last[members], starts),
        suits=_suiting(world, members, starts),
        slope=_reduced(np.add, weight, starts),
        waited=_reduced(np.add, weight * (np.repeat(begins, counts) - first), starts),
        weight=_reduced(np.add, weight, starts),
        people=_reduced(np.maximum, _people(world)[members], starts),
        pinned_team=team[members[starts]], pinned_day=day[members[starts]], split=split,
    )  # fmt: skip


def _reduced(what: np.ufunc, values: Ints, starts: Ints) -> Ints:
    return np.asarray(what.reduceat(values, starts) if len(starts) else values[:0], dtype=np.int64)


def _suiting(world: World, members: Ints, starts: Ints) -> Flags | None:
    """Days that suit all the orders of a visit."""
    if world.suits is None or not len(starts):
        return world.suits
    found: Flags = np.logical_and.reduceat(world.suits[members], starts)
    return found


def _people(world: World) -> Ints:
    return world.people if world.people is not None else np.zeros(world.orders, np.int64)


def _kinds(world: World, items: Ints, starts: Ints, counts: Ints) -> tuple[Ints, Flags, Ints | None]:
    """A column of `serves` for each visit; a set of several items gets one of its own."""
    kind = items[starts] if len(starts) else items[:0]
    sets: dict[tuple[int, ...], int] = {}
    for visit in np.flatnonzero(counts > 1):
        own = tuple(sorted(set(items[starts[visit] : starts[visit] + counts[visit]].tolist())))
        if len(own) > 1:
            kind[visit] = sets.setdefault(own, world.serves.shape[1] + len(sets))
    serves: Flags = _joined(world.serves, sets, np.logical_and)
    until: Ints | None = None if world.holds_until is None else _joined(world.holds_until, sets, np.minimum)
    return kind, serves, until


def _joined(columns: Numbers, sets: Iterable[tuple[int, ...]], what: np.ufunc) -> Numbers:
    return np.hstack([columns, *(what.reduce(columns[:, list(own)], axis=1, keepdims=True) for own in sets)])


# --- households ---


def _groups(world: World, road: float) -> tuple[Ints, tuple[int, ...]]:
    """A number for each order, equal where they go together; households that cannot."""
    group = np.arange(world.orders)
    if world.household is None:
        return group, ()
    team, day = _pins(world)
    alike, one, which, count = np.unique(
        np.stack([world.household, team, day]), axis=1, return_index=True, return_inverse=True, return_counts=True
    )
    split = []
    for found in np.flatnonzero((count > 1) & (alike[0] >= 0)):
        own = np.flatnonzero(which.ravel() == found)
        if alike[1, found] >= 0 or _can_go_together(world, own, road):
            group[own] = one[found]
        else:
            split.append(int(alike[0, found]))
    return group, tuple(split)


def _pins(world: World) -> tuple[Ints, Ints]:
    """Team and day of what is pinned, else -1."""
    none = np.full(world.orders, -1)
    if world.pinned is None or world.promised_team is None or world.promised_day is None:
        return none, none
    return np.where(world.pinned, world.promised_team, -1), np.where(world.pinned, world.promised_day, -1)


def _can_go_together(world: World, orders: Ints, road: float) -> bool:
    """Some team can serve them all on one day, were it free."""
    first, last = world.first[orders].max(), world.last[orders].min()
    able = np.flatnonzero(world.serves[:, world.item[orders]].all(axis=1) & (world.per_day > 0) & (world.per_week > 0))
    if world.hands is not None and world.people is not None:
        able = able[world.hands[able] >= world.people[orders].max()]
    if world.forbidden is not None:
        able = np.setdiff1d(able, world.forbidden[np.isin(world.forbidden[:, 0], orders), 1])
    days = np.arange(first, last + 1)
    there = np.ones((len(able), len(days)), bool) if world.off is None else ~world.off[able][:, days]
    if world.suits is not None:
        there &= np.logical_and.reduce(world.suits[orders])[days]
    if world.holds_until is not None:
        there &= days <= world.holds_until[able][:, world.item[orders]].min(axis=1)[:, None]
    near = road_km(world.place[orders[0]], world.home[able], road) <= world.reach[able] + TOUCHING
    return bool((there.any(axis=1) & near).any())
