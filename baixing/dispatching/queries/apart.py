"""Orders that stand in no plan: a person chooses their team, or they are open to all."""

from __future__ import annotations

from baixing.dispatching.models import Plan
from baixing.network.models import Unit
from baixing.orders.models import Order, OrderQuerySet
from baixing.orders.queries.persons import for_person, for_plans

SHOWN = 30


def waiting(unit: Unit) -> OrderQuerySet:
    """What has no team in the unit's tree, and is neither open to all nor waits for a co-sign."""
    pending = Order.objects.filter(state=Order.State.PENDING, owner__path__startswith=unit.path)
    return pending.filter(opened=False, proposal="", item__isnull=False)


def come_since(plan: Plan) -> int:
    """How many orders wait that the plan says nothing of: new ones, and those that a team has given back."""
    said = plan.proposals.filter(state__in=("proposed", "asked_back", "short")).values("order")
    return for_plans(waiting(plan.unit)).exclude(pk__in=said).count()


def apart(unit: Unit) -> list[Order]:
    """Of these, those whose residents asked that a person chooses, the most pressing first."""
    return list(for_person(waiting(unit)).with_nouns().order_by("due_at", "pk")[:SHOWN])
