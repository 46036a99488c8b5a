"""What people do with a list: bring it, say that it is right, lay it aside, take back what it made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.exchange.models import Import
from baixing.exchange.queries.table import Table
from baixing.exchange.rules import LIFE, check_bringing
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.teams.rules import Standing


@transaction.atomic
def take(kind: str, unit: Unit, table: Table, *, language: str, by: Person, at: datetime) -> Import:
    """A list to be looked at. Its rows and the name of its file are sealed."""
    check_bringing(by, kind, unit, at)
    source = Import.objects.create(
        kind=kind, unit=unit, by=by, at=at, language=language, table=table.dumped(), total=len(table.rows)
    )
    journal.write("take", source, by=by, at=at, kind=kind, unit=unit.pk, rows=len(table.rows))
    return source


@transaction.atomic
def confirm(source: Import, *, by: Person, at: datetime) -> None:
    """Whoever brought it has read it: now it is to be written, all of it or nothing."""
    LIFE.move("confirm", Standing(by, at), source, busy_until=None, tries=0, reached=0)
    journal.write("confirm", source, by=by, at=at)


@transaction.atomic
def drop(source: Import, *, by: Person | None, at: datetime) -> None:
    """Lay it aside; its rows are erased. `by=None` is the clock: nobody has confirmed it for a day."""
    LIFE.move("drop", Standing(by, at) if by else None, source, table="", verdicts="", ended_at=at)
    journal.write("drop", source, by=by, at=at)


@transaction.atomic
def undo(source: Import, *, by: Person, at: datetime) -> None:
    """Take back what it made, within a day."""
    if refusal := LIFE.refusal("undo", Standing(by, at), source):
        raise refusal
    until = source.undo_until()
    if until is None or at > until:
        raise NotNow(_("It was brought in more than 24 hours ago and stays. Change what is wrong one by one."))
    LIFE.move("undo", Standing(by, at), source, undone_by=by, busy_until=None, tries=0, reached=0)
    journal.write("undo", source, by=by, at=at)
