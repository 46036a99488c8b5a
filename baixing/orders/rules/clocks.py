"""How long each step may take (LIVES, part 1, "Default clocks"). A city's own rows win."""

from __future__ import annotations

from datetime import datetime

from baixing.kernel.calendar import Span
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


def span(step: str, urgency: str) -> Span:
    own = Clock.objects.filter(step=step, urgency=urgency).values_list("span", flat=True).first()
    return Span.parse(own or DEFAULTS[step][U.values.index(urgency)])


def due(step: str, order: Order, *, at: datetime) -> datetime:
    """When the step entered at `at` is due, in the working time of the unit that owns it."""
    if step == S.APPOINTED and order.visit is not None:
        return CALL_AFTER.after(order.visit.end, order.owner.hours_of())
    return span(step, order.urgency).after(at, order.owner.hours_of())


def promise(order: Order) -> datetime:
    """The promise to the resident: from the moment of placing, longer by what stood still."""
    whole = span("promise", order.urgency).after(order.placed_at, order.owner.hours_of())
    return whole + order.stood_still
