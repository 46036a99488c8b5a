"""What of an order a plan follows from: when that is another, the plan no longer fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from baixing.dispatching.models import Proposal
from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Order


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
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def overtaken(proposals: Iterable[Proposal]) -> frozenset[int]:
    """Of these, with their orders and windows, those whose order has gone on or is another now."""
    return frozenset(one.pk for one in proposals if _is_another(one))


def _is_another(one: Proposal) -> bool:
    waits = one.order.state == Order.State.PENDING and not elsewhere(one, one.order)
    return one.state == Proposal.State.PROPOSED and not (waits and fingerprint(one.order) == one.seen)


def elsewhere(one: Proposal, order: Order) -> bool:
    """Open to all, before another for a co-sign, or with a unit that is not under the plan's: as `waiting` asks it."""
    return order.opened or bool(order.proposal) or not one.plan.unit.covers(order.owner)


def is_over(one: Proposal, order: Order, at: datetime) -> bool:
    """Whether its day, or all that the resident gave of it, lies behind us."""
    today = at.astimezone(LOCAL).date()
    own = [window.end for window in order.windows.all() if window.start.astimezone(LOCAL).date() == one.day]
    return one.day is not None and (one.day < today or (bool(own) and max(own) <= at))
