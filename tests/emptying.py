"""Lift the triggers that keep rows from being changed, while a test database is emptied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    lift, lay = (_in_sqlite if connection.vendor == "sqlite" else _in_postgresql)(connection)
    _run(connection, lift)
    try:
        yield
    finally:
        _run(connection, lay)


def _in_sqlite(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    triggers = _ask(connection, TRIGGERS)
    lift = [f'DROP TRIGGER IF EXISTS "{name}"' for name, _ in triggers]  # migrating may have laid them anew
    return lift, [*lift, *(sql for _, sql in triggers)]


def _in_postgresql(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    tables = [table for (table,) in _ask(connection, GUARDED)]
    lift, lay = ([f"ALTER TABLE {table} {verb} TRIGGER USER" for table in tables] for verb in ("DISABLE", "ENABLE"))
    return ["SET CONSTRAINTS ALL IMMEDIATE", *lift], lay  # or rows just written stand in the way


def _ask(connection: BaseDatabaseWrapper, question: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
