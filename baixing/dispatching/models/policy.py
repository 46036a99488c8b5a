"""What a city finds how bad, and which units let plans offer by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baixing.network.models import Unit
from baixing.people.models import Person


class Policy(models.Model):
    """The weights of a city, by the unit at the top of its tree. Without a row those of rules/weights.py hold."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="policy")
    km = models.PositiveIntegerField()
    wait = models.PositiveIntegerField()
    fair = models.PositiveIntegerField()
    unserved = models.PositiveIntegerField()
    stranger = models.PositiveIntegerField()
    tongue = models.PositiveIntegerField(default=100)
    changed = models.PositiveIntegerField(default=300)
    road = models.PositiveSmallIntegerField()  # kilometres of road to 100 of straight line
    speed = models.PositiveSmallIntegerField(default=40)  # km an hour
    notice = models.PositiveSmallIntegerField()  # days
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_plan_gives_notice_of_two_days_at_most", condition=Q(notice__lte=2)),
            models.CheckConstraint(name="no_road_is_shorter_than_the_straight_line", condition=Q(road__gte=100)),
            models.CheckConstraint(name="a_team_gets_about_at_some_speed", condition=Q(speed__gte=1)),
        ]

    def __str__(self) -> str:
        return f"policy {self.pk}"


class Automatic(models.Model):
    """Whether the plans of a unit offer by themselves what is proven. A head decides it."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="automatic")
    on = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"automatic {self.pk}"
