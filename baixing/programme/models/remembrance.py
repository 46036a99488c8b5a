"""A page of remembrance: a flower from each, and words that somebody has read before anybody else does."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baixing.kernel.life import Living
from baixing.network.models import Unit


class Remembrance(Living):
    """Whom a unit remembers, and for what."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CLOSED = "closed", pgettext_lazy("a page of remembrance", "Closed")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=2000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="remembrances")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Tribute(Living):
    """A flower, and a few words if somebody likes. Without words there is nothing to read first."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("words", "Waits to be read")
        SHOWN = "shown", pgettext_lazy("words", "Shown")
        KEPT_BACK = "kept_back", pgettext_lazy("words", "Not shown")
        WITHDRAWN = "withdrawn", pgettext_lazy("words", "Taken back")

    class Flower(models.TextChoices):
        CHRYSANTHEMUM = "chrysanthemum", _("A chrysanthemum")
        LILY = "lily", _("A lily")
        PINE = "pine", _("A branch of pine")

    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    page = models.ForeignKey(Remembrance, models.PROTECT, related_name="tributes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="tributes")
    flower = models.CharField(max_length=13, choices=Flower, default=Flower.CHRYSANTHEMUM)
    words = models.CharField(max_length=100, blank=True, default="")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "by"], condition=~Q(state="withdrawn") & Q(by__isnull=False), name="one_flower_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(words="") | Q(decided_by__isnull=False),
                name="words_are_read_before_they_are_shown",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["page", "state", "-at"], name="words_of_a_remembrance")]

    def __str__(self) -> str:
        return f"{self.flower} {self.state}"
