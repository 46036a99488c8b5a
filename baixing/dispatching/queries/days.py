"""On which days an order may be served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Order
from baixing.orders.rules.any_time import is_any_day

WEIGHT = {Order.Urgency.URGENT: 3, Order.Urgency.NORMAL: 2, Order.Urgency.PLANNED: 1}
DAY = timedelta(days=1)


class Why(StrEnum):
    """Why an order has no day in a plan."""

    PAST = "past"  # the days that its resident gave are over
    LATER = "later"  # they lie beyond the plan


@dataclass(frozen=True)
class Span:
    """Days in a row, both of them included."""

    first: date
    last: date


def spans_of(order: Order, at: datetime, notice: int, until: date) -> list[Span] | Why:
    """Stretches of days of the plan on which it may be served: the resident's own, or any up to the promise."""
    today = at.astimezone(LOCAL).date()
    windows = [window for window in order.windows.all() if window.end > at]
    if not windows:
        return Why.PAST if order.windows.all() else _any_day(order, today, notice, until)
    wanted = sorted({window.start.astimezone(LOCAL).date() for window in windows})
    soonest = min(today + notice * DAY, wanted[-1])  # what ends sooner needs no notice
    days = [max(day, today) for day in wanted if soonest <= day <= until]
    return _in_rows(days) if days else Why.LATER


def _any_day(order: Order, today: date, notice: int, until: date) -> list[Span] | Why:
    lead = order.item.lead_days if order.item else 0
    ready = order.placed_at.astimezone(LOCAL).date() + lead * DAY
    if ready > until:
        return Why.LATER
    first = min(max(today + notice * DAY, ready), until)
    promised = order.promised_at.astimezone(LOCAL).date()
    late = promised < first + 2 * DAY  # too late already: then within the next days
    last = min(first + 6 * DAY if late else promised, until)
    every = (first + n * DAY for n in range((last - first).days + 1))
    days = [day for day in every if is_any_day(day, order.item, order.station)]
    return _in_rows(days) if days else Why.LATER


def _in_rows(days: Sequence[date]) -> list[Span]:
    spans: list[Span] = []
    for day in days:
        if spans and day - spans[-1].last <= DAY:
            spans[-1] = Span(spans[-1].first, day)
        else:
            spans.append(Span(day, day))
    return spans


def weight_of(order: Order, at: datetime) -> int:
    """How dear a day of waiting is: twice for a normal order, thrice for one that is urgent or late."""
    return 3 if order.promised_at < at else WEIGHT[Order.Urgency(order.urgency)]
