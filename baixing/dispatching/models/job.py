"""What the worker process makes: the rows that are asked for are its queue."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q

from baixing.kernel.life import Living

One = TypeVar("One", bound="Job")
ASKED = "asked_for"


class JobQuerySet(models.QuerySet[One]):
    def idle(self, at: datetime) -> JobQuerySet[One]:
        """Those that are to be made and that nobody is at, or whose worker has not been heard of for a while."""
        return self.filter(state=ASKED).filter(Q(busy_until=None) | Q(busy_until__lt=at))


class Job(Living):
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    busy_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def being_made(self) -> bool:
        return self.state == ASKED
