"""The published list of what a unit will put on: so many sessions within so much time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baixing.kernel.life import Living
from baixing.network.models import Unit
from baixing.programme.models.activity import Activity

MOST_SESSIONS = 10_000  # that a list promises


class ActivityList(Living):
    """A hundred sessions until December: what is promised, what is planned, what was held."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", pgettext_lazy("an activity list", "Closed")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=500, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activity_lists")
    first = models.DateField()
    last = models.DateField()  # inclusive
    target = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_SESSIONS)])
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-first", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_list_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(target__range=(1, MOST_SESSIONS)), name="a_list_has_a_target"),
        ]

    def __str__(self) -> str:
        return self.title


class Listed(models.Model):
    """That an activity stands on a list."""

    on = models.ForeignKey(ActivityList, models.CASCADE, related_name="listed")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="listed")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on", "activity"], name="an_activity_stands_on_a_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.on_id} {self.activity_id}"
