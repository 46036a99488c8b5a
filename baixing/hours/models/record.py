"""A volunteer's record as a whole, and the stars that a city gives for it."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from baixing.teams.models import Volunteer


class Record(models.Model):
    """What is kept of a volunteer beside the lines: whose turn it is to add one, and whether they want a star."""

    volunteer = models.OneToOneField(Volunteer, models.PROTECT, related_name="record")
    turn = models.PositiveIntegerField(default=0, editable=False)
    stars = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"record {self.pk}"


class StarLevel(models.Model):
    """So many hours, and so many stars. A city edits them."""

    stars = models.PositiveSmallIntegerField(unique=True, validators=[MinValueValidator(1), MaxValueValidator(9)])
    name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=40, blank=True, default="")
    hours = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100_000)])
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar = ["stars"]
        constraints: ClassVar = [
            models.CheckConstraint(name="one_to_nine_stars", condition=Q(stars__range=(1, 9))),
            models.CheckConstraint(name="a_star_asks_for_hours", condition=Q(hours__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name
