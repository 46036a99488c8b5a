"""A campaign of a unit: what is promised, who promised it, and what came of it, in matters and never in people."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baixing.kernel.life import Living
from baixing.network.models import Unit
from baixing.programme.models.theme import Theme

MOST_COUNTED = 1_000_000  # matters of one unit in one month


class Campaign(Living):
    """Plain weddings, empty plates: within so much time, what one promises, and which matters are counted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", pgettext_lazy("a campaign", "Closed")
        CALLED_OFF = "called_off", _("Called off")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=1000, blank=True, default="")
    promise = models.CharField(max_length=200)  # what whoever joins promises
    counted = models.CharField(max_length=60)  # which matters are counted
    measure = models.CharField(max_length=10)  # in which unit of measure
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="campaigns")
    first = models.DateField()
    last = models.DateField()  # inclusive
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    why = models.CharField(max_length=200, blank=True, default="", editable=False)  # it was called off
    turn = models.PositiveIntegerField(default=0, editable=False)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-first", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_campaign_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(why=""), name="a_campaign_is_called_off_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Pledge(Living):
    """That somebody has promised. `holder` is whose promise it is, once; emptied with the person, the count stays."""

    class State(models.TextChoices):
        MADE = "made", _("Promised")
        WITHDRAWN = "withdrawn", pgettext_lazy("a pledge", "Taken back")

    class Kind(models.TextChoices):
        PERSON = "person", _("For myself")
        HOUSEHOLD = "household", _("For my household")
        UNIT = "unit", _("For a unit")

    state = models.CharField(max_length=20, choices=State, default=State.MADE, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="pledges")
    kind = models.CharField(max_length=10, choices=Kind)
    holder = models.CharField(max_length=70, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="pledges")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "holder"], condition=Q(state="made") & ~Q(holder=""), name="one_promise_a_holder"
            ),
            models.CheckConstraint(
                condition=Q(kind="unit", unit__isnull=False) | (~Q(kind="unit") & Q(unit=None)),
                name="a_promise_of_a_unit_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Tally(Living):
    """How many matters a unit has counted in a month. It is read by others once a second person has confirmed it."""

    class State(models.TextChoices):
        TOLD = "told", _("Waits to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("a count", "Confirmed")
        RETURNED = "returned", _("Given back")

    state = models.CharField(max_length=20, choices=State, default=State.TOLD, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tallies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=300, blank=True, default="")  # how it was counted
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    told_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, default="")  # why it was given back

    class Meta:
        ordering: ClassVar = ["-month", "unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "unit", "month"], name="one_count_a_unit_and_month"),
            models.CheckConstraint(condition=Q(number__lte=MOST_COUNTED), name="a_count_is_within_reason"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_count_is_of_a_month"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("told_by"))),
                name="two_people_stand_behind_a_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.number}"
