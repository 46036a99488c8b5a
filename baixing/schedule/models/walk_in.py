"""Somebody who came unasked, and was noted on a list without a network."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from baixing.kernel.seal import SealedField
from baixing.schedule.models.role import Role
from baixing.schedule.models.session import Session
from baixing.schedule.models.signup import MOST_HEADS, Signup


class WalkInQuerySet(models.QuerySet["WalkIn"]):
    def undecided(self) -> WalkInQuerySet:
        """Who has no seat yet, and nobody has said what becomes of them."""
        return self.filter(signup=None, decided_at=None)


class WalkIn(models.Model):
    """Counted once however often it is sent: its nonce was made on the device. Kept until a person decides."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="walk_ins")
    nonce = models.CharField(max_length=40)
    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    guest = SealedField(blank=True, default="")  # empty once it is decided that no seat is taken
    phone = SealedField(blank=True, default="")
    headcount = models.PositiveIntegerField(default=1)
    moment = models.DateTimeField()  # as we count it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    signup = models.ForeignKey(Signup, models.CASCADE, null=True, related_name="+")  # whom they turned out to be
    answer = models.CharField(max_length=200, blank=True, default="")  # what the device was told
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    objects = WalkInQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["moment", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "nonce"], name="a_walk_in_is_noted_once"),
            models.CheckConstraint(name="a_walk_in_is_of_heads", condition=Q(headcount__range=(1, MOST_HEADS))),
        ]

    def __str__(self) -> str:
        return self.nonce
