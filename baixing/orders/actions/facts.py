"""Tell the menu what is true of its items; take off those that nobody serves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from baixing.kernel.calendar import LOCAL
from baixing.menu import actions as menu
from baixing.menu.models import ServiceItem
from baixing.menu.queries import keepers_of
from baixing.notices import actions as notices
from baixing.orders.queries import facts

FRESH = timedelta(minutes=30)
AT_MOST = 50  # items in one pass


def tell_facts(*, at: datetime) -> int:
    """Reckon anew the items whose facts are old; how many."""
    old = ServiceItem.objects.active().filter(Q(facts=None) | Q(facts__at__lt=at - FRESH))
    items = list(old.select_related("unit").order_by("facts__at", "pk")[:AT_MOST])
    for item in items:
        counts, wait = facts.of_item(item, at)
        day = facts.next_day(item, at.astimezone(LOCAL).date())
        menu.tell_facts(item, next_day=day, counts=counts, median_wait_hours=wait, at=at)
    return len(items)


def retire_unserved(*, at: datetime) -> int:
    """What nobody accepted for 60 days leaves the menu, and those who look after it are asked; how many."""
    found = [item for item in facts.maybe_given_up_on(at) if facts.given_up_on(item, at)]
    return sum(_retire(item, at) for item in found)


@transaction.atomic
def _retire(item: ServiceItem, at: datetime) -> bool:
    if not menu.retire_unserved(item, at=at):
        return False
    notices.tell(
        keepers_of(item.unit, at), "menu.unserved", at=at, link=f"/menu/edit/{item.code}/change/", item=item.name
    )
    return True
