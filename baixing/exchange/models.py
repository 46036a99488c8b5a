"""Lists that clerks bring in: each one, what it holds while it is looked at, and what it has made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baixing.kernel.life import Living
from baixing.kernel.seal import SealedField
from baixing.network.models import Unit

UNDO_WITHIN = timedelta(hours=24)


class ImportQuerySet(models.QuerySet["Import"]):
    def at_work(self) -> ImportQuerySet:
        """Those whose next step is the machine's."""
        return self.filter(state__in=Import.AT_WORK)

    def idle(self, at: datetime) -> ImportQuerySet:
        """Of these, those that nobody is at, or whose worker has not been heard of for a while."""
        return self.at_work().filter(Q(busy_until=None) | Q(busy_until__lt=at))


class Import(Living):
    """One list, from the file to what became of it. Its rows are sealed, and erased when they are done with."""

    class Kind(models.TextChoices):
        UNITS = "units", _("Units of the network")
        PEOPLE = "people", _("People")
        TEAMS = "teams", _("Teams")
        ITEMS = "items", _("Services of the menu")

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready to be brought in")
        FAULTY = "faulty", _("To be mended")
        WRITING = "writing", _("Being brought in")
        DONE = "done", _("Brought in")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Laid aside")
        BROKEN = "broken", _("Broken off")

    AT_WORK: ClassVar = (State.CHECKING, State.WRITING, State.UNDOING)

    state = models.CharField(max_length=20, choices=State, default=State.CHECKING, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default="")
    at = models.DateTimeField()
    table = SealedField(default="")
    verdicts = SealedField(default="")
    why = models.CharField(max_length=300, default="")
    total = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "at"], name="imports_of_a_unit"),
            models.Index(fields=["state", "at"], name="imports_in_a_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_was_written_before_it_is_done",
                condition=~Q(state__in=("done", "undoing", "undone")) | Q(written_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    def undo_until(self) -> datetime | None:
        return self.written_at + UNDO_WITHIN if self.written_at else None


class Made(models.Model):
    """A row that an import has made; or one that it has changed, and what stood there before, sealed."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="made")
    model = models.CharField(max_length=40)  # "people.person"
    key = models.PositiveBigIntegerField()
    before = SealedField(default="")
    kept = models.BooleanField(default=False)  # somebody uses it: undoing left it where it is

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="an_import_makes_a_thing_once", fields=["source", "model", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.model}:{self.key}"
