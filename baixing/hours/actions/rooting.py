"""The root of a month, once it is over: what is under it is not changed any more without everybody seeing it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction

from baixing.hours.models import HoursEntry, LedgerRoot
from baixing.hours.queries.sums import under_root
from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.rows import add

SETTLED = timedelta(hours=1)  # after the end of a month, when nothing of it is still being written
MOST_MONTHS = 24  # at one go, after a long silence


def publish_roots(*, at: datetime) -> int:
    """Those of all months that are over and have none; how many."""
    return sum(_publish(month, at) for month in _due(at)[:MOST_MONTHS])


@transaction.atomic
def _publish(month: date, at: datetime) -> bool:
    until = _first(_next(month))
    found = under_root(until)
    row = LedgerRoot(month=month, until=until, at=at, root=found.root, volunteers=len(found.heads))
    row.entries, row.minutes = found.entries, found.minutes
    if not add(row):
        return False
    journal.write("publish_root", row, by=None, at=at, month=f"{month:%Y-%m}", root=row.root)
    return True


def _due(at: datetime) -> list[date]:
    last = LedgerRoot.objects.order_by("-month").values_list("month", flat=True).first()
    oldest = HoursEntry.objects.order_by("at").values_list("at", flat=True).first()
    if last is None and oldest is None:
        return []
    month = _next(last) if last else oldest.astimezone(LOCAL).date().replace(day=1) if oldest else at.date()
    found = []
    while _first(_next(month)) + SETTLED <= at:
        found.append(month)
        month = _next(month)
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _first(month: date) -> datetime:
    return datetime.combine(month, time.min, LOCAL)
