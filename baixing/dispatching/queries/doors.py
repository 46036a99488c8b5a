"""Which orders are of one household: of people behind one phone, at one door."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from baixing.orders.models import Order


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
        doors.setdefault(_door(order), []).append(order)
    several = (some for some in doors.values() if len(some) > 1)
    return {order.pk: number for number, some in enumerate(several) for order in some}


def _door(order: Order) -> tuple[object, ...]:
    """Where nobody has said an address, a resident's own orders alone."""
    address = "".join(order.address.split())
    return (order.station_id, address, order.phone if address and order.phone else order.resident_id)
