"""A list on its way: brought, looked at, confirmed, written, as a clerk and the clock would do it."""

from __future__ import annotations

from datetime import datetime

from baixing.exchange import actions, queries
from baixing.exchange.models import Import
from baixing.exchange.queries.verdicts import loaded
from baixing.network.models import Unit
from baixing.people.models import Person
from tests.exchange.files import Rows, xlsx
from tests.town import HOUR, NINE

TEN = NINE + HOUR


def read(kind: str, content: bytes, name: str = "名单.xlsx") -> queries.Table:
    return queries.table_in(queries.sheets_in(name, content), queries.form_of(kind), name)


def brought(kind: str, unit: Unit, by: Person, rows: Rows, at: datetime = NINE) -> Import:
    """A list that was looked through; nobody has confirmed it yet."""
    source = actions.take(kind, unit, read(kind, xlsx(*rows)), language="en", by=by, at=at)
    return seen_to(source, at)


def written(kind: str, unit: Unit, by: Person, rows: Rows, at: datetime = NINE) -> Import:
    source = brought(kind, unit, by, rows, at)
    assert source.state == "ready", faults(source)
    actions.confirm(source, by=by, at=at)
    return seen_to(source, at)


def undone(source: Import, by: Person, at: datetime = TEN) -> Import:
    actions.undo(source, by=by, at=at)
    return seen_to(source, at)


def seen_to(source: Import, at: datetime) -> Import:
    """The clock does what waits."""
    while actions.work(lambda: at):
        pass
    return Import.objects.select_related("unit", "by").get(pk=source.pk)


def faults(source: Import) -> list[tuple[int, str, str]]:
    """The row, the column and the words of each fault."""
    return [(one.number, column, words) for one in loaded(source.verdicts) for column, words in one.faults]


def counted(source: Import) -> tuple[str, int, int, int]:
    """Its state; how many rows were new, changed something, changed nothing."""
    return source.state, source.new, source.changed, source.same
