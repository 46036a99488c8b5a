"""What of an order a plan follows from: when that is another, the plan no longer fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from baixing.dispatching.models import Proposal
from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Order, Window

PROMISED = (Order.State.OFFERED, Order.State.ACCEPTED, Order.State.APPOINTED)


def fingerprint(order: Order) -> str:
    """With its windows, which are fetched."""
    windows = [f"{window.start.timestamp()}-{window.end.timestamp()}" for window in order.windows.all()]
    said = (
        order.item_id,
        order.station_id,
        order.urgency,
        order.people_needed,
        order.round,
        order.asked_team_id,
        *sorted(windows),
        *([f"speech {order.speech}"] if order.speech else ()),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def promised(order: Order) -> str:
    """The promise that stands for it: another as soon as anybody answers, gives back, sets a time or moves it."""
    if order.state not in PROMISED:
        return ""
    said = (order.state, order.entry, order.team_id, order.visit_id)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def fits(one: Proposal, order: Order) -> bool:
    """Whether what it followed from still holds: the order, and the promise or that there is none."""
    if fingerprint(order) != one.seen:
        return False
    given_back = one.state == Proposal.State.ASKED and order.state == Order.State.PENDING
    return given_back or (promised(order) == one.held and (bool(one.held) or order.state == Order.State.PENDING))


def overtaken(proposals: Iterable[Proposal]) -> frozenset[int]:
    """Of these, with their orders and windows, those whose order has gone on or is another now."""
    return frozenset(one.pk for one in proposals if _is_another(one))


def _is_another(one: Proposal) -> bool:
    gone = not fits(one, one.order) or elsewhere(one, one.order)
    return one.state in {Proposal.State.PROPOSED, Proposal.State.ASKED} and gone


def elsewhere(one: Proposal, order: Order) -> bool:
    """Open to all, before another for a co-sign, or with a unit that is not under the plan's: as `waiting` asks it."""
    return order.opened or bool(order.proposal) or not one.plan.unit.covers(order.owner)


def is_over(one: Proposal, order: Order, at: datetime) -> bool:
    """Whether its day, or all that the resident gave of it, lies behind us."""
    today = at.astimezone(LOCAL).date()
    own = [window.end for window in order.windows.all() if window.start.astimezone(LOCAL).date() == one.day]
    return one.day is not None and (one.day < today or (bool(own) and max(own) <= at))


def over(at: datetime) -> Q:
    """The same of proposals in the database."""
    today = at.astimezone(LOCAL).date()
    midnight = datetime.combine(today, time(), LOCAL)
    own = Window.objects.filter(order=OuterRef("order"), start__gte=midnight, start__lt=midnight + timedelta(days=1))
    return Q(day__lt=today) | (Q(day=today) & Exists(own) & ~Exists(own.filter(end__gt=at)))
