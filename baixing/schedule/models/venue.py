"""Venues: buildings and grounds of a unit, the spaces in them, when they are open and when they are not."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.network.models import Unit

MOST_HEADS_IN = 20_000  # the largest square
DAY_MINUTES: Final = 24 * 60


class VenueQuerySet(models.QuerySet["Venue"]):
    def in_use(self) -> VenueQuerySet:
        return self.filter(in_use=True)

    def within(self, unit: Unit) -> VenueQuerySet:
        return self.filter(unit__path__startswith=unit.path)


class Venue(models.Model):
    """A building or ground of a unit. What holds one thing at a time are its spaces."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("Library")
        CULTURE = "culture", _("Culture house")
        HALL = "hall", _("Hall")
        SQUARE = "square", _("Square")
        MUSEUM = "museum", _("Museum")
        SCHOOL = "school", _("School")
        SPORT = "sport", _("Sports ground")
        STATION = "station", _("Rooms of a station")
        OTHER = "other", _("Another place")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="venues")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=120, blank=True, default="")
    about = models.CharField(max_length=600, blank=True, default="")
    access = models.CharField(max_length=80, blank=True, default="")  # codes of WAYS_IN, apart by spaces
    in_use = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="a_unit_has_one_venue_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SpaceQuerySet(models.QuerySet["Space"]):
    def in_use(self) -> SpaceQuerySet:
        return self.filter(in_use=True, venue__in_use=True)

    def within(self, unit: Unit) -> SpaceQuerySet:
        return self.filter(venue__unit__path__startswith=unit.path)

    def fitted(self, codes: list[str]) -> SpaceQuerySet:
        """With all of this equipment. No code is a part of another."""
        found = self
        for code in codes:
            found = found.filter(equipment__contains=code)
        return found


class Space(models.Model):
    """What holds one thing at a time: a hall, a room, a square. Whoever books it takes its turn first.

    Who may book it is a circle: each holds the ones before it. `at_once` may not be wider than `asks`.
    """

    class Circle(models.IntegerChoices):
        NOBODY = 0, _("Nobody")
        OWN = 1, _("Staff of its unit, and of those above and below")
        UNITS = 2, _("Staff of any unit")
        TEAMS = 3, _("Leaders of teams, too")
        EVERYBODY = 4, _("Residents, too")

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="spaces")
    name = models.CharField(max_length=40)
    capacity = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_HEADS_IN)])
    equipment = models.CharField(max_length=160, blank=True, default="")  # codes of EQUIPMENT, apart by spaces
    about = models.CharField(max_length=300, blank=True, default="")
    at_once = models.PositiveSmallIntegerField(choices=Circle, default=Circle.OWN)
    asks = models.PositiveSmallIntegerField(choices=Circle, default=Circle.TEAMS)
    in_use = models.BooleanField(default=True)
    turn = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["venue", "name"], name="a_venue_has_one_space_of_a_name"),
            models.CheckConstraint(name="a_space_holds_somebody", condition=Q(capacity__range=(1, MOST_HEADS_IN))),
            models.CheckConstraint(name="who_books_at_once_may_ask", condition=Q(at_once__lte=F("asks"), asks__lte=4)),
        ]

    def __str__(self) -> str:
        return self.name


class OpenHours(models.Model):
    """From when to when a venue is open on one weekday, in minutes of the day; several rows when it shuts at noon."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()  # 1440 is midnight

    class Meta:
        ordering: ClassVar = ["weekday", "opens"]
        constraints: ClassVar = [
            models.CheckConstraint(name="hours_are_of_a_week", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="hours_lie_in_their_day", condition=Q(closes__gt=F("opens"), closes__lte=DAY_MINUTES)
            ),
            models.UniqueConstraint(fields=["venue", "weekday", "opens"], name="a_venue_opens_once_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def touching(self, first: date, last: date) -> ClosureQuerySet:
        """Those that hold and share a day with first to last, both included."""
        return self.filter(dropped_at=None, first__lte=last, last__gte=first)

    def to_come(self, today: date) -> ClosureQuerySet:
        return self.filter(dropped_at=None, last__gte=today).order_by("first", "pk")


class Closure(models.Model):
    """Days on which a venue, or one space of it, is closed; all from the first to the last."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="closures")
    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="closures")  # null: the whole venue
    first = models.DateField()
    last = models.DateField()
    words = models.CharField(max_length=60)  # why; everybody reads it
    dropped_at = models.DateTimeField(null=True, editable=False)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="a_closure_ends_after_it_starts", condition=Q(last__gte=F("first"))),
        ]
        indexes: ClassVar = [models.Index(fields=["venue", "last"], name="closures_of_a_venue")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    def shuts(self, space: Space) -> bool:
        return self.space_id in {None, space.pk}
