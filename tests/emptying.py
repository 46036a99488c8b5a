"""Empty the test database; lift the triggers that keep rows from being changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
TRIGGERS = "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'"
DJANGOS: Final = {"django_content_type", "auth_permission"}  # which migrating fills, alike at any time


def empty(connection: BaseDatabaseWrapper) -> None:
    """As `flush` does it, but only of what there is: it lays all triggers anew, and truncates each table in its turn.

    What triggers note of this goes in the next round.
    """
    tables = sorted({*connection.introspection.django_table_names(only_existing=True)} - DJANGOS)
    while filled := _filled(connection, tables):
        with lifted(connection, filled), transaction.atomic():
            _run(connection, [f'DELETE FROM "{table}"' for table in filled])  # noqa: S608 - our own tables


@contextmanager
def lifted(connection: BaseDatabaseWrapper, tables: Collection[str] | None = None) -> Iterator[None]:
    """The triggers of these tables, or of all."""
    lift, lay = (_in_sqlite if connection.vendor == "sqlite" else _in_postgresql)(connection, tables)
    _run(connection, lift)
    try:
        yield
    finally:
        _run(connection, lay)


def _filled(connection: BaseDatabaseWrapper, tables: Collection[str]) -> list[str]:
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)  # noqa: S608 - our own tables
    return [table for (table,) in _ask(connection, " UNION ALL ".join(each))]


def _in_sqlite(connection: BaseDatabaseWrapper, tables: Collection[str] | None) -> tuple[list[str], list[str]]:
    triggers = [(name, sql) for name, sql, table in _ask(connection, TRIGGERS) if tables is None or table in tables]
    lift = [f'DROP TRIGGER IF EXISTS "{name}"' for name, _ in triggers]  # migrating may have laid them anew
    return lift, [*lift, *(sql for _, sql in triggers)]


def _in_postgresql(connection: BaseDatabaseWrapper, tables: Collection[str] | None) -> tuple[list[str], list[str]]:
    guarded = [table for (table,) in _ask(connection, GUARDED) if tables is None or table in tables]
    lift, lay = ([f"ALTER TABLE {table} {verb} TRIGGER USER" for table in guarded] for verb in ("DISABLE", "ENABLE"))
    return ["SET CONSTRAINTS ALL IMMEDIATE", *lift], lay  # or rows just written stand in the way


def _ask(connection: BaseDatabaseWrapper, question: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
