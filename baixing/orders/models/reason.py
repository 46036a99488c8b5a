from __future__ import annotations

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Reason(models.Model):
    """One line of a list of reasons that a city edits. Never deleted: the orders that were given it keep it."""

    class Kind(models.TextChoices):
        REJECT = "reject", _("Reject")
        DECLINE = "decline", _("Decline")
        HAND_BACK = "hand_back", _("Hand back")
        MISS = "miss", _("Nobody met")
        PAUSE = "pause", _("Pause")
        GIVE_UP = "give_up", _("Give up")
        ASK = "ask", _("Ask")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    instead = models.CharField(max_length=200, blank=True)
    instead_en = models.CharField(max_length=300, blank=True)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_reason_a_kind_and_code")]

    def __str__(self) -> str:
        return (_is_english() and self.name_en) or self.name

    @property
    def where_to(self) -> str:
        """Where to go instead, in the reader's language where it is written in it."""
        return (_is_english() and self.instead_en) or self.instead


def _is_english() -> bool:
    return (translation.get_language() or "").startswith("en")
