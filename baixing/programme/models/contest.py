"""Contests and showcases: works or villages' matters that people enter, and what a jury says of them."""

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
from baixing.teams.models import Team

MOST_POINTS = 10


class Contest(Living):
    """A call for works. The server's clock opens and closes it; `entries` counts what has come in."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", pgettext_lazy("a contest", "Open")
        JUDGING = "judging", _("With the jury")
        ANNOUNCED = "announced", _("Result published")
        CALLED_OFF = "called_off", _("Called off")

    class Kind(models.TextChoices):
        CONTEST = "contest", _("A contest: a jury looks at the works")
        SHOWCASE = "showcase", _("A showcase: all that fits is shown")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CONTEST)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=2000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contests")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    entries = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    why = models.CharField(max_length=200, blank=True, default="", editable=False)  # it was called off
    invented = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-closes_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="a_contest_closes_after_it_opens"),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(why=""), name="a_contest_is_called_off_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Category(models.Model):
    """One of the kinds of works that a contest asks for."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="categories")
    name = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "name"], name="a_contest_names_a_category_once"),
        ]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Work(Living):
    """What somebody has entered: a work, or a matter of a village. `prize` is the work's and nobody's rank."""

    class State(models.TextChoices):
        AWAITING_GUARDIAN = "awaiting_guardian", _("Waits for the guardian")
        ENTERED = "entered", pgettext_lazy("a work", "Waits to be looked at")
        ADMITTED = "admitted", pgettext_lazy("a work", "Taken in")
        REFUSED = "refused", pgettext_lazy("a work", "Not taken in")
        WITHDRAWN = "withdrawn", pgettext_lazy("a work", "Taken back")

    class Prize(models.TextChoices):
        FIRST = "first", _("Outstanding work")
        SECOND = "second", _("Excellent work")
        THIRD = "third", _("Good work")

    state = models.CharField(max_length=20, choices=State, default=State.ENTERED, editable=False)
    contest = models.ForeignKey(Contest, models.PROTECT, related_name="works")
    category = models.ForeignKey(Category, models.PROTECT, related_name="works")
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=5000)
    maker = models.CharField(max_length=40, blank=True, default="")  # as whoever entered it wants to be named; or not
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="works")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")  # whose matter it is
    guardian = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.CharField(max_length=200, blank=True, default="")  # why it was not taken in
    prize = models.CharField(max_length=6, choices=Prize, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(prize="") | Q(state="admitted"), name="a_prize_is_of_a_work_taken_in"),
        ]
        indexes: ClassVar = [models.Index(fields=["contest", "state"], name="works_of_a_contest")]

    def __str__(self) -> str:
        return self.title


class Picture(models.Model):
    """A picture of a work, drawn anew by us when it came in, as `Photo` is."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="pictures")
    words = models.CharField(max_length=100)
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "digest"], name="a_picture_of_a_work_shows_once"),
        ]

    def __str__(self) -> str:
        return self.words


class Juror(models.Model):
    """Somebody whom the unit asks to judge, alone until everybody has handed in."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="jurors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "person"], name="a_juror_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.person_id}"


class Mark(models.Model):
    """What one juror says of one work."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="marks")
    juror = models.ForeignKey(Juror, models.CASCADE, related_name="marks")
    points = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)])
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "juror"], name="a_juror_marks_a_work_once"),
            models.CheckConstraint(condition=Q(points__range=(1, MOST_POINTS)), name="a_mark_has_its_range"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.points}"
