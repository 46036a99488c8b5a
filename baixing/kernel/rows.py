"""Adding rows by one short statement, also where somebody else may add the same at the same moment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connections, models, router

MOST_VALUES = 10_000  # in one statement; SQLite takes 32,766 and PostgreSQL 65,535


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one kind, in the caller's transaction, and give each its key. Constraints raise as ever."""
    at_once = MOST_VALUES // len(rows[0]._meta.concrete_fields) if rows else 1
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        _keep(some, _run(some, ""))


def add(row: models.Model) -> bool:
    """Insert the row and give it its key; False when one with the same unique values is there.

    Waits for whoever is adding such a row just now. Needs no savepoint, for nothing is raised that would end the
    transaction. Other constraints raise as ever, which they would not with SQLite's OR IGNORE.
    """
    made = _run([row], " ON CONFLICT DO NOTHING")
    _keep([row] * len(made), made)
    return bool(made)


def _run(rows: Sequence[models.Model], conflict: str) -> list[int]:
    model = type(rows[0])
    connection = connections[router.db_for_write(model, instance=rows[0])]
    fields = _fields(model)
    values: list[Any] = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, connection.alias, len(rows), conflict), values)
        return [key for (key,) in cursor.fetchall()]


@cache
def _fields(model: type[models.Model]) -> Sequence[models.Field[object, object]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@lru_cache(maxsize=512)
def _statement(model: type[models.Model], alias: str, rows: int, conflict: str) -> str:
    quoted, fields = connections[alias].ops.quote_name, _fields(model)
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * rows)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({columns})"
    return f"{into} VALUES {places}{conflict} RETURNING {quoted(str(model._meta.pk.column))}"


def _keep(rows: Sequence[models.Model], keys: Sequence[int]) -> None:
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding = False  # noqa: SLF001 - as Django says of a row that it has saved itself
