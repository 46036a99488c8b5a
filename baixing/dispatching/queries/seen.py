"""What of an order a plan follows from: when that is another, the plan no longer fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from baixing.dispatching.models import Proposal
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
    waits = one.order.state == Order.State.PENDING
    return one.state == Proposal.State.PROPOSED and not (waits and fingerprint(one.order) == one.seen)
