"""What is booked or held again and again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Recurrence(models.Model):
    """How bookings or sessions repeat, as it was said in the words of RFC 5545. Each of them lives by itself."""

    rule = models.CharField(max_length=120)  # an RRULE without its name
    exdates = models.CharField(
        max_length=1000, blank=True, default=""
    )  # local days left out: 20260312, apart by commas
    start = models.DateTimeField()  # of the first occurrence there would be: its DTSTART
    end = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_recurrence_ends_after_it_starts", condition=Q(end__gt=F("start"))),
        ]

    def __str__(self) -> str:
        return self.rule
