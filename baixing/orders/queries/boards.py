"""What a desk shows: today's work of a unit, its counts, what it printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import CallBack, Order, OrderQuerySet

S = Order.State


@dataclass(frozen=True)
class Counts:
    """The four numbers of the morning, and the calls to make."""

    overdue: int
    due_today: int
    unassigned: int
    disputed: int
    calls: int


def live_of(unit: Unit) -> OrderQuerySet:
    return Order.objects.live().owned_by(unit).with_nouns()


def morning(unit: Unit, at: datetime) -> Counts:
    """One query for the four counts, one for the calls."""
    tonight = _tonight(at)
    waiting = [S.PLACED, S.PENDING]
    said = Order.objects.live().owned_by(unit).aggregate(
        overdue=Count("pk", filter=Q(due_at__lt=at)),
        due_today=Count("pk", filter=Q(due_at__gte=at, due_at__lt=tonight)),
        unassigned=Count("pk", filter=Q(state__in=waiting)),
        disputed=Count("pk", filter=Q(state=S.DISPUTED)),
    )
    return Counts(**said, calls=calls(unit).count())


def filtered(unit: Unit, which: str, at: datetime) -> OrderQuerySet:
    """The rows behind a count; anything else gives all that live, the most pressing first."""
    orders = live_of(unit).order_by("due_at", "pk")
    match which:
        case "overdue":
            return orders.filter(due_at__lt=at)
        case "today":
            return orders.filter(due_at__gte=at, due_at__lt=_tonight(at))
        case "unassigned":
            return orders.filter(state__in=[S.PLACED, S.PENDING])
        case "disputed":
            return orders.filter(state=S.DISPUTED)
        case "calls":
            return orders.filter(callbacks__done_at=None, callbacks__isnull=False).distinct()
        case _:
            return orders


def calls(unit: Unit) -> QuerySet[CallBack]:
    return CallBack.objects.filter(order__owner=unit, done_at=None).select_related("order")


def _tonight(at: datetime) -> datetime:
    here = at.astimezone(LOCAL)
    return here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
