"""The days on which a team serves nobody."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from baixing.teams.models import Team


class DaysOffQuerySet(models.QuerySet["DaysOff"]):
    def touching(self, first: date, last: date) -> DaysOffQuerySet:
        """Those that hold and share any day with first to last, both included.

        A weekly one begins and ends on a day off, so it shares one if either end lies within; else the weekday decides.
        """
        met = {(first + timedelta(days=n)).weekday() for n in range(min((last - first).days + 1, 7))}
        end_within = Q(first__gte=first) | Q(last__lte=last)
        on_it = Q(weekday=None) | end_within | Q(weekday__in=met)
        return self.filter(on_it, dropped_at=None, first__lte=last, last__gte=first)

    def to_come(self, today: date) -> DaysOffQuerySet:
        return self.filter(dropped_at=None, last__gte=today).order_by("first")


class DaysOff(models.Model):
    """Days on which a team serves nobody: all from the first to the last, inclusive, or one weekday of each week."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="days_off")
    first = models.DateField()
    last = models.DateField()
    weekday = models.PositiveSmallIntegerField(null=True)  # 0 is Monday: only this day of each week; null: all days
    words = models.CharField(max_length=60, blank=True, default="")
    dropped_at = models.DateTimeField(null=True, editable=False)

    objects = DaysOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="days_off_end_after_they_start"),
            models.CheckConstraint(condition=Q(weekday=None) | Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]
        indexes = [models.Index(fields=["team", "last"], name="days_off_of_a_team")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    def days(self) -> list[date]:
        step = 1 if self.weekday is None else 7
        return [self.first + timedelta(days=n) for n in range(0, (self.last - self.first).days + 1, step)]
