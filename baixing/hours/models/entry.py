"""The ledger of hours: lines that the database itself refuses to change, chained per volunteer."""

from __future__ import annotations

from datetime import UTC
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.hours.models.claim import HoursClaim
from baixing.hours.models.transfer import Transfer
from baixing.kernel.canonical import digest
from baixing.schedule.models import Session
from baixing.teams.models import Volunteer


class HoursEntryQuerySet(models.QuerySet["HoursEntry"]):
    def of(self, volunteer: Volunteer) -> HoursEntryQuerySet:
        """The lines of one volunteer, the oldest first."""
        return self.filter(volunteer=volunteer).order_by("seq")

    def standing(self) -> HoursEntryQuerySet:
        """Neither reversals nor what was reversed."""
        return self.filter(reversal=None).exclude(kind=HoursEntry.Kind.REVERSAL)


HoursEntryManager = models.Manager.from_queryset(HoursEntryQuerySet)


class HoursEntry(models.Model):
    """One line. It names a number and keys, never a name, so it stays whole when a person is forgotten."""

    class Kind(models.TextChoices):
        CREDIT = "credit", _("Served")
        REVERSAL = "reversal", _("Taken back")
        MOVED_IN = "moved_in", _("From another system")
        MOVED_OUT = "moved_out", _("To another system")

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="entries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    minutes = models.IntegerField()
    days = models.JSONField(default=list)  # [["2026-03-05", 120], …]: the minutes by local day
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")
    claim = models.OneToOneField(HoursClaim, models.PROTECT, null=True, related_name="entry")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    transfer = models.OneToOneField(Transfer, models.PROTECT, null=True, related_name="entry")
    late = models.BooleanField(default=False)
    above = models.BooleanField(default=False)  # whoever put it in works in a unit above that of the session
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_index=True)
    before = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)

    objects = HoursEntryManager()

    class Meta:
        verbose_name_plural = "hours entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volunteer", "seq"], name="one_entry_a_step_of_a_volunteer"),
            models.CheckConstraint(
                name="two_people_stand_behind_an_entry_never_its_volunteer",
                condition=~Q(first_by=F("second_by")) & ~Q(first_by=F("person")) & ~Q(second_by=F("person")),
            ),
            models.CheckConstraint(
                name="an_entry_is_of_its_kind",
                condition=Q(kind="credit", minutes__gt=0, claim__isnull=False, session__isnull=False)
                | Q(kind="reversal", reverses__isnull=False, claim=None)
                | Q(kind="moved_in", minutes__gt=0, transfer__isnull=False, claim=None)
                | Q(kind="moved_out", minutes__lt=0, transfer__isnull=False, claim=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.seq}"

    def facts(self) -> dict[str, object]:
        """What the digest covers, as docs/ledger.md writes it. The volunteer must be at hand."""
        return {
            "number": self.volunteer.number,
            "of": self.person_id,
            "seq": self.seq,
            "kind": str(self.kind),
            "minutes": self.minutes,
            "days": [list(day) for day in self.days],
            "session": self.session_id,
            "reverses": self.reverses.seq if self.reverses is not None else None,
            "transfer": self.transfer.digest if self.transfer is not None else None,
            "late": self.late,
            "above": self.above,
            "by": [self.first_by_id, self.second_by_id],
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "before": self.before,
        }

    def digest_of_all(self) -> str:
        return digest(self.facts())


class LedgerRoot(models.Model):
    """One digest over the last lines of all volunteers at the end of a month, published."""

    month = models.DateField(unique=True)
    until = models.DateTimeField()  # lines before this moment are under it
    root = models.CharField(max_length=64)
    volunteers = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    minutes = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="ledger_root_starts_its_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.root}"
