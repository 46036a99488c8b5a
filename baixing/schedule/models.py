from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.network.models import Unit
from baixing.teams.models import Team


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self) -> SessionQuerySet:
        """Not called off: it is held, or will be."""
        return self.exclude(state=Session.State.CALLED_OFF)

    def clashing(self, team: Team, start: datetime, end: datetime) -> SessionQuerySet:
        """Live sessions of the team that share any moment with [start, end)."""
        return self.live().filter(team=team, start__lt=end, end__gt=start)

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

    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sessions")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="sessions")
    start = models.DateTimeField()
    end = models.DateTimeField()

    objects = SessionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="session_ends_after_start"),
            models.CheckConstraint(condition=~Q(kind="visit") | Q(team__isnull=False), name="visit_names_its_team"),
        ]
        indexes = [models.Index(fields=["team", "start"], name="sessions_of_a_team")]

    def __str__(self) -> str:
        return f"{self.title} {self.start:%F %R}"


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


class Attendance(models.Model):
    """A volunteer named for a session, and whether they came. Null until somebody says."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_attendance_a_person_and_session")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
