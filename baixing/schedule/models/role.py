"""What people come to a session as, and how many of them there is room for."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.schedule.models.session import Session
from baixing.teams.models import LicenceKind, Skill

MOST_SEATS = 20_000  # the largest square


class RoleQuerySet(models.QuerySet["Role"]):
    def for_volunteers(self) -> RoleQuerySet:
        return self.filter(side=Role.Side.VOLUNTEER)

    def for_residents(self) -> RoleQuerySet:
        return self.filter(side=Role.Side.RESIDENT)

    def short(self) -> RoleQuerySet:
        """Those with fewer people than the session needs."""
        return self.filter(taken__lt=F("least"))


class Role(models.Model):
    """One kind of seat at a session: two drivers, one doctor, fifty residents.

    `taken` is the heads of those who hold a seat: one conditional update takes seats, and the database itself
    refuses one too many.
    """

    class Side(models.TextChoices):
        VOLUNTEER = "volunteer", _("Volunteers")
        RESIDENT = "resident", _("Residents")

    session = models.ForeignKey(Session, models.CASCADE, related_name="roles")
    side = models.CharField(max_length=10, choices=Side)
    name = models.CharField(max_length=20, blank=True, default="")  # empty: whoever comes
    seats = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)])
    least = models.PositiveIntegerField(default=0)  # below it the session is at risk
    taken = models.PositiveIntegerField(default=0, editable=False)
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+")
    licence = models.ForeignKey(LicenceKind, models.PROTECT, null=True, blank=True, related_name="+")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)  # inclusive

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="taken_seats_are_seats", condition=Q(taken__lte=F("seats"))),
            models.CheckConstraint(name="a_role_has_seats", condition=Q(seats__range=(1, MOST_SEATS))),
            models.CheckConstraint(name="no_more_needed_than_seats", condition=Q(least__lte=F("seats"))),
            models.CheckConstraint(
                name="ages_of_a_role_go_up",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_side_display()

    @property
    def free(self) -> int:
        return self.seats - self.taken

    @property
    def for_volunteers(self) -> bool:
        return self.side == Role.Side.VOLUNTEER
