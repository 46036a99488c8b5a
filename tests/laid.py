"""Rows that many tests begin with: made once through the actions, then laid again as they were."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar, cast

from django.db import connection

Made = TypeVar("Made")

_MADE: dict[str, tuple[Any, list[str]]] = {}


def laid(name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes in a test's own transaction; from the second time on by its rows alone, as SQLite wrote them.

    PostgreSQL counts its numbers apart from its rows, so there it is made anew each time.
    """
    if connection.vendor != "sqlite":
        return make()
    if name in _MADE:
        made, rows = _MADE[name]
        with connection.cursor() as cursor:
            for insert in rows:
                cursor.execute(insert)
        return cast("Made", deepcopy(made))
    before = _rows()
    made = make()
    _MADE[name] = deepcopy(made), _inserts(before)
    return made


def _inserts(before: dict[str, list[str]]) -> list[str]:
    """One statement a table, with the rows that were not there before."""
    found = {table: sorted(set(rows) - set(before[table]), key=rows.index) for table, rows in _rows().items()}
    assert all(set(before[table]) <= set(rows) for table, rows in _rows().items()), "a row of the migrations changed"
    return [f'INSERT INTO "{table}" VALUES ({"), (".join(rows)})' for table, rows in found.items() if rows]  # noqa: S608 - the database's own quoting


def _rows() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        return {table: _of(cursor, table) for table in connection.introspection.table_names(cursor)}


def _of(cursor: Any, table: str) -> list[str]:  # noqa: ANN401 - Django's wrapper has no public type
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    values = " || ',' || ".join(f'quote("{name}")' for name in columns)
    cursor.execute(f'SELECT {values} FROM "{table}"')  # noqa: S608 - names of our own tables
    return [row[0] for row in cursor.fetchall()]
