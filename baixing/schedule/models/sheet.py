"""The roster on paper: what was printed, and what two people read from it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from baixing.kernel.seal import SealedField
from baixing.schedule.models.session import Session


class Sheet(models.Model):
    """One printing. `rows` are the keys of the sign-ups in the order in which they stand on it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="sheets")
    code = models.CharField(max_length=12, unique=True)  # printed on it, and in its QR
    rows = models.JSONField()
    blanks = models.PositiveSmallIntegerField(default=0)  # rows for whoever comes unasked
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # what both read alike was taken, and the rest decided
    answers = SealedField(blank=True, default="")  # JSON: row to the words that refused it

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """What one person read from a sheet, line by line, without seeing what the other one read."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="readings")
    place = models.PositiveSmallIntegerField()  # 1 is the first
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    lines = SealedField()  # JSON: row to what stands in it; names of walk-ins are among it

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "place"], name="a_sheet_is_read_twice"),
            models.UniqueConstraint(fields=["sheet", "by"], name="two_people_read_a_sheet"),
            models.CheckConstraint(name="a_sheet_has_two_readings", condition=Q(place__range=(1, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.place}"
