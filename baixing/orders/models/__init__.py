from __future__ import annotations

from baixing.orders.models.callback import CallBack
from baixing.orders.models.clock import Clock
from baixing.orders.models.follow import Escalation, Follower
from baixing.orders.models.offer import Offer, OfferQuerySet
from baixing.orders.models.order import Order, OrderQuerySet, Window
from baixing.orders.models.rating import Rating
from baixing.orders.models.reason import Reason

__all__ = [
    "CallBack",
    "Clock",
    "Escalation",
    "Follower",
    "Offer",
    "OfferQuerySet",
    "Order",
    "OrderQuerySet",
    "Rating",
    "Reason",
    "Window",
]
