"""What a unit writes into a volunteer's record beside the hours: training, recognition, a word on their service."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.network.models import Unit
from baixing.teams.models import Volunteer


class Note(Living):
    """It never counts as service: the minutes of a training are told beside the hours and stand in no sum of them."""

    class State(models.TextChoices):
        KEPT = "kept", _("In the record")
        WITHDRAWN = "withdrawn", _("Taken out")

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        RECOGNITION = "recognition", _("Recognition")
        EVALUATION = "evaluation", _("Evaluation")

    state = models.CharField(max_length=20, choices=State, default=State.KEPT, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # that answers for it
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=60)
    giver = models.CharField(max_length=60, blank=True, default="")  # who held the training, or gave the honour
    on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)  # of a training
    words = SealedField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="minutes_of_a_note_are_of_a_training",
                condition=Q(minutes=None) | Q(kind="training", minutes__gt=0),
            ),
            models.CheckConstraint(
                name="a_note_is_of_its_kind", condition=Q(kind__in=("training", "recognition", "evaluation"))
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
