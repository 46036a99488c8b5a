"""Rows that many tests begin with: made once through the actions, then laid again as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

Made = TypeVar("Made")
MARKS = "kernel_change"  # which the triggers of other tables fill, now as then

_MADE: dict[str, tuple[Any, list[str]]] = {}


def laid(name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes in the test's own transaction; after the first time by its rows, as they were written."""
    if name in _MADE:
        made, statements = _MADE[name]
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        return cast("Made", deepcopy(made))
    before = _rows()
    made = make()
    _MADE[name] = deepcopy(made), list(_statements(before))
    return made


def _statements(before: dict[str, list[str]]) -> Iterator[str]:
    """One a table, with the rows that were not there before; then where its numbers go on, if they count apart."""
    after = _rows()
    assert all(set(before[table]) <= set(rows) for table, rows in after.items()), "a row of the migrations changed"
    new = {table: [row for row in rows if row not in {*before[table]}] for table, rows in after.items()}
    filled = {table: rows for table, rows in new.items() if rows}
    for table, rows in filled.items():
        yield (_in_sqlite if connection.vendor == "sqlite" else _in_postgresql)(table, rows)
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table in filled]
    yield from connection.ops.sequence_reset_sql(no_style(), models)


def _in_sqlite(table: str, rows: list[str]) -> str:
    """With the names of the columns: a test that migrates leaves them in another order."""
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{name}"' for name in _columns(cursor, table))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({"), (".join(rows)})'  # noqa: S608 - the database's own quoting


def _in_postgresql(table: str, rows: list[str]) -> str:
    told = f"[{','.join(rows)}]".replace("'", "''")
    return f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", \'{told}\')'  # noqa: S608 - as it is read


def _rows() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table != MARKS]
        return {table: _of(cursor, table) for table in tables}


def _of(cursor: Any, table: str) -> list[str]:  # noqa: ANN401 - Django's wrapper has no public type
    """Each row as the database writes it."""
    told = "to_json(one)::text"
    if connection.vendor == "sqlite":
        told = " || ',' || ".join(f'quote("{name}")' for name in _columns(cursor, table))
    cursor.execute(f'SELECT {told} FROM "{table}" AS one')  # noqa: S608 - names of our own tables
    return [row[0] for row in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> list[str]:  # noqa: ANN401 - Django's wrapper has no public type
    cursor.execute("SELECT name FROM pragma_table_info(%s) ORDER BY cid", [table])
    return [name for (name,) in cursor.fetchall()]
