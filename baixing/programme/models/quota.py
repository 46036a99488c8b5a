"""How much of each platform a unit of each tier puts on in a month, at least."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baixing.network.models import Platform

TIERS = (1, 2, 3, 4)
MOST_A_MONTH = 99


class Quota(models.Model):
    """A row that a city edits: of this platform, so many sessions a month for each unit of this tier."""

    tier = models.PositiveSmallIntegerField()
    platform = models.ForeignKey(Platform, models.CASCADE, related_name="quotas")
    least = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["tier", "platform"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tier", "platform"], name="one_quota_a_tier_and_platform"),
            models.CheckConstraint(condition=Q(tier__range=(TIERS[0], TIERS[-1])), name="a_quota_is_of_a_tier"),
            models.CheckConstraint(condition=Q(least__range=(1, MOST_A_MONTH)), name="a_quota_asks_for_something"),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.platform_id} {self.least}"
