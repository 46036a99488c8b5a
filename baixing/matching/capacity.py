"""What teams have left: room of each day and week, after what is booked elsewhere, pinned here, and days off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.world import DAYS_A_WEEK, World


@dataclass(frozen=True, eq=False)
class Capacity:
    day: Ints  # (M, D) visits that there is room for
    week: Ints  # (M, W)
    begun: Ints  # (M, W) visits that the week has already


def capacity(world: World) -> Capacity:
    """Before anything of this world is placed."""
    day = np.broadcast_to(world.per_day[:, None], (world.teams, world.days))
    begun = weeks_begun(world)
    if world.booked_day is not None:
        day = np.maximum(day - world.booked_day, 0)
    if world.off is not None:
        day = np.where(world.off, 0, day)
    return Capacity(np.array(day), np.maximum(world.per_week[:, None] - begun, 0), begun)


def left(room: Capacity, team: Ints, day: Ints) -> Capacity:
    """After these visits, for which there must be room."""
    by_day, by_week = counted(room, team, day)
    return Capacity(room.day - by_day, room.week - by_week, room.begun + by_week)


def counted(room: Capacity, team: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Visits of each team and day, and of each team and week."""
    by_day, by_week = np.zeros_like(room.day), np.zeros_like(room.week)
    np.add.at(by_day, (team, day), 1)
    np.add.at(by_week, (team, day // DAYS_A_WEEK), 1)
    return by_day, by_week


def weeks_begun(world: World) -> Ints:
    if world.booked_week is not None:
        return world.booked_week
    begun = np.zeros((world.teams, world.weeks), np.int64)
    if world.booked_day is not None:
        np.add.at(begun.T, np.arange(world.days) // DAYS_A_WEEK, world.booked_day.T)
    return begun
