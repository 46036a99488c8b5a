from __future__ import annotations

from baixing.schedule.models.attendance import ONE_S_WORD, Attendance
from baixing.schedule.models.booking import BOOKED, Booking, BookingQuerySet
from baixing.schedule.models.days_off import DaysOff, DaysOffQuerySet
from baixing.schedule.models.feed import Feed, FeedQuerySet, digest_of
from baixing.schedule.models.recurrence import Recurrence
from baixing.schedule.models.role import MOST_SEATS, Role, RoleQuerySet
from baixing.schedule.models.session import Session, SessionQuerySet
from baixing.schedule.models.sheet import Reading, Sheet
from baixing.schedule.models.signup import LIVE, MOST_HEADS, SEATED, Signup, SignupQuerySet
from baixing.schedule.models.standby import HOURS, Alert, Standby
from baixing.schedule.models.tablet import Tablet
from baixing.schedule.models.tap import Tap
from baixing.schedule.models.venue import (
    DAY_MINUTES,
    MOST_HEADS_IN,
    Closure,
    ClosureQuerySet,
    OpenHours,
    Space,
    SpaceQuerySet,
    Venue,
    VenueQuerySet,
)
from baixing.schedule.models.walk_in import WalkIn, WalkInQuerySet

__all__ = [
    "BOOKED",
    "DAY_MINUTES",
    "HOURS",
    "LIVE",
    "MOST_HEADS",
    "MOST_HEADS_IN",
    "MOST_SEATS",
    "ONE_S_WORD",
    "SEATED",
    "Alert",
    "Attendance",
    "Booking",
    "BookingQuerySet",
    "Closure",
    "ClosureQuerySet",
    "DaysOff",
    "DaysOffQuerySet",
    "Feed",
    "FeedQuerySet",
    "OpenHours",
    "Reading",
    "Recurrence",
    "Role",
    "RoleQuerySet",
    "Session",
    "SessionQuerySet",
    "Sheet",
    "Signup",
    "SignupQuerySet",
    "Space",
    "SpaceQuerySet",
    "Standby",
    "Tablet",
    "Tap",
    "Venue",
    "VenueQuerySet",
    "WalkIn",
    "WalkInQuerySet",
    "digest_of",
]
