from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.orders.models.order import Order
from baixing.people.models import Person


class Follower(models.Model):
    """Somebody who may see how an order goes: family with consent, or a neighbour who joined."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("Family")
        NEIGHBOUR = "neighbour", _("Neighbour")

    order = models.ForeignKey(Order, models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="following")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "person"], name="follows_an_order_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.order_id}"


class Escalation(models.Model):
    """The clock sent an order up: once for each entry into a state and tier."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="escalations")
    entry = models.PositiveIntegerField()
    tier = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "entry", "tier"], name="one_escalation_an_entry_and_tier")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.entry} {self.tier}"
