"""All rows of all tables, to be compared: what differs after a deed is what the deed did."""

from __future__ import annotations

from collections.abc import Container, Iterator

from django.apps import apps
from django.db import connection, models

from baixing.kernel.seal import SealedField

READING_WRITES = frozenset({"people_signin", "django_session"})  # when a browser was last here, the steps of the way in
BY_CHANCE = ("digest", "code", "nonce", "salt", "key", "before", "stamp", "password")  # endings: never twice alike

Rows = dict[str, list[str]]


def rows(*, plain: bool = False, tables: Container[str] | None = None) -> Rows:
    """Each table, or each of these, as its rows are written. `plain` leaves out what is sealed or drawn by chance."""
    asked = [model for model in _models() if tables is None or model._meta.db_table in tables]
    return {model._meta.db_table: sorted(_written(model, plain=plain)) for model in asked}


def differing(before: Rows, after: Rows) -> set[str]:
    return {table for table in before if before[table] != after[table]} - READING_WRITES


def _models() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)


def _written(model: type[models.Model], *, plain: bool) -> list[str]:
    fields = [field for field in model._meta.local_concrete_fields if not plain or _is_plain(field)]
    if not fields:
        return []
    names = ", ".join(connection.ops.quote_name(field.column or field.name) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own names
        return [repr(row) for row in cursor.fetchall()]


def _is_plain(field: models.Field[object, object]) -> bool:
    return not isinstance(field, SealedField) and not field.name.endswith(BY_CHANCE)
