"""What a desk shows: today's work of a unit, its counts, what it printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.network.rules import OFFICERS
from baixing.orders.models import CallBack, Escalation, Order, OrderQuerySet
from baixing.orders.rules import Standing

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
    """What the unit has to do, and what it received first and has gone up since: late there, or disputed."""
    risen = Q(first_receiver=unit) & (Q(state=S.DISPUTED) | Exists(Escalation.objects.filter(order=OuterRef("pk"))))
    return Order.objects.live().filter(Q(owner=unit) | risen).with_nouns()


def morning(unit: Unit, at: datetime) -> Counts:
    """One query for the four counts, one for the calls."""
    said = live_of(unit).aggregate(
        overdue=Count("pk", filter=_overdue(unit, at)),
        due_today=Count("pk", filter=_today(unit, at)),
        unassigned=Count("pk", filter=_unassigned(unit)),
        disputed=Count("pk", filter=Q(state=S.DISPUTED)),
    )
    return Counts(**said, calls=calls(unit).count())


def _overdue(unit: Unit, at: datetime) -> Q:
    """A step is late, the promise to the resident is while nobody has come, or the clock has sent it up."""
    broken = Q(promised_at__lt=at) & ~Q(state=S.SERVED)
    return Q(due_at__lt=at) | broken | ~Q(owner=unit) & ~Q(state=S.DISPUTED)


def _today(unit: Unit, at: datetime) -> Q:
    return Q(owner=unit, due_at__gte=at, due_at__lt=_tonight(at))


def _unassigned(unit: Unit) -> Q:
    return Q(owner=unit, state__in=[S.PLACED, S.PENDING])


def filtered(unit: Unit, which: str, at: datetime) -> OrderQuerySet:
    """The rows behind a count; anything else gives all that live, the most pressing first."""
    orders = live_of(unit).order_by("due_at", "pk")
    match which:
        case "overdue":
            return orders.filter(_overdue(unit, at))
        case "today":
            return orders.filter(_today(unit, at))
        case "unassigned":
            return orders.filter(_unassigned(unit))
        case "disputed":
            return orders.filter(state=S.DISPUTED)
        case "calls":
            return orders.filter(callbacks__done_at=None, callbacks__isnull=False).distinct()
        case _:
            return orders


def calls(unit: Unit) -> QuerySet[CallBack]:
    return CallBack.objects.filter(order__owner=unit, done_at=None).select_related("order")


def calls_to_make(one: Standing) -> list[Order]:
    """The orders of the person's own units about which somebody has to ring, the longest waiting first."""
    units = [post.unit_id for post in one.posts if post.kind in OFFICERS]
    asked = CallBack.objects.filter(order__owner__in=units, done_at=None).order_by("asked_at", "pk")
    orders = Order.objects.with_nouns().in_bulk({call.order_id for call in asked})
    return [orders[pk] for pk in dict.fromkeys(call.order_id for call in asked)]


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


def lanes(unit: Unit, tier: int | None = None) -> list[Lane]:
    """The work of a unit and of all below it (or of one tier of these), by state; as many queries at any size."""
    below = Order.objects.live().filter(owner__path__startswith=unit.path)
    if tier is not None:
        below = below.filter(owner__tier=tier)
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


@dataclass(frozen=True)
class Tier:
    """One tier of a board, and how many live orders its units own."""

    number: int
    label: str
    count: int


def tiers(unit: Unit) -> list[Tier]:
    """This unit's tier and those below it, the highest first."""
    below = Order.objects.live().filter(owner__path__startswith=unit.path)
    counts = dict(below.order_by().values_list("owner__tier").annotate(Count("pk")))
    return [Tier(n, str(TIERS[n]), counts.get(n, 0)) for n in range(unit.tier, 0, -1)]


TIERS = {
    4: gettext_lazy("City centre"),
    3: gettext_lazy("County centres"),
    2: gettext_lazy("Institutes"),
    1: gettext_lazy("Stations"),
}
