"""Who somebody is to an order. Authority comes from posts, teams and guardianship alone."""

from __future__ import annotations

from baixing.network.models import Post
from baixing.network.rules import OFFICERS
from baixing.orders.models import Order
from baixing.orders.rules.standing import Standing


def resident(one: Standing, order: Order) -> bool:
    """The person it is for, or the guardian of a child it is for."""
    return one.person.pk == order.resident_id or order.resident_id in one.wards


def for_resident(one: Standing, order: Order) -> bool:
    """The resident, or staff who act for them with proof."""
    return resident(one, order) or owner(one, order) or one.holds(OFFICERS, order.first_receiver)


def owner(one: Standing, order: Order) -> bool:
    return one.holds(OFFICERS, order.owner)


def dispatcher(one: Standing, order: Order) -> bool:
    """The owner, or a dispatcher of any unit above it."""
    return owner(one, order) or one.holds_over({Post.Kind.DISPATCHER}, order.owner)


def decider(one: Standing, order: Order) -> bool:
    """An officer of the tier the dispute went to, other than the one who dispatched."""
    return owner(one, order) and order.handled_by_id != one.person.pk


def cosigner(one: Standing, order: Order) -> bool:
    """An officer of the unit whose word a proposal waits for, other than its author."""
    asked = order.proposal_to
    return asked is not None and order.proposal_by_id != one.person.pk and one.holds(OFFICERS, asked)


def leader(one: Standing, order: Order) -> bool:
    return order.team_id in one.leads


def any_leader(one: Standing, order: Order) -> bool:
    """May claim; whether the team is eligible is asked when it does."""
    return bool(one.leads) and order.resident_id != one.person.pk


def server(one: Standing, order: Order) -> bool:
    """A member of the team that has the order."""
    return order.team_id in one.serves_in


def finder(one: Standing, order: Order) -> bool:
    """Who may say that the resident was out: the team, or staff after a call."""
    return server(one, order) or owner(one, order)


def neighbour(one: Standing, order: Order) -> bool:
    """Anybody else may join."""
    return order.resident_id != one.person.pk
