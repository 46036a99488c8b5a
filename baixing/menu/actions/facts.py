from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from baixing.menu.models import ItemFacts, ServiceItem


@transaction.atomic
def tell_facts(
    item: ServiceItem,
    *,
    next_day: date | None,
    counts: dict[str, int],
    median_wait_hours: float | None,
    at: datetime,
) -> None:
    """What is true of an item now: {asked, accepted, served}, hours people waited, the next free day."""
    said = {**counts, "next_day": next_day, "median_wait_hours": median_wait_hours, "at": at}
    ItemFacts.objects.update_or_create(item=item, defaults=said)
