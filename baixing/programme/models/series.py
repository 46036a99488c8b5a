"""Several activities under one name; a tour is one that goes from place to place."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.network.models import Unit


class Series(models.Model):
    """Several activities, each with its own hosts, under one name."""

    class Kind(models.TextChoices):
        SERIES = "series", _("Series")
        TOUR = "tour", _("Tour")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.SERIES)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=1000, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="series")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title
