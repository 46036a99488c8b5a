"""What was ordered in a month: the demand that a what-if is asked over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count
from django.db.models.functions import TruncMonth

from baixing.dispatching.rules.changes import first_of, next_month
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import Order, OrderQuerySet
from baixing.orders.queries.persons import for_plans

GONE = (Order.State.WITHDRAWN, Order.State.REJECTED, Order.State.MERGED)
READ = (  # of what a resident wrote in words nothing
    *("version", "urgency", "speech", "resident_id", "two_needed", "asked_team_id", "visit_id"),
    *("placed_at", "admitted_at", "promised_at", "item__skill_id", "item__licence_id", "item__people"),
    *("item__lead_days", "item__place", "station__open_days", "station__path", "station__tier"),
    *("station__lat", "station__lon"),
)


@dataclass(frozen=True)
class Demand:
    """The orders that were taken on in the month; apart are those whose residents asked for a person."""

    orders: list[Order]
    apart: int


@dataclass(frozen=True)
class MonthOf:
    first: date
    orders: int
    running: bool


def demand(unit: Unit, first: date) -> Demand:
    every = taken_on(unit).filter(admitted_at__gte=_begin(first), admitted_at__lt=_begin(next_month(first)))
    named = for_plans(every).select_related("item", "station").only(*READ).prefetch_related("windows")
    orders = list(named.order_by("admitted_at", "pk"))
    return Demand(orders, every.count() - len(orders))


def months(unit: Unit, today: date) -> list[MonthOf]:
    """The running month and those before it in which something was taken on, the newest first."""
    this = first_of(today)
    oldest = this.replace(year=this.year - 1)
    rows = taken_on(unit).filter(admitted_at__gte=_begin(oldest)).order_by()
    by_month = rows.annotate(of=TruncMonth("admitted_at", tzinfo=LOCAL)).values_list("of").annotate(n=Count("pk"))
    return [MonthOf(of.date(), n, of.date() == this) for of, n in by_month.order_by("-of")]


def taken_on(unit: Unit) -> OrderQuerySet:
    """What had to be served, or still has: not what was withdrawn, not admitted, or is one with another."""
    return Order.objects.within(unit).exclude(admitted_at=None).exclude(item=None).exclude(state__in=GONE)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)
