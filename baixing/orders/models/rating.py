from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.seal import SealedField
from baixing.orders.models.order import Order
from baixing.people.models import Person
from baixing.schedule.models import Session


class Rating(models.Model):
    """What the resident says of one round. Silence makes no row."""

    class Face(models.TextChoices):
        GOOD = "good", _("Good")
        FAIR = "fair", _("Fair")
        BAD = "bad", _("Bad")

    order = models.ForeignKey(Order, models.CASCADE, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    visit = models.ForeignKey(Session, models.PROTECT, null=True, related_name="+")  # of which it speaks
    face = models.CharField(max_length=4, choices=Face.choices)
    solved = models.BooleanField(null=True)
    words = SealedField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proof = models.CharField(max_length=8, choices=Order.Proof.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "round"], name="one_rating_a_round"),
            models.CheckConstraint(
                condition=Q(resident=F("by")) | ~Q(proof=""),
                name="rating_taken_by_staff_says_its_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.face}"

    @property
    def taken_by_staff(self) -> bool:
        return self.by_id != self.resident_id
