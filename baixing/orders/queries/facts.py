"""What is true of an item: how often it was accepted, how long people waited. Computed, not claimed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q

from baixing.kernel.calendar import is_workday
from baixing.menu.models import ServiceItem
from baixing.orders.models import Order
from baixing.schedule.queries import visits_by_day
from baixing.teams.models import Team

PAST = timedelta(days=180)
AHEAD = 30  # days
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
    """The first working day after its lead time on which a team that knows the craft is free."""
    teams = list(Team.objects.on_duty().with_skill(item.skill))
    first = today + timedelta(days=item.lead_days)
    visits = visits_by_day(teams, first, AHEAD)
    days = (first + timedelta(days=n) for n in range(AHEAD))
    free = (d for d in days if is_workday(d) and any(visits[t.pk, d] < t.day_capacity for t in teams))
    return next(free, None)
