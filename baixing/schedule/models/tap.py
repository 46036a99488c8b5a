"""What was tapped on a list without a network, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from baixing.schedule.models.session import Session
from baixing.schedule.models.signup import Signup


class Tap(models.Model):
    """One tap, counted once however often it is sent: its nonce was made on the device."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="taps")
    nonce = models.CharField(max_length=40)
    signup = models.ForeignKey(Signup, models.CASCADE, null=True, related_name="+")
    verb = models.CharField(max_length=4)
    moment = models.DateTimeField(null=True)  # as we count it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    taken = models.BooleanField(default=False)
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "nonce"], name="a_tap_counts_once"),
        ]

    def __str__(self) -> str:
        return self.nonce
