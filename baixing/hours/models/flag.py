"""What somebody should look at, and what is asked to be put right. A flag never decides; a person does, with words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.hours.models.certificate import Certificate
from baixing.hours.models.claim import HoursClaim
from baixing.hours.models.entry import HoursEntry
from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.network.models import Unit
from baixing.schedule.models import Session


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> FlagQuerySet:
        return self.filter(settled_at=None)

    def on_claim(self, claim: HoursClaim) -> FlagQuerySet:
        """Those of the claim itself, and those of its whole session."""
        return self.filter(Q(claim=claim) | Q(session=claim.session_id))


class Flag(models.Model):
    """One thing that looks odd, or that somebody objects to."""

    class Kind(models.TextChoices):
        OVERLAP = "overlap", _("At two sessions at the same time")
        APART = "apart", _("At two places too far apart for the time between")
        BULK = "bulk", _("Many were entered at one desk within a minute")
        ALIKE = "alike", _("All are said to have left at the same minute")
        AFTER_START = "after_start", _("The session was entered after it had begun")
        MOVED = "moved", _("The session was changed after it had begun")
        OBJECTION = "objection", _("Somebody objects")

    kind = models.CharField(max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # whose people look at it
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="flags")
    claim = models.ForeignKey(HoursClaim, models.PROTECT, null=True, related_name="flags")
    entry = models.ForeignKey(HoursEntry, models.PROTECT, null=True, related_name="flags")
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="flags")
    other = models.ForeignKey(HoursClaim, models.PROTECT, null=True, related_name="+", db_index=False)
    number = models.PositiveIntegerField(null=True)  # kilometres, or people
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )  # null: the system
    at = models.DateTimeField()
    words = SealedField(blank=True, default="")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)
    answer = SealedField(blank=True, default="")

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_flag_is_about_one_thing",
                condition=Q(session__isnull=False, claim=None, entry=None, certificate=None)
                | Q(session=None, claim__isnull=False, entry=None, certificate=None)
                | Q(session=None, claim=None, entry__isnull=False, certificate=None)
                | Q(session=None, claim=None, entry=None, certificate__isnull=False),
            ),
            models.CheckConstraint(
                name="a_flag_is_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["session", "kind"], condition=Q(session__isnull=False), name="one_flag_a_session_and_kind"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=Q(settled_at=None), name="flags_that_are_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def about(self) -> str:
        """The title of the session it is about, or the number of the certificate."""
        if self.certificate is not None:
            return self.certificate.number
        if self.entry is not None:
            return self.entry.session.title if self.entry.session is not None else ""
        session = self.claim.session if self.claim is not None else self.session
        return session.title if session is not None else ""


class Correction(Living):
    """An entry is to be taken back, and so many minutes put in its place: one asks, another agrees."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        DONE = "done", _("Put right")
        DROPPED = "dropped", _("Dropped")

    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    entry = models.ForeignKey(HoursEntry, models.PROTECT, related_name="corrections")
    minutes = models.PositiveIntegerField(default=0)  # 0: none
    words = SealedField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry"], condition=Q(state="asked"), name="one_live_correction_an_entry"),
            models.CheckConstraint(
                name="nobody_agrees_to_their_own_correction",
                condition=~Q(state="done") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"
