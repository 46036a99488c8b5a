"""Hours that come from another system or go to one, each as a document that its sender has signed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.teams.models import Volunteer


class OtherSystem(models.Model):
    """Whose word on hours is taken: another recording system and the public key it signs with."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=44)  # Ed25519, 32 bytes in base64
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Transfer(Living):
    """One document: asked for by one person, agreed to by another, then an entry. The same one counts once."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a second person")
        DONE = "done", _("In the ledger")
        DROPPED = "dropped", _("Dropped")

    class Way(models.TextChoices):
        IN = "in", _("From another system")
        OUT = "out", _("To another system")

    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    way = models.CharField(max_length=3, choices=Way)
    system = models.ForeignKey(OtherSystem, models.PROTECT, related_name="transfers")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="transfers")
    reference = models.CharField(max_length=64)  # the sender's own number of the document
    minutes = models.PositiveIntegerField()
    document = models.JSONField()
    signature = models.CharField(max_length=88, blank=True, default="")
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["way", "system", "reference"], name="a_transfer_counts_once"),
            models.CheckConstraint(name="a_transfer_moves_something", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="nobody_agrees_to_their_own_transfer",
                condition=~Q(state="done") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.reference}"
