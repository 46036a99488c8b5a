"""Promises in a plan: whoever keeps its team keeps its day, and nobody loses a team for another order's sake."""

from __future__ import annotations

from baixing.dispatching.queries.inputs import Inputs
from baixing.matching import Match


def stay(inputs: Inputs, found: Match) -> bool:
    """Let those promises stay that the plan only shifts or drops; whether there were any, so that it is made anew."""
    before = len(inputs.stays)
    for number, order in enumerate(inputs.orders):
        if promise := inputs.promise(order):
            team = int(found.team[number])
            if team < 0 or (inputs.teams[team].pk == promise[0] and not kept(inputs, found, number)):
                inputs.stays.add(order.pk)
    return len(inputs.stays) > before


def kept(inputs: Inputs, found: Match, number: int) -> bool:
    """Whether the plan leaves the promise of this order as it is."""
    promise, team = inputs.promise(inputs.orders[number]), int(found.team[number])
    return promise is not None and team >= 0 and promise == (inputs.teams[team].pk, inputs.day(int(found.day[number])))
