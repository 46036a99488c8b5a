from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.orders.models.order import Order
from baixing.people.models import Person
from baixing.teams.models import Team


class OfferQuerySet(models.QuerySet["Offer"]):
    def live(self) -> OfferQuerySet:
        return self.filter(state=Offer.State.LIVE)

    def due(self, at: datetime) -> OfferQuerySet:
        return self.live().filter(due_at__lte=at)


class Offer(models.Model):
    """One order offered to one team, and its answer. The accepted one is the assignment."""

    class State(models.TextChoices):
        LIVE = "live", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("No answer in time")
        RECALLED = "recalled", _("Taken back")
        HANDED_BACK = "handed_back", _("Handed back")
        ENDED = "ended", _("Ended")

    order = models.ForeignKey(Order, models.CASCADE, related_name="offers")
    team = models.ForeignKey(Team, models.PROTECT, related_name="offers")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.LIVE)
    claimed = models.BooleanField(default=False)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # null: the clock, by a plan
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    day = models.DateField(null=True)  # on which a plan has kept room for the visit
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=24, blank=True)

    objects = models.Manager.from_queryset(OfferQuerySet)()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(state="live"), name="one_live_offer_an_order"),
            models.UniqueConstraint(fields=["order"], condition=Q(state="accepted"), name="one_winner_an_order"),
        ]
        indexes = [models.Index(fields=["team", "state"], name="offers_of_a_team")]

    def __str__(self) -> str:
        return f"{self.order_id} → {self.team_id} {self.state}"
