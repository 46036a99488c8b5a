from __future__ import annotations

from baixing.schedule.forms.bookings import AnswerForm, BookingForm, FreeForm
from baixing.schedule.forms.calendar import DayForm, DaysOffForm, MonthForm
from baixing.schedule.forms.venues import (
    ClosureForm,
    SpaceForm,
    VenueForm,
    VenuesForm,
    space_as_typed,
    venue_as_typed,
)

__all__ = [
    "AnswerForm",
    "BookingForm",
    "ClosureForm",
    "DayForm",
    "DaysOffForm",
    "FreeForm",
    "MonthForm",
    "SpaceForm",
    "VenueForm",
    "VenuesForm",
    "space_as_typed",
    "venue_as_typed",
]
