"""How far it is from one place to another, as teams drive."""

from __future__ import annotations

from typing import Final

from baixing.matching.stops import minutes_of
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.network.queries import distance_km
from baixing.orders.models import Order
from baixing.orders.rules.above import Roads

AFAR: Final = ServiceItem.Place.ONLINE


def km_between(one: Unit, other: Unit, roads: Roads) -> float | None:
    """Of road; None where nobody has measured."""
    if one.pk == other.pk:
        return 0.0
    km = distance_km(one, other)
    return None if km is None else km * roads.longer


def drive_between(one: Unit, other: Unit, roads: Roads) -> int:
    """Minutes; none where nobody has measured."""
    return minutes_of(km_between(one, other, roads), roads.speed)


def is_afar(order: Order) -> bool:
    """Online or by phone: nobody drives there."""
    return order.item is not None and order.item.place == AFAR
