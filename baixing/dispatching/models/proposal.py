"""What a plan proposes for one order: a team and a day, what else there is, or why nobody can come."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.dispatching.models.plan import Plan
from baixing.kernel.life import Living
from baixing.orders.models import Offer, Order
from baixing.teams.models import Team


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        """Those that wait for somebody."""
        return self.filter(state__in=(Proposal.State.PROPOSED, Proposal.State.ASKED))

    def loose(self) -> ProposalQuerySet:
        """Those that change no promise: many may be confirmed at once."""
        return self.filter(state=Proposal.State.PROPOSED, held="")

    def with_nouns(self) -> ProposalQuerySet:
        """Without what is large of a plan, which would come anew with each row."""
        return self.select_related(
            "plan__unit",
            "team",
            "order__item__skill",
            "order__station",
            "order__owner",
            "order__resident",
            "order__team__leader",
            "order__visit",
        ).defer("plan__certificate", "plan__coverage", "plan__parts")


class Proposal(Living):
    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ASKED = "asked_back", _("Its team was asked")
        OFFERED = "offered", _("Offered to the team")
        STALE = "stale", _("Overtaken")
        SHORT = "short", _("No team")

    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="proposals")
    order = models.ForeignKey(Order, models.PROTECT, related_name="proposals")
    seen = models.CharField(max_length=32)  # what the plan followed from, as a digest: queries/seen.py
    held = models.CharField(max_length=32, blank=True, default="")  # the promise that it would change, as a digest
    promise = models.JSONField(default=dict)  # the same in its parts, and what it spares to change it
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="proposals")
    day = models.DateField(null=True)
    pinned = models.BooleanField(default=False)
    changed = models.BooleanField(default=False)  # by a person, who chose another of the choices
    choices = models.JSONField(default=list)  # the plan's own first, then the next best
    beside = models.JSONField(default=list)  # other orders of its household, and why not together
    shortage = models.JSONField(default=dict)
    why = models.JSONField(default=dict)  # it was overtaken: a code, and what it is about: queries/gone.py
    offer = models.OneToOneField(Offer, models.PROTECT, null=True, related_name="proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="a_plan_proposes_once_for_an_order", fields=["plan", "order"]),
            models.CheckConstraint(
                name="a_proposal_names_team_and_day",
                condition=Q(state="short", team=None, day=None)
                | (~Q(state="short") & Q(team__isnull=False, day__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_what_was_offered_has_an_offer",
                condition=Q(state="offered", offer__isnull=False) | (~Q(state="offered") & Q(offer=None)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "state"], name="proposals_of_a_plan")]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def choice_of(self, team: int) -> dict[str, Any] | None:
        return next((one for one in self.choices if one["team"] == team), None)

    @property
    def chosen(self) -> dict[str, Any] | None:
        """The numbers of the team that stands here now."""
        return self.choice_of(self.team_id) if self.team_id else None


def as_day(said: str) -> date:
    return date.fromisoformat(said)
