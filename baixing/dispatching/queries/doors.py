"""Which of many orders are of one household, and why those go apart that do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from baixing.orders.models import Order
from baixing.orders.queries.doors import door


class Apart(StrEnum):
    """Why orders of one household go apart."""

    DAYS = "days"  # they do not meet
    TEAM = "team"  # no team can do them all on one day
    FULL = "full"  # none has room for all on one day
    PIN = "pin"  # somebody has pinned one of them


def households_of(orders: Sequence[Order]) -> dict[int, int]:
    """A number for each order that is not alone, by its key."""
    doors: dict[tuple[object, ...], list[Order]] = {}
    for order in orders:
        doors.setdefault(door(order), []).append(order)
    several = (some for some in doors.values() if len(some) > 1)
    return {order.pk: number for number, some in enumerate(several) for order in some}
