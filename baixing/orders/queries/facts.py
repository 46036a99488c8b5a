"""What is true of an item: how often it was accepted, how long people waited. Computed, not claimed."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Max, Q

from baixing.menu.models import ItemQuerySet, ServiceItem
from baixing.orders.models import Order
from baixing.orders.rules.any_time import is_any_day
from baixing.schedule.queries import days_off, visits_by_day
from baixing.teams.models import Team

PAST = timedelta(days=180)
AHEAD = 30  # days
UNWANTED = timedelta(days=60)  # that nobody accepted: the item leaves the menu
TAKEN_BACK = (Order.State.WITHDRAWN, Order.State.MERGED, Order.State.REJECTED)
FEWEST = 3  # waits below which a median says nothing


def of_item(item: ServiceItem, at: datetime) -> tuple[dict[str, int], float | None]:
    """Orders of the last 180 days that were admitted: {asked, accepted, served}; median hours to service."""
    orders = Order.objects.filter(item=item, placed_at__gt=at - PAST, admitted_at__isnull=False)
    counts: dict[str, int] = orders.aggregate(
        asked=Count("pk"),
        accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
        served=Count("pk", filter=Q(served_at__isnull=False)),
    )
    rows = orders.filter(served_at__isnull=False).values_list("placed_at", "served_at")
    waits = [(served - placed).total_seconds() / 3600 for placed, served in rows if served]
    return counts, median(waits) if len(waits) >= FEWEST else None


def next_day(item: ServiceItem, today: date) -> date | None:
    """The first day after its lead time that suits any time, and on which a team that knows the craft is free."""
    teams = list(Team.objects.on_duty().with_skill(item.skill))
    first = today + timedelta(days=item.lead_days)
    visits, off = visits_by_day(teams, first, AHEAD), days_off(teams, first, AHEAD)
    days = (first + timedelta(days=n) for n in range(AHEAD))
    free = (d for d in days if is_any_day(d, item, item.unit) and any(_has_room(t, d, visits, off) for t in teams))
    return next(free, None)


def _has_room(team: Team, day: date, visits: Counter[tuple[int, date]], off: frozenset[tuple[int, date]]) -> bool:
    return visits[team.pk, day] < team.day_capacity and (team.pk, day) not in off


def given_up_on(item: ServiceItem, at: datetime) -> bool:
    """Has somebody waited for it these 60 days, and no team has taken on any order of it since?

    The days count from the oldest order that a station admitted (before, no team could have accepted it), that was
    not taken back and that no team has ever accepted: one still looked for, offered, or ended as unmet. An acceptance
    of any order of the item, or its coming back, starts them anew. An item never ordered is not given up on.
    """
    orders = Order.objects.filter(item=item, admitted_at__isnull=False)
    taken = orders.filter(accepted_at__isnull=False).aggregate(last=Max("accepted_at"))["last"]
    since = max(filter(None, (taken, item.back_at)), default=None)
    unanswered = orders.filter(accepted_at=None).exclude(state__in=TAKEN_BACK)
    if since is not None:
        unanswered = unanswered.filter(admitted_at__gt=since)
    return unanswered.filter(admitted_at__lte=at - UNWANTED).exists()


def maybe_given_up_on(at: datetime) -> ItemQuerySet:
    """Items on a menu with an order that waits, or waited in vain, for so long: few, to be looked at one by one."""
    old = Order.objects.filter(admitted_at__lte=at - UNWANTED, accepted_at=None).exclude(state__in=TAKEN_BACK)
    return ServiceItem.objects.active().filter(pk__in=old.values("item")).select_related("unit").order_by("pk")
