"""What the pages show: the desk of lists of a unit, and one list from the file to what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from math import ceil
from operator import or_
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.exchange.models import Import, ImportQuerySet, Made
from baixing.exchange.queries.cells import BAD, CHANGED, NEW, SAME
from baixing.exchange.queries.columns import Form, form_of
from baixing.exchange.queries.table import Row, Table
from baixing.exchange.queries.verdicts import Verdict, loaded
from baixing.exchange.rules import LIFE, kinds_for, offices_for
from baixing.look.said import masked_phone
from baixing.menu.rules import KEEPERS
from baixing.network.models import Unit
from baixing.network.rules import IN_CHARGE, posts_of
from baixing.teams.rules import Standing

SHOWN: Final = 20  # earlier lists of a unit
A_PAGE: Final = 50  # rows
COLUMNS: Final = 5
NAMED: Final = 20  # of what could not be taken back
Pair = tuple[Row, Verdict]
HOUR: Final = timedelta(hours=1)
MASKED: Final = {"phone"}  # columns of people that only who brought them sees whole
HIDDEN: Final = {"address", "born"}


@dataclass(frozen=True)
class Past:
    """A list that was brought in earlier, or is still being looked at."""

    source: Import
    left: str  # how long it can still be undone


@dataclass(frozen=True)
class Desk:
    """What one may bring into a unit, and what was."""

    unit: Unit
    units: list[Unit]
    kinds: list[tuple[Import.Kind, Form]]
    past: list[Past]


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    number: int
    state: str
    title: str
    cells: list[tuple[str, str]]
    said: list[str]

    @property
    def words(self) -> str:
        return {NEW: _("New row"), CHANGED: _("Added to"), SAME: _("Stays"), BAD: _("To be mended")}[self.state]


@dataclass(frozen=True)
class ImportPage:
    """One list: how far it is, or its rows with their verdicts."""

    source: Import
    form: Form
    powers: frozenset[str]
    left: str
    file: str
    notes: list[str]
    chosen: str
    headings: list[str]
    rows: Page[Pair] | None
    lines: list[Line]
    kept: list[str]

    @property
    def at_work(self) -> bool:
        return self.source.state in Import.AT_WORK

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        source = self.source
        every = (
            (BAD, _("To be mended"), source.bad),
            (NEW, _("New row"), source.new),
            (CHANGED, _("Added to"), source.changed),
            (SAME, _("Stay as they are"), source.same),
        )
        return [one for one in every if one[2]]


def visible(one: Standing) -> ImportQuerySet:
    """The lists of the units that one is in charge of; an editor's are those of menus."""
    posts = posts_of(one.person, one.at, IN_CHARGE | KEEPERS)
    nothing = Q(pk__in=[])
    every = [Q(unit__path__startswith=post.unit.path) for post in posts if post.kind in IN_CHARGE]
    menus = [Q(unit__path__startswith=post.unit.path, kind=Import.Kind.ITEMS) for post in posts]
    found = reduce(or_, every + menus, nothing)
    return Import.objects.filter(found).select_related("unit", "by", "undone_by")


def desk(unit: Unit, one: Standing) -> Desk:
    past = visible(one).filter(unit=unit).defer("table", "verdicts").order_by("-at", "-pk")[:SHOWN]
    return Desk(
        unit,
        [office for office in offices_for(one.person, one.at) if kinds_for(one.person, office, one.at)],
        [(kind, form_of(kind)) for kind in kinds_for(one.person, unit, one.at)],
        [Past(source, _left(source, one.at)) for source in past],
    )


def import_page(source: Import, one: Standing, asked: str, page: str) -> ImportPage:
    form = form_of(source.kind)
    table = Table.loaded(source.table) if source.table and source.verdicts else None
    chosen = asked if asked in (NEW, CHANGED, SAME, BAD) else BAD if source.bad else ""
    open_ = one.person.pk == source.by_id
    names = [name for name in table.columns if open_ or name not in HIDDEN][:COLUMNS] if table else []
    rows = _rows(table, loaded(source.verdicts), chosen, page) if table else None
    return ImportPage(
        source=source,
        form=form,
        powers=_powers(source, one),
        left=_left(source, one.at),
        file=table.file if table else "",
        notes=table.notes if table else [],
        chosen=chosen,
        headings=[form.column(name).heading for name in names],
        rows=rows,
        lines=[_line(row, verdict, form, names, open_=open_) for row, verdict in rows or ()],
        kept=_kept(source) if source.state == Import.State.UNDONE and source.kept else [],
    )


def _rows(table: Table, verdicts: list[Verdict], chosen: str, page: str) -> Page[Pair]:
    pairs = zip(table.rows, verdicts, strict=True)
    return Paginator([pair for pair in pairs if not chosen or pair[1].state == chosen], A_PAGE).get_page(page)


def _line(row: Row, verdict: Verdict, form: Form, names: list[str], *, open_: bool) -> Line:
    def shown(name: str) -> str:
        text = row.said.get(name, "")
        return text if open_ or name not in MASKED or form.kind == Import.Kind.UNITS else masked_phone(text)

    faults = [
        _("%(column)s: %(words)s") % {"column": form.column(column).heading, "words": words}
        for column, words in verdict.faults
    ]
    title, *others = [shown(name) for name in names]
    headings = [form.column(name).heading for name in names[1:]]
    cells = list(zip(headings, others, strict=True))
    return Line(verdict.number, verdict.state, title or "—", cells, faults + verdict.notes)


def _powers(source: Import, one: Standing) -> frozenset[str]:
    """The verbs open to this person now; nothing is undone after a day."""
    until = source.undo_until()
    over = until is not None and one.at > until
    return LIFE.powers(one, source) - ({"undo"} if over else set())


def _left(source: Import, at: datetime) -> str:
    until = source.undo_until()
    if source.state != Import.State.DONE or until is None or at > until:
        return ""
    hours = max(ceil((until - at) / HOUR), 1)
    return ngettext("can be undone for another hour", "can be undone for another %(n)s hours", hours) % {"n": hours}


def _kept(source: Import) -> list[str]:
    """What could not be taken back, by name."""
    rows = Made.objects.filter(source=source, kept=True).order_by("model", "key")[:NAMED]
    return [name for row in rows if (name := _name(row))]


def _name(row: Made) -> str:
    from django.apps import apps

    thing = apps.get_model(row.model)._base_manager.filter(pk=row.key).first()
    named = getattr(thing, "person", thing)  # a post, a home, a place in a team: whose it is
    return "" if thing is None else str(named)
