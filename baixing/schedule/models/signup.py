"""A person, or a party with a headcount, for a seat at a session."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.schedule.models.role import Role
from baixing.schedule.models.session import Session

MOST_HEADS = 500  # one party


class SignupQuerySet(models.QuerySet["Signup"]):
    def live(self) -> SignupQuerySet:
        return self.filter(state__in=LIVE)

    def seated(self) -> SignupQuerySet:
        """Those whose heads count as seats taken."""
        return self.filter(state__in=SEATED)

    def in_line(self) -> SignupQuerySet:
        """Who waits for a seat, the first of the line first."""
        return self.filter(state=Signup.State.WAITING).order_by("queued_at", "pk")


class Signup(Living):
    """One sign-up, from asking for a seat to having been there."""

    class State(models.TextChoices):
        AWAITING_GUARDIAN = "awaiting_guardian", _("Waiting for the guardian")
        APPLIED = "applied", _("Applied")
        WAITING = "waiting", _("In line for a seat")
        HELD = "held", _("A seat is kept, please confirm")
        CONFIRMED = "confirmed", _("Signed up")
        CHECKED_IN = "checked_in", _("Here")
        ATTENDED = "attended", _("Was there")
        CANCELLED = "cancelled", _("Cancelled")
        REJECTED = "rejected", _("Not accepted")
        LAPSED = "lapsed", _("The seat went on to others")
        ABSENT = "absent", _("Did not come")
        CALLED_OFF = "called_off", _("Called off")

    state = models.CharField(max_length=20, choices=State, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="signups")
    role = models.ForeignKey(Role, models.PROTECT, related_name="signups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="signups")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    queued_at = models.DateTimeField()  # its place in the line; a new one when it asks for more
    held_until = models.DateTimeField(null=True)
    headcount = models.PositiveIntegerField(default=1)
    party = models.CharField(max_length=60, blank=True, default="")  # the school or unit that comes together
    together = models.CharField(max_length=16, blank=True, default="")  # the same for a family that signed up in one go
    guest = SealedField(blank=True, default="")  # the name of somebody without an account
    phone = SealedField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    code = models.CharField(max_length=16, unique=True)  # follows the sign-up without an account, and is its QR
    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    offered_at = models.DateTimeField(null=True)  # since when another volunteer may take this place over
    agreed_at = models.DateTimeField(null=True)
    walk_in = models.BooleanField(default=False)

    objects = SignupQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_live_signup_a_person_and_session",
                fields=["session", "person"],
                condition=Q(state__in=("awaiting_guardian", "applied", "waiting", "held", "confirmed", "checked_in")),
            ),
            models.CheckConstraint(
                name="signup_names_somebody",
                condition=Q(person__isnull=False) | ~Q(guest="") | ~Q(party=""),
            ),
            models.CheckConstraint(name="a_signup_is_of_heads", condition=Q(headcount__range=(1, MOST_HEADS))),
            models.CheckConstraint(
                name="a_kept_seat_has_its_hour",
                condition=Q(state="held", held_until__isnull=False) | (~Q(state="held") & Q(held_until=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["role", "state", "queued_at"], name="line_of_a_role"),
            models.Index(fields=["by"], name="signups_that_somebody_made"),
            models.Index(fields=["held_until"], condition=Q(state="held"), name="kept_seats_by_hour"),
        ]

    def __str__(self) -> str:
        return f"signup {self.pk}"

    @property
    def shown_as(self) -> str:
        """Its state for colour and picture: a session that is held is done, a seat that is held waits for a word."""
        return "kept" if self.state == Signup.State.HELD else self.state

    @property
    def name(self) -> str:
        """Of the person, the guest or the party; whose person is loaded."""
        return self.person.name if self.person else self.guest or self.party

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


S = Signup.State
LIVE = frozenset({S.AWAITING_GUARDIAN, S.APPLIED, S.WAITING, S.HELD, S.CONFIRMED, S.CHECKED_IN})
SEATED = frozenset({S.HELD, S.CONFIRMED, S.CHECKED_IN, S.ATTENDED, S.ABSENT})
