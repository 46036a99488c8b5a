"""Who would come if people were lacking, and who wants to hear of a free seat shortly before."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from baixing.schedule.models.role import Role
from baixing.schedule.models.session import Session

HOURS = (24, 4, 2)  # before the start


class Standby(models.Model):
    """A quiet word: I come if you lack people. It takes no seat and binds nobody until they are asked."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="standbys")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "person"], name="one_standby_a_person_and_role"),
        ]

    def __str__(self) -> str:
        return f"standby {self.pk}"


class Alert(models.Model):
    """Tell me so many hours before, if places are free then."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="alerts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hours = models.PositiveSmallIntegerField()
    due = models.DateTimeField()
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="one_alert_a_person_and_session"),
        ]
        indexes: ClassVar = [models.Index(fields=["due"], condition=Q(told_at=None), name="alerts_that_wait")]

    def __str__(self) -> str:
        return f"alert {self.pk}"
