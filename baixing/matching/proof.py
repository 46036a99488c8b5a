"""Whether a plan is what it says: feasible, of that cost, and the cheapest."""

from __future__ import annotations

from baixing.matching.bill import Infeasible, charged
from baixing.matching.certificate import bound_of, broken
from baixing.matching.fees import Fees
from baixing.matching.optimum import Match, room_beside_pins
from baixing.matching.weights import Weights
from baixing.matching.world import World


def verify(world: World, weights: Weights, match: Match) -> bool:
    """Reckoned anew from the world, the plan and the prices, over every edge; without the solver."""
    return not why_not(world, weights, match)


def why_not(world: World, weights: Weights, match: Match) -> str:
    fees = Fees.of(world, weights)
    room = room_beside_pins(fees)
    try:
        cost, unserved = charged(fees, match.team, match.day)
    except Infeasible as error:
        return str(error)
    if (cost, unserved) != (match.cost, match.unserved):
        return f"the plan costs {cost} and leaves {unserved} unserved"
    prices = match.certificate
    if (prices.order.shape, prices.day.shape, prices.week.shape) != ((world.orders,), room.day.shape, room.week.shape):
        return "these are prices of another world"
    if fault := broken(fees, room, prices):
        return fault
    bound = bound_of(fees, room, prices)
    return "" if bound == match.bound == cost else f"the prices add up to {bound}"
