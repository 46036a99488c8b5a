"""A venue, its space, its closed days and a booking of it; and many of each."""

from __future__ import annotations

import secrets

from baixing.schedule import actions as schedule
from baixing.schedule.models import Booking, Closure, OpenHours, Space, Venue
from tests.access.held import copies
from tests.town import DAY, HOUR, NINE, Town


def things(town: Town, purpose: str) -> dict[str, int | str]:
    """A venue with a space, closed some day, and asked for by the team today."""
    facts, week = schedule.VenueFacts("文化馆", "culture"), {day: [(8 * 60, 22 * 60)] for day in range(7)}
    venue = schedule.add_venue(town.station, facts, week, by=town.zhou, at=NINE)
    space = schedule.add_space(venue, schedule.SpaceFacts("排练厅", 40), by=town.zhou, at=NINE)
    day = (NINE + 20 * DAY).date()
    closure = schedule.close_days(venue, schedule.Days(day, day), words="盘点", by=town.zhou, at=NINE)
    slot = schedule.Slot(NINE + HOUR, NINE + 2 * HOUR)
    hold = schedule.Hold(space, slot, 20, purpose=purpose, team=town.plumbers)
    booking = schedule.book(hold, by=town.luo, at=NINE)
    return {"venue": venue.pk, "space": space.pk, "closure": closure.pk, "booking": booking.pk}


def grow(near: dict[str, int | str], by: int) -> None:
    """More venues, more spaces in the one near, more bookings of its space."""
    venues = copies(Venue.objects.get(pk=near["venue"]), by)
    for venue in venues:
        venue.name = secrets.token_hex(6)
    made = Venue.objects.bulk_create(venues)
    space = Space.objects.get(pk=near["space"])
    more = [*copies(space, by), *copies(space, by)]
    for copy, venue in zip(more[:by], made, strict=True):
        copy.venue = venue
    for copy in more:
        copy.name = secrets.token_hex(6)
    Space.objects.bulk_create(more)
    OpenHours.objects.bulk_create(
        OpenHours(venue=venue, weekday=day, opens=480, closes=1320) for venue in made for day in range(7)
    )
    Closure.objects.bulk_create(copies(Closure.objects.get(pk=near["closure"]), by))
    Booking.objects.bulk_create(copies(Booking.objects.get(pk=near["booking"]), by))
