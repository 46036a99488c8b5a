"""What a centre offers: the lines of its menu, the words people use for them, what is true of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baixing.network.models import Platform, Task, Unit
from baixing.teams.models import LicenceKind, Skill

OLDEST = 120
DAY_OF_MINUTES = 480


class ItemQuerySet(models.QuerySet["ServiceItem"]):
    def active(self) -> ItemQuerySet:
        return self.filter(active=True)

    def offered_to(self, station: Unit) -> ItemQuerySet:
        """On the menu of a unit above the village, or of the village itself."""
        return self.filter(unit__path__in=station.line())

    def in_month(self, on: date) -> ItemQuerySet:
        """Offered all year, or in the month of this day."""
        month = str(on.month)
        return self.filter(
            Q(months__in=("", month))
            | Q(months__startswith=f"{month},")
            | Q(months__endswith=f",{month}")
            | Q(months__contains=f",{month},")
        )

    def on_menu_of(self, unit: Unit) -> ItemQuerySet:
        return self.filter(unit=unit)

    def in_order(self) -> ItemQuerySet:
        """As a menu is read: by platform, then as the items were put on it."""
        return self.order_by("platform__order", "pk")

    def with_nouns(self) -> ItemQuerySet:
        """Ready for a page: everything a row names is fetched with it."""
        return self.select_related("unit", "platform", "skill", "licence", "facts")


class ServiceItem(models.Model):
    """One line of a menu, offered in all villages under the unit whose menu it is."""

    class Place(models.TextChoices):
        HOME = "home", _("At your home")
        STATION = "station", _("At the station")
        ONLINE = "online", _("Online or by phone")
        EITHER = "either", _("At home or at the station")

    class Audience(models.TextChoices):
        ANYBODY = "anybody", _("Anybody")
        ELDERS = "elders", _("Elders")
        CHILDREN = "children", _("Children and parents")
        FARMERS = "farmers", _("Farmers")

    class Urgency(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        NORMAL = "normal", _("Normal")
        PLANNED = "planned", _("Can be planned")

    class Payer(models.TextChoices):
        NOBODY = "", _("No parts are needed")
        RESIDENT = "resident", _("The resident")
        CENTRE = "centre", _("The centre")
        TEAM = "team", _("The team")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=24)
    name_en = models.CharField(max_length=80, blank=True, default="")
    gist = models.CharField(max_length=120)
    gist_en = models.CharField(max_length=200, blank=True, default="")
    gets = models.TextField(max_length=1000, blank=True, default="")
    who = models.TextField(max_length=400, blank=True, default="")
    minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(5), MaxValueValidator(DAY_OF_MINUTES)]
    )
    place = models.CharField(max_length=8, choices=Place, default=Place.HOME)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ANYBODY)
    prepare = models.TextField(max_length=600, blank=True, default="")
    risks = models.TextField(max_length=600, blank=True, default="")
    documents = models.TextField(max_length=600, blank=True, default="")
    min_age = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    max_age = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    lead_days = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(60)])
    people = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(20)])
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="items")
    licence = models.ForeignKey(LicenceKind, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="items")
    tasks = models.ManyToManyField(Task, blank=True, related_name="items")
    shared = models.BooleanField(default=False)
    free = models.BooleanField(default=True)
    parts_payer = models.CharField(max_length=8, choices=Payer, blank=True, default=Payer.NOBODY)
    parts_note = models.CharField(max_length=200, blank=True, default="")
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    months = models.CharField(max_length=30, blank=True, default="")
    words = models.TextField(max_length=1000, blank=True, default="")
    search_text = models.TextField(editable=False, default="")
    active = models.BooleanField(default=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    retired_why = models.CharField(max_length=200, editable=False, default="")
    asked_at = models.DateTimeField(null=True, editable=False)  # since when its staff are asked what becomes of it
    back_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "active"], name="items_of_a_menu")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="item_is_retired_or_on_the_menu",
                condition=Q(active=True, retired_at=None, retired_why="") | Q(active=False, retired_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_an_item_off_the_menu_waits_for_a_word", condition=Q(active=False) | Q(asked_at=None)
            ),
            models.CheckConstraint(
                name="item_is_for_somebody",
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
            ),
            models.CheckConstraint(
                name="item_takes_time_and_people",
                condition=Q(minutes__range=(5, DAY_OF_MINUTES), people__range=(1, 20)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Its name in the language of the reader; in Chinese where nobody has translated it."""
        english = (get_language() or "").startswith("en")
        return self.name_en if english and self.name_en else self.name

    def month_numbers(self) -> frozenset[int]:
        """The months it is offered in; none named means all year."""
        return frozenset(int(month) for month in self.months.split(",") if month)

    def plain_words(self) -> list[str]:
        return [word.strip() for word in self.words.splitlines() if word.strip()]


class Synonym(models.Model):
    """What people in a unit say, and the word of the menu that it means."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="synonyms")
    word = models.CharField(max_length=20)
    means = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_pair_of_words_is_said_once", fields=["unit", "word", "means"]),
            models.CheckConstraint(name="a_word_does_not_mean_itself", condition=~Q(word=F("means"))),
        ]

    def __str__(self) -> str:
        return f"{self.word} = {self.means}"


class ItemFacts(models.Model):
    """What really happens to orders of an item; told by the orders, shown on the menu."""

    item = models.OneToOneField(ServiceItem, on_delete=models.CASCADE, related_name="facts")
    next_day = models.DateField(null=True)
    asked = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    served = models.PositiveIntegerField(default=0)
    median_wait_hours = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="no_more_orders_accepted_than_asked", condition=Q(accepted__lte=F("asked"))),
        ]

    def __str__(self) -> str:
        return f"facts {self.item_id}"


class Edition(models.Model):
    """One row a unit, stamped anew when its menu or its synonyms change, so that every process sees it."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="edition")
    stamp = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"edition {self.unit_id}"
