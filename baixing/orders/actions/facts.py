"""Tell the menu what is true of its items."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from baixing.kernel.calendar import LOCAL
from baixing.menu import actions as menu
from baixing.menu.models import ServiceItem
from baixing.orders.queries import facts

FRESH = timedelta(minutes=30)
AT_MOST = 50  # items in one pass


def tell_facts(*, at: datetime) -> int:
    """Reckon anew the items whose facts are old; how many."""
    old = ServiceItem.objects.active().filter(Q(facts=None) | Q(facts__at__lt=at - FRESH))
    items = list(old.order_by("facts__at", "pk")[:AT_MOST])
    for item in items:
        counts, wait = facts.of_item(item, at)
        day = facts.next_day(item, at.astimezone(LOCAL).date())
        menu.tell_facts(item, next_day=day, counts=counts, median_wait_hours=wait, at=at)
    return len(items)
