"""One pass of the clock over all orders: `baixing tick`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Protocol

from baixing.kernel.apart import apart
from baixing.kernel.refusals import NotNow, Overtaken
from baixing.orders.actions import admitting, clock, closing, dispatching, visiting
from baixing.orders.models import CallBack, Order, OrderQuerySet

S = Order.State
AT_MOST = 2000  # orders of one kind in one pass; the next pass takes the rest


class Deed(Protocol):
    def __call__(self, order: Order, *, by: None, at: datetime) -> object: ...


def tick(*, at: datetime) -> dict[str, int]:
    """Make all that is due happen, each in a transaction of its own. How many of each kind, and how many broke off."""
    done = {name: _each(name, deed, due, at) for name, deed, due in DUE}
    counts = {name: sum(filter(None, each)) for name, each in done.items()}
    return {**counts, "faults": sum(each.count(None) for each in done.values())}


def _each(name: str, deed: Deed, due: Callable[[datetime], OrderQuerySet], at: datetime) -> list[bool | None]:
    """An order that cannot be moved does not hold up those behind it."""
    return [apart(f"{name} of order {pk}", partial(_attempt, deed, pk, due, at)) for pk in _keys(due(at))]


def _keys(orders: OrderQuerySet) -> Iterable[int]:
    return list(orders.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_MOST])


def _attempt(deed: Deed, pk: int, due: Callable[[datetime], OrderQuerySet], at: datetime) -> bool:
    """Look again and do it; another process that was faster is no fault."""
    order = due(at).with_nouns().filter(pk=pk).first()
    if order is None:
        return False
    try:
        return deed(order, by=None, at=at) is not False
    except (NotNow, Overtaken):
        return False


def _in(state: str) -> Callable[[datetime], OrderQuerySet]:
    return lambda at: Order.objects.filter(state=state, due_at__lte=at)


def _uncalled(at: datetime) -> OrderQuerySet:
    """One call a visit; when it was made and nothing followed, the tier above looks."""
    return _in(S.APPOINTED)(at).exclude(visit__in=CallBack.objects.values("visit"))


def _unlooked(at: datetime) -> OrderQuerySet:
    """Overdue where a tier above can still help."""
    steps = [S.PLACED, S.PENDING, S.ACCEPTED, S.APPOINTED, S.DISPUTED]
    return Order.objects.filter(state__in=steps, due_at__lte=at)


def _unsigned(at: datetime) -> OrderQuerySet:
    return Order.objects.live().exclude(proposal="").filter(proposal_due__lte=at)


DUE: tuple[tuple[str, Deed, Callable[[datetime], OrderQuerySet]], ...] = (
    ("lapse_offer", dispatching.lapse_offer, _in(S.OFFERED)),
    ("lapse", clock.lapse, _in(S.ASKED)),
    ("close", closing.close, _in(S.SERVED)),
    ("resume", admitting.resume, _in(S.PAUSED)),
    ("call", visiting.call, _uncalled),
    ("lapse_proposal", clock.lapse_proposal, _unsigned),
    ("escalate", clock.escalate, _unlooked),
)
