"""The tree of units, who holds a post in them, and which village a resident calls home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL, Hours, is_workday
from baixing.kernel.seal import SealedField
from baixing.people.models import Person

WORKWEEK = "12345"


class Platform(models.Model):
    """One of the five platforms; a tag on everything offered and held. A city edits them."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """One of the five tasks; the other tag. A city edits them."""

    slug = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    def within(self, top: Unit) -> UnitQuerySet:
        """The unit and everything below it."""
        return self.filter(path__startswith=top.path)

    def above(self, unit: Unit) -> UnitQuerySet:
        """The unit and those above it, the highest first."""
        return self.filter(path__in=unit.line()).order_by("path")

    def tier(self, number: int) -> UnitQuerySet:
        return self.filter(tier=number)

    def partners(self) -> UnitQuerySet:
        return self.filter(tier=0)

    def matching(self, words: str) -> UnitQuerySet:
        """Units whose name or pinyin holds each of the words."""
        found = self
        for word in words.lower().split():
            found = found.filter(search_text__contains=word)
        return found


class Unit(models.Model):
    """A node of the network: a centre, an institute, a station, or a partner hung on one of them."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Centre")
        INSTITUTE = "institute", _("Institute")
        STATION = "station", _("Station")
        MEMBER = "member", _("Member unit")
        BASE = "base", _("Practice base")

    kind = models.CharField(max_length=10, choices=Kind)
    tier = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40)
    code = models.CharField(max_length=12, unique=True, null=True, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=80, unique=True, editable=False)
    phone = models.CharField(max_length=30, blank=True, default="")
    opens = models.TimeField(default=time(8, 30))
    noon_from = models.TimeField(null=True, blank=True, default=time(12))
    noon_to = models.TimeField(null=True, blank=True, default=time(14, 30))
    closes = models.TimeField(default=time(18))
    open_days = models.CharField(max_length=7, default=WORKWEEK)
    address = models.CharField(max_length=120, blank=True, default="")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    place_source = models.CharField(max_length=80, blank=True, default="")
    about = models.TextField(max_length=1000, blank=True, default="")
    invented = models.BooleanField(default=False)
    search_text = models.CharField(max_length=400, editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tier", "path"], name="unit_tier_path")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="unit_tier_fits_its_kind",
                condition=Q(kind="centre", tier__in=(3, 4))
                | Q(kind="institute", tier=2)
                | Q(kind="station", tier=1)
                | Q(kind__in=("member", "base"), tier=0),
            ),
            models.CheckConstraint(
                name="only_a_centre_stands_at_the_top",
                condition=Q(parent__isnull=False) | Q(kind="centre"),
            ),
            models.CheckConstraint(
                name="unit_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="coordinates_name_their_source",
                condition=Q(lat=None, lon=None)
                | (Q(lat__range=(-90, 90), lon__range=(-180, 180)) & ~Q(place_source="")),
            ),
            models.CheckConstraint(name="unit_opens_before_it_closes", condition=Q(opens__lt=F("closes"))),
            models.CheckConstraint(
                name="noon_break_lies_in_the_day",
                condition=Q(noon_from=None, noon_to=None)
                | Q(
                    noon_from__gt=F("opens"),
                    noon_to__gt=F("noon_from"),
                    noon_to__lt=F("closes"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def line(self) -> list[str]:
        """The paths of the unit and of all above it, the highest first."""
        steps = self.path.split(".")[:-1]
        return [".".join(steps[:n]) + "." for n in range(1, len(steps) + 1)]

    def covers(self, other: Unit) -> bool:
        return other.path.startswith(self.path)

    def is_partner(self) -> bool:
        return self.tier == 0

    def hours_of(self) -> Hours:
        if self.noon_from is None or self.noon_to is None:
            return Hours(opens=self.opens, noon_from=self.closes, noon_to=self.closes, closes=self.closes)
        return Hours(opens=self.opens, noon_from=self.noon_from, noon_to=self.noon_to, closes=self.closes)

    def works_on(self, day: date) -> bool:
        """A unit of the workweek keeps the holidays and make-up days."""
        return is_workday(day) if self.open_days == WORKWEEK else str(day.isoweekday()) in self.open_days

    def is_open(self, at: datetime) -> bool:
        """Is somebody there at this moment?"""
        here = at.astimezone(LOCAL)
        at_noon = bool(self.noon_from and self.noon_to and self.noon_from <= here.time() < self.noon_to)
        return self.works_on(here.date()) and self.opens <= here.time() < self.closes and not at_noon


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, on: datetime) -> PostQuerySet:
        """Posts that run at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)

    def of_kinds(self, kinds: Iterable[str]) -> PostQuerySet:
        return self.filter(kind__in=tuple(kinds))

    def by_or_for(self, person: Person | int, on: datetime) -> PostQuerySet:
        """Running posts of the person, and those in which they stand in."""
        deputed = Deputy.objects.running(on).filter(person=person)
        return self.held(on).filter(Q(person=person) | Q(pk__in=deputed.values("post")))


class Post(models.Model):
    """A person's standing in a unit, from a day to a day. All authority comes from here."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Head")
        STAFF = "staff", _("Staff")
        DISPATCHER = "dispatcher", _("Dispatcher")
        EDITOR = "editor", _("Editor")
        AUDITOR = "auditor", _("Auditor")
        STEERING = "steering", _("Steering group")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "kind", "until"], name="post_unit_kind"),
            models.Index(fields=["person", "until"], name="post_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="a_person_holds_a_post_once",
                fields=["person", "unit", "kind"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def running(self, on: datetime) -> DeputyQuerySet:
        return self.filter(since__lte=on, until__gt=on)

    def clashing(self, post: Post, since: datetime, until: datetime) -> DeputyQuerySet:
        """Those who stand in for the same post at a moment they share."""
        return self.filter(post=post, since__lt=until, until__gt=since)


class Deputy(models.Model):
    """Who stands in for a post while its holder is away; both have its powers meanwhile."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputed")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = DeputyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "until"], name="deputy_person")]
        constraints: ClassVar = [
            models.CheckConstraint(name="deputy_ends_after_starting", condition=Q(until__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return f"deputy {self.pk}"


class Home(models.Model):
    """The village or community a person lives in, and where exactly, sealed."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="home")
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="homes")
    address = SealedField(blank=True, default="")
    alone = models.BooleanField(default=False)  # an elder who lives alone: two people visit

    def __str__(self) -> str:
        return f"home {self.pk}"
