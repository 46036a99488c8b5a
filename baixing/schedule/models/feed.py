"""A secret address at which somebody's calendar, or their team's, is read by the calendar of their own device."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from baixing.kernel.seal import SealedField
from baixing.teams.models import Team


class FeedQuerySet(models.QuerySet["Feed"]):
    def live(self) -> FeedQuerySet:
        return self.filter(revoked_at=None)


class Feed(models.Model):
    """Whoever has the address reads it, so there is one for each person and calendar, and it can be revoked."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="feeds")  # null: the person's own
    secret = SealedField(blank=True, default="")  # shown to its owner again; empty once it is revoked
    digest = models.CharField(max_length=64, unique=True)  # by which it is found; of 24 random bytes, so without a key
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_live_feed_of_ones_own", fields=["person"], condition=Q(revoked_at=None, team=None)
            ),
            models.UniqueConstraint(
                name="one_live_feed_a_person_and_team",
                fields=["person", "team"],
                condition=Q(revoked_at=None, team__isnull=False),
            ),
            models.CheckConstraint(name="a_revoked_feed_has_no_address", condition=Q(revoked_at=None) ^ Q(secret="")),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
