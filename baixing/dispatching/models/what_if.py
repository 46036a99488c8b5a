"""What if: a month's orders planned once as things are, and once with changes. It offers nothing to anybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.dispatching.models.job import ASKED, Job, JobQuerySet
from baixing.network.models import Unit
from baixing.people.models import Person


class WhatIfQuerySet(JobQuerySet["WhatIf"]):
    def made(self) -> WhatIfQuerySet:
        return self.filter(state=WhatIf.State.MADE)


class WhatIf(Job):
    """It names no order, no proposal and no offer, so there is nothing in it that anybody could confirm."""

    class State(models.TextChoices):
        ASKED = ASKED, _("Being reckoned")
        MADE = "made", _("Reckoned")
        FAILED = "failed", _("Could not be reckoned")

    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="what_ifs")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    changes = models.JSONField(default=dict)  # rules/changes.py
    policy = models.JSONField(default=dict)  # the weights of the city when it was asked
    key = models.CharField(max_length=64)  # of unit, month, changes and weights: asked twice, reckoned once

    made_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of all that went into the plan as things are
    changed_digest = models.CharField(max_length=64, blank=True)  # and with the changes
    proven = models.BooleanField(default=False)  # both
    cost = models.BigIntegerField(null=True)  # as things are
    changed_cost = models.BigIntegerField(null=True)  # with the changes, as they weigh
    found = models.JSONField(default=dict)  # both in people's terms: queries/outcomes.py
    certificate = models.BinaryField(default=b"")

    objects = WhatIfQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="what_is_asked_twice_is_reckoned_once", fields=["key"], condition=Q(state="asked_for")
            ),
            models.CheckConstraint(
                name="a_what_if_that_was_made_says_both_costs",
                condition=~Q(state="made") | Q(made_at__isnull=False, cost__isnull=False, changed_cost__isnull=False),
            ),
            models.CheckConstraint(
                name="a_what_if_is_asked_reckoned_or_failed", condition=Q(state__in=("asked_for", "made", "failed"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="what_ifs_of_a_unit"),
            models.Index(fields=["state", "at"], name="what_ifs_in_a_state"),
        ]

    def __str__(self) -> str:
        return f"what-if {self.pk}"
