"""Whose orders no machine matches with a team: they said so of one order, or of all that they place."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from baixing.orders.models import Order, OrderQuerySet
from baixing.people.models import Consent


def for_person(orders: OrderQuerySet) -> OrderQuerySet:
    """Of these, those for which a person chooses the team."""
    return orders.filter(_said())


def for_plans(orders: OrderQuerySet) -> OrderQuerySet:
    """Of these, those that a plan may match."""
    return orders.exclude(_said())


def wants_person(order: Order) -> bool:
    return for_person(Order.objects.filter(pk=order.pk)).exists()


def _said() -> Q:
    kept = Consent.objects.filter(person=OuterRef("resident"), kind=Consent.Kind.BY_PERSON, withdrawn_at=None)
    return Q(by_person=True) | Q(Exists(kept))
