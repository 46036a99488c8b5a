"""How long each step may take (LIVES, part 1, "Default clocks"). A city's own rows win."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baixing.kernel.calendar import Span
from baixing.kernel.prepared import prepared
from baixing.orders.models import Clock, Order

S, U = Order.State, Order.Urgency

DEFAULTS: dict[str, tuple[str, str, str]] = {
    # step: urgent, normal, planned
    S.PLACED: ("2h", "1wd", "1wd"),
    S.PENDING: ("2h", "1wd", "2wd"),
    S.OFFERED: ("1h", "8wh", "1wd"),
    S.ACCEPTED: ("4h", "2wd", "3wd"),
    S.DISPUTED: ("1wd", "2wd", "2wd"),
    S.ASKED: ("7d", "7d", "7d"),
    S.SERVED: ("7d", "7d", "7d"),
    "promise": ("24h", "7d", "15d"),
    "cosign": ("1wd", "1wd", "1wd"),
}
CALL_AFTER = Span.parse("2h")
STEPS: Final = {
    S.PLACED.value: gettext_lazy("From placing to admitting"),
    S.PENDING.value: gettext_lazy("From admitting to an offer"),
    S.OFFERED.value: gettext_lazy("From the offer to the team's answer"),
    S.ACCEPTED.value: gettext_lazy("From accepting to a time for the visit"),
    S.DISPUTED.value: gettext_lazy("From a complaint to the decision"),
    "cosign": gettext_lazy("Until another unit agrees"),
    S.ASKED.value: gettext_lazy("Until the resident answers"),
    S.SERVED.value: gettext_lazy("Until the resident rates"),
    "promise": gettext_lazy("The promise to the resident"),
}
UNITS: Final = {
    "h": gettext_lazy("hours by the clock"),
    "wh": gettext_lazy("working hours"),
    "wd": gettext_lazy("working days"),
    "d": gettext_lazy("days"),
}
HOURS: Final = {"h": 1, "wh": 3, "wd": 24, "d": 24}  # roughly, to compare: eight working hours are a day
LONGEST: Final = 60 * 24


def span(step: str, urgency: str) -> Span:
    return spans([step], urgency)[step]


def spans(steps: Collection[str], urgency: str) -> dict[str, Span]:
    """Several at once, for one question to the database."""
    own = {clock.step: getattr(clock, urgency) for clock in _clocks(*steps)}
    return {step: Span.parse(own.get(step) or default(step)[urgency]) for step in steps}


@prepared
def _clocks(*steps: str) -> QuerySet[Clock]:
    return Clock.objects.filter(step__in=steps)


def default(step: str) -> dict[str, str]:
    """The spans of LIVES, by urgency."""
    return dict(zip(U.values, DEFAULTS[step], strict=True))


def fault(spans: Mapping[str, Span]) -> tuple[str, str]:
    """The urgency whose span cannot be, and why; two empty words when all are fine."""
    least = 0
    for urgency in U.values:
        hours = spans[urgency].amount * HOURS[spans[urgency].unit]
        if not 0 < hours <= LONGEST:
            return urgency, _("Choose a length between one hour and 60 days.")
        if hours < least:
            return urgency, _("What is less urgent cannot be due sooner than what is more urgent.")
        least = hours
    return "", ""


def said(length: Span) -> str:
    """A span in words."""
    match length.unit:
        case "h":
            words = ngettext("%(n)d hour", "%(n)d hours", length.amount)
        case "wh":
            words = ngettext("%(n)d working hour", "%(n)d working hours", length.amount)
        case "wd":
            words = ngettext("%(n)d working day", "%(n)d working days", length.amount)
        case _unit:
            words = ngettext("%(n)d day", "%(n)d days", length.amount)
    return words % {"n": length.amount}


def due(step: str, order: Order, *, at: datetime) -> datetime:
    """When the step entered at `at` is due, in the working time of the unit that owns it."""
    if step == S.APPOINTED and order.visit is not None:
        return CALL_AFTER.after(order.visit.end, order.owner.hours_of())
    return span(step, order.urgency).after(at, order.owner.hours_of())


def first(order: Order, *, at: datetime) -> tuple[datetime, datetime]:
    """When a new order is to be admitted, and what is promised to its resident."""
    lengths, hours = spans([S.PLACED, "promise"], order.urgency), order.owner.hours_of()
    return lengths[S.PLACED].after(at, hours), lengths["promise"].after(at, hours)


def promise(order: Order) -> datetime:
    """The promise to the resident: from the moment of placing, longer by what stood still."""
    whole = span("promise", order.urgency).after(order.placed_at, order.owner.hours_of())
    return whole + order.stood_still
