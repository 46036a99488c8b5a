from __future__ import annotations

from baixing.schedule.models.attendance import Attendance
from baixing.schedule.models.days_off import DaysOff, DaysOffQuerySet
from baixing.schedule.models.feed import Feed, FeedQuerySet, digest_of
from baixing.schedule.models.role import MOST_SEATS, Role, RoleQuerySet
from baixing.schedule.models.session import Session, SessionQuerySet
from baixing.schedule.models.signup import LIVE, MOST_HEADS, SEATED, Signup, SignupQuerySet
from baixing.schedule.models.standby import HOURS, Alert, Standby

__all__ = [
    "HOURS",
    "LIVE",
    "MOST_HEADS",
    "MOST_SEATS",
    "SEATED",
    "Alert",
    "Attendance",
    "DaysOff",
    "DaysOffQuerySet",
    "Feed",
    "FeedQuerySet",
    "Role",
    "RoleQuerySet",
    "Session",
    "SessionQuerySet",
    "Signup",
    "SignupQuerySet",
    "Standby",
    "digest_of",
]
