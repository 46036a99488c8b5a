"""A plan: for the orders of a unit that wait, one team and one day each, and the proof that no plan costs less."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.dispatching.models.job import ASKED, Job, JobQuerySet
from baixing.network.models import Unit
from baixing.people.models import Person


class PlanQuerySet(JobQuerySet["Plan"]):
    def live(self) -> PlanQuerySet:
        return self.filter(state__in=(Plan.State.ASKED, Plan.State.MADE))


class Plan(Job):
    class State(models.TextChoices):
        ASKED = ASKED, _("Being made")
        MADE = "made", _("Made, waits for you")
        DONE = "done", _("Dealt with")
        SUPERSEDED = "superseded", _("Replaced by a newer one")
        FAILED = "failed", _("Could not be made")

    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the clock
    looked_at = models.DateTimeField(null=True)  # when a dispatcher last had it before them: queries/hands.py
    days = models.PositiveSmallIntegerField(default=14)
    moves = models.BooleanField(default=False)  # what teams have promised and not begun, too
    policy = models.JSONField(default=dict)  # the weights and the notice that it was made with

    made_at = models.DateTimeField(null=True)
    first = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of all that went into it
    proven = models.BooleanField(default=False)
    cost = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)  # no plan costs less
    practice = models.BigIntegerField(null=True)  # what first come, first served costs with the same
    parts = models.JSONField(default=dict)  # of both in people's terms: road, days waited, left without a team
    coverage = models.JSONField(default=dict)
    certificate = models.BinaryField(default=b"")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_plan_of_a_unit_is_being_made", fields=["unit"], condition=Q(state="asked_for")
            ),
            models.CheckConstraint(
                name="a_plan_that_was_made_says_its_cost",
                condition=~Q(state__in=("made", "done"))
                | Q(made_at__isnull=False, first__isnull=False, cost__isnull=False, practice__isnull=False),
            ),
            models.CheckConstraint(name="no_plan_costs_less_than_its_bound", condition=Q(cost=None) | Q(cost__gte=0)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="plans_of_a_unit"),
            models.Index(fields=["state", "at"], name="plans_in_a_state"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"
