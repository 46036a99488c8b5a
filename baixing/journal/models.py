"""What happened to each thing, line by line; each line holds the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from baixing.kernel.seal import SealedField


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, thing: models.Model | str) -> EntryQuerySet:
        """The lines of one thing, the oldest first."""
        return self.filter(thing=name_of(thing)).order_by("seq")


EntryManager = models.Manager.from_queryset(EntryQuerySet)


class Entry(models.Model):
    """One line: who did what to which thing, when. The database itself refuses to change it.

    Holds ids, codes and numbers. Free words stand apart, so that they can be erased; the line
    keeps their salted digest.
    """

    thing = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default="")
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)
    words_digest = models.CharField(max_length=64, default="")
    before = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64)

    objects = EntryManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "seq"], name="one_line_a_step_of_a_thing"),
        ]
        indexes = [models.Index(fields=["by", "at"], name="lines_of_a_person")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.verb} {self.thing}"

    @property
    def text(self) -> str:
        """The free words of the line; empty when there were none or they are erased."""
        try:
            return self.words.text
        except ObjectDoesNotExist:
            return ""

    def digest_of_all(self) -> str:
        """What the digest must be, reckoned from everything the line says."""
        said = [
            self.thing,
            self.seq,
            self.verb,
            self.state,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.by_id,
            self.facts,
            self.words_digest,
            self.before,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


class Words(models.Model):
    """The free words of a line. Emptying them, salt and all, leaves the chain whole."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="words")
    text = SealedField(default="")
    salt = models.CharField(max_length=32, default="")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "words"

    def __str__(self) -> str:
        return f"{self.entry_id}"

    def digest_of_all(self) -> str:
        return hashlib.sha256(f"{self.salt}{self.text}".encode()).hexdigest()


def name_of(thing: models.Model | str) -> str:
    """How the journal calls a thing: "orders.order:42"."""
    return thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}"
