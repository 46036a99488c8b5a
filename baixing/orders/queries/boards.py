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
    said = (
        Order.objects.live()
        .owned_by(unit)
        .aggregate(
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            due_today=Count("pk", filter=Q(due_at__gte=at, due_at__lt=tonight)),
            unassigned=Count("pk", filter=Q(state__in=waiting)),
            disputed=Count("pk", filter=Q(state=S.DISPUTED)),
        )
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


@dataclass(frozen=True)
class Lane:
    """One column of the board: a state, how many, and the most pressing of them."""

    state: str
    label: str
    count: int
    orders: list[Order]


LANES = (S.PLACED, S.PENDING, S.OFFERED, S.ACCEPTED, S.APPOINTED, S.SERVED, S.DISPUTED)
SHOWN = 12


def lanes(unit: Unit) -> list[Lane]:
    """The work of a unit and of all below it, by state; the same number of queries at any size."""
    below = Order.objects.live().filter(owner__path__startswith=unit.path)
    counts = dict(below.order_by().values_list("state").annotate(Count("pk")))
    return [
        Lane(
            state,
            str(S(state).label),
            counts.get(state, 0),
            list(below.filter(state=state).with_nouns().order_by("due_at", "pk")[:SHOWN]),
        )
        for state in LANES
    ]
