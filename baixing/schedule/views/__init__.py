from __future__ import annotations

from baixing.schedule.views.bookings import (
    book,
    booking,
    booking_list,
    call_off_booking,
    confirm_booking,
    free_spaces,
    refuse_booking,
    release_booking,
    release_rest,
)
from baixing.schedule.views.calendar import calendar, drop_days_off, take_days_off
from baixing.schedule.views.venue_keeping import (
    add_space,
    add_venue,
    close_days,
    edit_space,
    edit_venue,
    open_days,
)
from baixing.schedule.views.venues import venue, venue_day, venue_list, venue_month

__all__ = [
    "add_space",
    "add_venue",
    "book",
    "booking",
    "booking_list",
    "calendar",
    "call_off_booking",
    "close_days",
    "confirm_booking",
    "drop_days_off",
    "edit_space",
    "edit_venue",
    "free_spaces",
    "open_days",
    "refuse_booking",
    "release_booking",
    "release_rest",
    "take_days_off",
    "venue",
    "venue_day",
    "venue_list",
    "venue_month",
]
