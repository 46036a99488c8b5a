"""A device at the door that takes people in for one session, without anybody's account."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from baixing.schedule.models.session import Session


class Tablet(models.Model):
    """Its link is signed (`rules.tablet`), and works for the first device that takes it, until it ends or is ended."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="tablets")
    device = models.CharField(max_length=64, blank=True, default="")  # a digest of what the device keeps; empty: none
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"tablet {self.pk}"
