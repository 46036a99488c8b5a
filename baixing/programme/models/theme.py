"""What each month is about."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ThemeQuerySet(models.QuerySet["Theme"]):
    def of_month(self, day: date) -> ThemeQuerySet:
        return self.filter(month=day.replace(day=1))


class Theme(models.Model):
    """What one month is about."""

    month = models.DateField(_("Month"), unique=True)
    title = models.CharField(max_length=24)
    title_en = models.CharField(max_length=80, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    words_en = models.CharField(max_length=300, blank=True, default="")
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.CheckConstraint(name="theme_starts_its_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return self.title
