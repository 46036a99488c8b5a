"""A space held from a start to an end, for a session or for a purpose in words."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.network.models import Unit
from baixing.schedule.models.recurrence import Recurrence
from baixing.schedule.models.session import Session
from baixing.schedule.models.venue import Space
from baixing.teams.models import Team


class BookingQuerySet(models.QuerySet["Booking"]):
    def live(self) -> BookingQuerySet:
        return self.filter(state__in=BOOKED)

    def confirmed(self) -> BookingQuerySet:
        return self.filter(state=Booking.State.CONFIRMED)

    def asked(self) -> BookingQuerySet:
        return self.filter(state=Booking.State.ASKED)

    def sharing(self, start: datetime, end: datetime) -> BookingQuerySet:
        """Those that share any moment with [start, end)."""
        return self.filter(start__lt=end, end__gt=start)

    def clashing(self, space: Space, start: datetime, end: datetime) -> BookingQuerySet:
        """Confirmed ones of the space at this time: it cannot be held twice."""
        return self.confirmed().filter(space=space).sharing(start, end)

    def with_nouns(self) -> BookingQuerySet:
        return self.select_related("space__venue__unit", "session__unit", "session__team", "unit", "team__home", "by")


class Booking(Living):
    """Asked for, or confirmed. Several may ask for one time; one is confirmed, and the others are told."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Not given")
        RELEASED = "released", _("Given back")
        CALLED_OFF = "called_off", _("Called off")

    class Cause(models.TextChoices):
        TAKEN = "taken", _("The time was given to somebody else.")
        LATE = "late", _("Nobody had answered when it would have begun.")
        SESSION = "session", _("What it was for was called off.")
        TEAM = "team", _("The team that had booked it has closed.")

    state = models.CharField(max_length=20, choices=State, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="bookings", db_index=False)
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="bookings")
    purpose = models.CharField(max_length=80, blank=True, default="")  # of what is no session
    start = models.DateTimeField()
    end = models.DateTimeField()
    headcount = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="bookings")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="bookings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bookings")
    at = models.DateTimeField()
    recurrence = models.ForeignKey(Recurrence, models.PROTECT, null=True, related_name="bookings")
    cause = models.CharField(max_length=8, choices=Cause, blank=True, default="")  # why it ended by itself
    answer = models.CharField(max_length=200, blank=True, default="")  # why its owner said no, in words

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_booking_ends_after_it_starts", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(name="a_booking_says_what_for", condition=Q(session__isnull=False) | ~Q(purpose="")),
            models.CheckConstraint(name="a_booking_is_of_one", condition=Q(unit=None) | Q(team=None)),
            models.CheckConstraint(name="a_booking_is_for_heads", condition=Q(headcount__gte=1)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space", "start"], name="bookings_of_a_space"),
            models.Index(fields=["start"], condition=Q(state="asked"), name="asked_bookings"),
        ]

    def __str__(self) -> str:
        return f"booking {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in BOOKED


BOOKED = frozenset({Booking.State.ASKED, Booking.State.CONFIRMED})
