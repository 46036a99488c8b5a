"""What is put on: an activity, who puts it on together, and its sessions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baixing.kernel.life import Living
from baixing.network.models import Platform, Task, Unit
from baixing.programme.models.brand import Brand
from baixing.programme.models.campaign import Campaign
from baixing.programme.models.series import Series
from baixing.programme.models.theme import Theme
from baixing.schedule.models import Session
from baixing.teams.models import Team


class ActivityQuerySet(models.QuerySet["Activity"]):
    def shown(self) -> ActivityQuerySet:
        """What everybody may read of."""
        return self.filter(state__in=(Activity.State.PUBLISHED, Activity.State.CONCLUDED))

    def live(self) -> ActivityQuerySet:
        """What is still worked on."""
        return self.filter(state__in=(Activity.State.DRAFT, Activity.State.PUBLISHED))

    def within(self, unit: Unit) -> ActivityQuerySet:
        return self.filter(unit__path__startswith=unit.path)


ActivityManager = models.Manager.from_queryset(ActivityQuerySet)


class Activity(Living):
    """What is put on. When and where is said by its sessions; `unit` is the host that answers for it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CONCLUDED = "concluded", _("Concluded")
        WITHDRAWN = "withdrawn", pgettext_lazy("an activity", "Withdrawn")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=1000, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="activities")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="activities")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="activities")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="activities")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="activities")
    platform = models.ForeignKey(Platform, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="+")
    results = models.CharField(max_length=2000, blank=True, default="")  # told once something was held
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False)

    objects = ActivityManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "state", "made_at"], name="activities_of_a_unit")]

    def __str__(self) -> str:
        return self.title


class Organiser(Living):
    """A unit that is asked to put an activity on together with its host, and its answer."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a unit", "Not answered yet")
        ACCEPTED = "accepted", pgettext_lazy("a unit", "Takes part")
        DECLINED = "declined", pgettext_lazy("a unit", "Does not take part")

    class Kind(models.TextChoices):
        HOST = "host", _("Host")
        ORGANISER = "organiser", _("Organiser")
        SUPPORTER = "supporter", _("Supporter")

    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="organisers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "unit"], name="a_unit_organises_an_activity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}"

    @property
    def is_host(self) -> bool:
        """One that has said yes: it may change the activity like the first."""
        return self.kind == self.Kind.HOST and self.state == self.State.ACCEPTED


class Occasion(models.Model):
    """That a session is one of an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occasions")
    session = models.OneToOneField(Session, models.PROTECT, related_name="occasion")

    def __str__(self) -> str:
        return f"{self.activity_id} {self.session_id}"
