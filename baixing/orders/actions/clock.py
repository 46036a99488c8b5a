"""What happens by itself. Safe twice at once and after days of silence: each deed is made once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.orders.actions import telling
from baixing.orders.actions.moving import NO_PROPOSAL, as_changed, go, next_above
from baixing.orders.models import Escalation, Order
from baixing.orders.rules import clocks

MOST_BOUNCES = 2


def bounce(order: Order, *, at: datetime) -> None:
    """It came back. After two times in one tier the tier above takes it, at once.

    At the top there is no tier above; the count rests at two.
    """
    bounces = min(order.bounces + 1, MOST_BOUNCES)
    if bounces != order.bounces:
        Order.objects.filter(pk=order.pk).update(bounces=bounces)
        order.bounces = bounces
    if bounces == MOST_BOUNCES:
        escalate(order, by=None, at=at)


@transaction.atomic
def escalate(order: Order, *, by: None, at: datetime) -> bool:
    """Send it one tier up: once for each entry into a state and tier. False: it was done before."""
    tier, above = order.owner.tier, next_above(order.owner, at)
    _row, fresh = Escalation.objects.get_or_create(order=order, entry=order.entry, tier=tier, defaults={"at": at})
    if not fresh:
        return False
    facts = {"tier": tier, "to": above.pk if above else None}
    go("escalate", order, _risen(order, at), by=by, at=at, facts=facts)
    telling.escalated(order, at)
    return True


@transaction.atomic
def hand_over(order: Order, *, by: None, at: datetime) -> None:
    """Its unit has nobody left: the next unit above that has somebody owns it now."""
    above = next_above(order.owner, at)
    if above is not None:
        go("hand_over", order, {**NO_PROPOSAL, "owner": above, "bounces": 0}, by=by, at=at, facts={"to": above.pk})
        telling.owner(order, "owner.placed", at)


@transaction.atomic
def lapse(order: Order, *, by: None, at: datetime) -> None:
    """No answer for seven days: withdrawn. The resident can place it again at any time."""
    go("lapse", order, by=by, at=at)
    telling.forget_reminders(order, at)
    telling.resident(order, "order.lapsed", at)


@transaction.atomic
def lapse_proposal(order: Order, *, by: None, at: datetime) -> None:
    """The other unit said nothing within a working day: the owner keeps the order."""
    go("lapse_proposal", order, NO_PROPOSAL, by=by, at=at, facts={"of": order.proposal})
    telling.owner(order, "owner.refused", at)


def _risen(order: Order, at: datetime) -> dict[str, object]:
    above = next_above(order.owner, at)
    if above is None:
        return {}
    changes: dict[str, object] = {**NO_PROPOSAL, "owner": above, "bounces": 0}
    if order.state == Order.State.APPOINTED:
        return {**changes, "due_at": clocks.span("cosign", order.urgency).after(at, above.hours_of())}
    return {**changes, "due_at": clocks.due(order.state, as_changed(order, changes), at=at)}
