from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.orders.models.order import Order
from baixing.people.models import Person
from baixing.schedule.models import Session


class CallBack(models.Model):
    """A call that a person of the centre has to make: did the visit happen?"""

    class Outcome(models.TextChoices):
        SERVED = "served", _("They came and served")
        TEAM_ABSENT = "team_absent", _("Nobody came")
        RESIDENT_ABSENT = "resident_absent", _("The resident was out")
        NO_ANSWER = "no_answer", _("Nobody picked up")

    order = models.ForeignKey(Order, models.CASCADE, related_name="callbacks")
    visit = models.OneToOneField(Session, models.CASCADE, related_name="callback")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, db_index=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)

    def __str__(self) -> str:
        return f"call about {self.order_id}"
