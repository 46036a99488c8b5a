"""What leaves the screen: a QR square for the slip, a calendar entry for the visit."""

from __future__ import annotations

from datetime import datetime

import segno
from icalendar import Calendar, Event

from baixing.orders.models import Order


def square(text: str) -> str:
    """A QR code as the address of a picture, so that no other file is asked for."""
    return str(segno.make(text, error="m").svg_data_uri(scale=4, border=2))


def event(order: Order, at: datetime) -> bytes:
    """The visit as iCalendar (RFC 5545). No address and no phone: a calendar is often shared."""
    entry = Event()
    entry.add("uid", f"order-{order.pk}@baixing")
    entry.add("dtstamp", at)
    entry.add("summary", order.visit.title if order.visit else str(order))
    if order.visit:
        entry.add("dtstart", order.visit.start)
        entry.add("dtend", order.visit.end)
    calendar = Calendar()
    calendar.add("prodid", "-//baixing//orders//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
