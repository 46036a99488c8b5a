"""Orders of one household: one team, one day, one way, where their days meet and some team has room for all of them.

Each stays an order and an offer of its own, and counts as a visit of the team, for each gets its own time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from baixing.dispatching.queries.doors import Apart
from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import Match
from baixing.orders.models import Order

Told = dict[str, Any]


def meet(inputs: Inputs) -> None:
    """To begin with: each household on the days that all its orders share, or apart where there is none."""
    for household, orders in members(inputs).items():
        if any(order.pk in inputs.pins for order in orders):
            inputs.apart[household] = Apart.PIN
        elif not set.intersection(*(set(inputs.days(order)) for order in orders)):
            inputs.apart[household] = Apart.DAYS


def members(inputs: Inputs) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = {}
    for order in inputs.orders:
        if (household := inputs.households.get(order.pk)) is not None:
            found.setdefault(household, []).append(order)
    return found


def part(inputs: Inputs, found: Match) -> bool:
    """Let those go apart that cannot go together in this plan; whether there were any, so that it is made anew."""
    parted = dict.fromkeys(_crowding(inputs, found), Apart.FULL) | dict.fromkeys(found.split, Apart.TEAM)
    inputs.apart.update(parted)
    return bool(parted)


def _crowding(inputs: Inputs, found: Match) -> Iterator[int]:
    """Households of whose orders some found nobody, or which are more orders than their team has room for."""
    world, row = inputs.world, {order.pk: n for n, order in enumerate(inputs.orders)}
    went = np.flatnonzero(found.team >= 0)
    by_day = np.array(world.booked_day if world.booked_day is not None else np.zeros((world.teams, world.days), int))
    by_week = np.array(
        world.booked_week if world.booked_week is not None else np.zeros((world.teams, world.weeks), int)
    )
    np.add.at(by_day, (found.team[went], found.day[went]), 1)
    np.add.at(by_week, (found.team[went], found.day[went] // 7), 1)
    for household, orders in members(inputs).items():
        if household in inputs.apart:
            continue
        lead = row[orders[0].pk]
        team, day = int(found.team[lead]), int(found.day[lead])
        if team < 0 or by_day[team, day] > world.per_day[team] or by_week[team, day // 7] > world.per_week[team]:
            yield household


def beside(inputs: Inputs, order: Order) -> list[Told]:
    """The other orders of its household: together with it, or why not."""
    household = inputs.households.get(order.pk)
    if household is None:
        return []
    why = inputs.apart.get(household, "")
    others = (one for one in members(inputs)[household] if one.pk != order.pk)
    return [{"order": one.pk, "apart": str(why)} for one in others]
