"""Which orders are of one household: of people behind one phone, at one door."""

from __future__ import annotations

from baixing.orders.models import Order

WITH_TEAM = (Order.State.OFFERED, Order.State.ACCEPTED, Order.State.APPOINTED)


def door(order: Order) -> tuple[object, ...]:
    """Equal for orders of one household. Where nobody has said an address, a resident's own orders alone."""
    address = "".join(order.address.split())
    return (order.station_id, address, order.phone if address and order.phone else order.resident_id)


def beside(order: Order) -> list[Order]:
    """The other orders of the household that its team has to see to."""
    if order.team_id is None or order.state not in WITH_TEAM:
        return []
    near = Order.objects.filter(team=order.team_id, station=order.station_id, state__in=WITH_TEAM)
    return [one for one in near.exclude(pk=order.pk).with_nouns().order_by("pk") if door(one) == door(order)]
