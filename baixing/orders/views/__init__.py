from __future__ import annotations

from baixing.orders.views.acting import act
from baixing.orders.views.listing import calendar, callback, mine, slip, track, visits
from baixing.orders.views.placing import item, on_behalf, order_item, wish
from baixing.orders.views.showing import page

__all__ = [
    "act",
    "calendar",
    "callback",
    "item",
    "mine",
    "on_behalf",
    "order_item",
    "page",
    "slip",
    "track",
    "visits",
    "wish",
]
