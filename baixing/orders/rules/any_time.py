"""Any time means any day, weekends and holidays too; what is done at a station, any day on which that is open."""

from __future__ import annotations

from datetime import date

from baixing.menu.models import ServiceItem
from baixing.network.models import Unit


def is_any_day(day: date, item: ServiceItem | None, station: Unit) -> bool:
    """Whether this day is among those that somebody means for whom any time is fine."""
    at_station = item is not None and item.place == ServiceItem.Place.STATION
    return station.works_on(day) if at_station else True
