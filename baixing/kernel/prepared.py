"""Questions that are asked at almost every request: Django writes their SQL once, later only the values change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import reduce, wraps
from operator import or_
from typing import Any, Generic, ParamSpec, TypeVar, cast

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Q, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
Row = TypeVar("Row")
Value = int | str | bool | date | time


def prepared(build: Callable[P, QuerySet[models.Model, Row]]) -> Callable[P, list[Row]]:
    """Turn a function from values to rows into one whose SQL is made once a thread.

    The values are numbers, texts, days or moments, all given by position and never None; they may stand on the
    right of a lookup and nowhere else, for the function sees places in their stead. With `*values` there is one
    SQL for each number of them. Nothing is prefetched.
    """
    kept = threading.local()

    @wraps(build)
    def ask(*values: P.args, **_none: P.kwargs) -> list[Row]:
        by_count: dict[int, _Asked[Row]] = kept.__dict__.setdefault("by_count", {})
        asked = by_count.get(len(values))
        if asked is None or asked.connection is not connections[asked.using]:
            places = [_Place(number) for number in range(len(values))]
            asked = by_count[len(values)] = _Asked(build(*places))  # type: ignore[arg-type, call-arg]  # for values
        return asked.rows(cast("tuple[Value, ...]", values))

    return ask


def one_of(name: str, values: Sequence[Value]) -> Q:
    """As `name__in`, which Django does not ask of expressions that stand for keys of other rows."""
    return reduce(or_, (Q((name, value)) for value in values))


class _Place(Expression):
    """Where a value will stand."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, list[_Place]]:  # type: ignore[override]  # itself stands for the value that comes
        return "%s", [self]


class _Asked(Generic[Row]):
    """One question as one connection puts it."""

    def __init__(self, rows: QuerySet[models.Model, Row]) -> None:
        self.using = rows.db
        self.connection = connections[self.using]
        compiler = rows.query.get_compiler(self.using)
        self.sql, self.params = compiler.as_sql()
        self.compiler, self.model = compiler, rows.model
        self.converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self.whole = rows._iterable_class is ModelIterable  # noqa: SLF001 - of rows, or else of columns
        if self.whole:
            self._prepare_models()

    def _prepare_models(self) -> None:
        info, select = self.compiler.klass_info or {}, self.compiler.select
        numbers = info["select_fields"]
        self.start, self.end = numbers[0], numbers[-1] + 1
        self.names = [column[0].target.attname for column in select[self.start : self.end]]
        self.related = get_related_populators(info, select, self.using)  # type: ignore[call-arg]  # of a newer Django
        self.model = info["model"]

    def rows(self, values: tuple[Value, ...]) -> list[Row]:
        said: list[Any] = [self._said(param, values) for param in self.params]
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, said)
            found: Iterable[list[object]] = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [cast("Row", self._model(row) if self.whole else tuple(row)) for row in found]

    def _said(self, param: object, values: tuple[Value, ...]) -> object:
        return _adapted(self.connection, values[param.number]) if isinstance(param, _Place) else param

    def _model(self, row: list[object]) -> models.Model:
        one = self.model.from_db(self.using, self.names, row[self.start : self.end])
        for populator in self.related:
            populator.populate(row, one)
        for name, column in self.compiler.annotation_col_map.items():
            setattr(one, name, row[column])
        return one


def _adapted(connection: BaseDatabaseWrapper, value: Value) -> object:
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return connection.ops.adapt_datefield_value(value)
        case time():
            return connection.ops.adapt_timefield_value(value)
        case _plain:
            return value
