"""Everything held at a time and place."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.network.models import Platform, Unit
from baixing.schedule.models.recurrence import Recurrence
from baixing.teams.models import Team


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> SessionQuerySet:
        """Not called off: it is held, or will be."""
        return self.exclude(state=Session.State.CALLED_OFF)

    def clashing(self, team: Team, start: datetime, end: datetime) -> SessionQuerySet:
        """Live sessions of the team that share any moment with [start, end)."""
        return self.live().filter(team=team, start__lt=end, end__gt=start)

    def on_show(self) -> SessionQuerySet:
        """What everybody may read of: drafts are not for them."""
        return self.filter(public=True).exclude(state=Session.State.DRAFT)

    def between(self, start: datetime, end: datetime) -> SessionQuerySet:
        return self.filter(start__gte=start, start__lt=end)


SessionManager = models.Manager.from_queryset(SessionQuerySet)


class Session(Living):
    """One occurrence: what, where, when, who served, how many came. Everything held is one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        HELD = "held", _("Held")
        REPORTED = "reported", _("Reported")
        CALLED_OFF = "called_off", _("Called off")

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        ACTIVITY = "activity", _("Activity")
        LESSON = "lesson", _("Lesson")
        BROADCAST = "broadcast", _("Broadcast")
        GROUP_VISIT = "group_visit", _("Group visit")

    state = models.CharField(max_length=20, choices=State, default=State.OPEN, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=1000, blank=True, default="")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sessions")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="sessions")
    platform = models.ForeignKey(Platform, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(null=True, editable=False)  # null: before this was kept
    start = models.DateTimeField()
    end = models.DateTimeField()
    public = models.BooleanField(default=False)  # whether everybody may read of it and sign up
    place = models.CharField(max_length=80, blank=True, default="")
    meeting_point = models.CharField(max_length=80, blank=True, default="")
    link = models.URLField(max_length=300, blank=True, default="")
    speech = models.CharField(max_length=20, blank=True, default="")  # the language or dialect it is held in
    access = models.CharField(max_length=60, blank=True, default="")  # codes of ACCESS, apart by spaces
    risk = models.CharField(max_length=300, blank=True, default="")  # what may happen, told before signing up
    insurance = models.CharField(max_length=80, blank=True, default="")  # who insures the volunteers, and the policy
    agreement = models.CharField(max_length=1000, blank=True, default="")  # what whoever signs up agrees to
    approval = models.BooleanField(default=False)  # whether a sign-up waits for a yes
    signup_from = models.DateTimeField(null=True, blank=True)
    signup_until = models.DateTimeField(null=True, blank=True)  # null: until it ends
    recurrence = models.ForeignKey(Recurrence, models.PROTECT, null=True, related_name="sessions")
    rule_start = models.DateTimeField(null=True, editable=False)  # by its recurrence; moved by itself: not its start

    objects = SessionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="session_ends_after_start"),
            models.CheckConstraint(condition=~Q(kind="visit") | Q(team__isnull=False), name="visit_names_its_team"),
            models.CheckConstraint(condition=~Q(kind="visit", public=True), name="a_visit_is_nobody_elses_business"),
            models.CheckConstraint(
                condition=Q(recurrence=None, rule_start=None) | Q(recurrence__isnull=False, rule_start__isnull=False),
                name="what_recurs_has_its_time_by_rule",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "start"], name="sessions_of_a_team"),
            models.Index(fields=["unit", "start"], name="sessions_of_a_unit"),
            models.Index(fields=["start"], condition=Q(public=True), name="sessions_on_show"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.start:%F %R}"

    @property
    def takes_signups(self) -> bool:
        return self.kind != Session.Kind.VISIT

    @property
    def length(self) -> timedelta:
        return self.end - self.start
