"""Rows by the million, with keys of our own: whole columns at once, and the indexes once all of them stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

AT_ONCE = 50_000  # rows in memory
FAST = {  # for this one transaction; what it holds is whole or not there at all
    "sqlite": ("PRAGMA cache_size = -500000",),
    "postgresql": ("SET LOCAL maintenance_work_mem = '512MB'", "SET CONSTRAINTS ALL IMMEDIATE"),
}


class Shelf:
    """The tables that are filled together. Rows go in before those that name them: else SQLite looks for both."""

    def __init__(self, *models_in_order: type[models.Model]) -> None:
        self._tables: dict[type[models.Model], Table] = {}
        self._order = models_in_order
        self._waiting = 0

    def table(self, model: type[models.Model], columns: str, **always: object) -> Table:
        """`always` are columns that are the same in each row."""
        self._tables[model] = Table(self, model, columns, always)
        return self._tables[model]

    def put(self) -> None:
        self._waiting += 1
        if self._waiting >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        for model in self._order:
            if model in self._tables:
                self._tables[model].flush()
        self._waiting = 0


class Table:
    """Where rows of one model wait until there are enough of them, with keys of their own."""

    def __init__(self, shelf: Shelf, model: type[models.Model], columns: str, always: Mapping[str, object]) -> None:
        self._shelf, self._model = shelf, model
        self._rows: list[tuple[object, ...]] = []
        self._tail = tuple(always.values())
        self._columns = [*columns.split(), *always]
        last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        self.keys = count(last + 1)

    def add(self, *row: object) -> None:
        self._rows.append(row + self._tail)
        self._shelf.put()

    def flush(self) -> None:
        if self._rows:
            _write(self._model, self._columns, self._rows)
            self._rows = []


def _write(model: type[models.Model], columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - Django's names
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def bare(*written: type[models.Model]) -> Iterator[None]:
    """Without what is slow to keep row by row; all of it is laid again, to the letter, before anybody sees a row."""
    for statement in FAST[connection.vendor]:
        _run(statement)
    lifted = [lines for model in written for lines in _lifted(model._meta.db_table)]
    for drop, _lay in reversed(lifted):
        _run(drop)
    yield
    for _drop, lay in lifted:
        _run(lay)


def settle() -> None:
    """Count on from the last keys, and let the database know its own sizes."""
    for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
        _run(statement)
    _run("ANALYZE")


def _lifted(table: str) -> list[tuple[str, str]]:
    """How each index of a table is taken away and laid again; on PostgreSQL its foreign keys and promises too."""
    quote = connection.ops.quote_name
    if connection.vendor == "sqlite":
        found = _ask("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name = %s", table)
        return [(f"DROP INDEX {quote(name)}", sql) for name, sql in found]
    promises = _ask(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('u', 'f') ORDER BY contype DESC",
        table,
    )
    indexes = _ask(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
        table,
        table,
    )
    alter = f"ALTER TABLE {quote(table)}"
    rows = [
        (f"{alter} DROP CONSTRAINT {quote(name)}", f"{alter} ADD CONSTRAINT {quote(name)} {rule}")
        for name, rule in promises
    ]
    return [*((f"DROP INDEX {quote(name)}", lay) for name, lay in indexes), *rows]


def _ask(question: str, *values: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
