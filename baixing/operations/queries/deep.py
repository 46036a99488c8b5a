"""What is wrong in the rows themselves: `baixing doctor --deep`. Reads everything, a few hundred orders at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model, QuerySet

from baixing.journal.models import Entry
from baixing.journal.queries import verify_all
from baixing.kernel.models import OnceKey
from baixing.network.queries import staffed
from baixing.operations.queries.hours import hours_faults
from baixing.operations.queries.keys import key_faults
from baixing.operations.queries.orders import Register, Told, broken
from baixing.operations.queries.sessions import session_faults
from baixing.operations.queries.sheets import sheet_faults
from baixing.orders.models import Escalation, Offer, Order, Rating

Row = TypeVar("Row", bound=Model)
AT_ONCE = 500  # orders
ANSWER = re.compile(r"/orders/([0-9]+)/$")


def deep_faults(at: datetime) -> Iterator[str]:
    """Each promise that the rows break, as one sentence."""
    for verdict in verify_all():
        if not verdict.ok:
            yield f"The journal of {verdict.thing} is broken at line {verdict.first_bad}: {verdict.why}."
    yield from key_faults()
    yield from hours_faults()
    yield from session_faults()
    yield from sheet_faults()
    yield from _unowned(at)
    yield from _orders()
    yield from _keys()


def _unowned(at: datetime) -> Iterator[str]:
    owned: dict[int, bool] = {}
    for order in Order.objects.live().select_related("owner").order_by("pk").iterator(chunk_size=AT_ONCE):
        if not owned.setdefault(order.owner_id, staffed(order.owner, at)):
            yield f"Order {order.number} is owned by {order.owner}, where nobody works."


def _orders() -> Iterator[str]:
    register = Register.read()
    for orders in _batches(Order.objects.all()):
        for told in _told(orders):
            yield from (f"Order {told.order.number} {words}." for words in broken(told, register))


def _told(orders: list[Order]) -> Iterator[Told]:
    names = [f"orders.order:{order.pk}" for order in orders]
    entries = Entry.objects.filter(thing__in=names).order_by("thing", "seq")
    lines = {thing: list(chain) for thing, chain in groupby(entries, attrgetter("thing"))}
    offers = _by_order(Offer.objects.filter(order__in=orders).order_by("order", "pk"))
    ratings = _by_order(Rating.objects.filter(order__in=orders).order_by("order", "pk"))
    escalations = _by_order(Escalation.objects.filter(order__in=orders).order_by("order", "pk"))
    for order, name in zip(orders, names, strict=True):
        hung = offers.get(order.pk, []), ratings.get(order.pk, []), escalations.get(order.pk, [])
        yield Told(order, lines.get(name, []), *hung)


def _by_order(rows: Iterable[Row]) -> dict[int, list[Row]]:
    return {pk: list(group) for pk, group in groupby(rows, attrgetter("order_id"))}


def _keys() -> Iterator[str]:
    """I18: a key that is used leads to what it made."""
    for keys in _batches(OnceKey.objects.all()):
        named = {key.pk: int(found[1]) for key in keys if (found := ANSWER.search(key.result))}
        there = set(Order.objects.filter(pk__in=named.values()).values_list("pk", flat=True))
        for key in keys:
            if not key.result:
                yield f"The form sent to {key.address} at {key.at:%F %T} is kept without its answer."
            elif key.pk in named and named[key.pk] not in there:
                yield f"The form sent to {key.address} at {key.at:%F %T} was answered with an order that is not there."


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """All of them by their keys, so that never more than these are in memory, on either database."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1].pk
