"""What everybody sees, and a mark that changes in the very transaction in which any of it does.

An app names the tables of which its public pages are made in `public` of its `apps.py`. Triggers leave a random
number in `kernel_change` for each change of them, whoever makes it and in whichever process. So a page that is kept
under the mark of before is never shown once a change stands, and no reader waits for a writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import AppConfig, apps
from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from baixing.kernel.appendonly import triggers
from baixing.kernel.models import Change

MOST = 500  # rows of changes that one reading adds up
UNSEEN = frozenset({"turn"})  # columns that no page shows
VERBS = ("insert", "update", "delete")
LARGEST = 2**40  # of a mark: the sum of eight million of them fits a database's numbers
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION baixing_marks_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO kernel_change (mark) VALUES (floor(random() * {LARGEST})); RETURN NULL; END $$
"""  # noqa: S608 - a number of our own


def mark() -> str:
    """What tells all that is public now from how it was at any other moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(mark) FROM kernel_change")
        count, total = cursor.fetchone()
    return f"{count}-{total}"


def sweep() -> int:
    """Keep the numbers few; how many went. All that is kept under the mark of before is made anew.

    One stays: with none left, the mark would be what it was after the sweep before.
    """
    *seen, _last = list(Change.objects.order_by("pk").values_list("pk", flat=True)[: MOST * 20]) or [0]
    if len(seen) < MOST:
        return 0
    return Change.objects.filter(pk__in=seen).delete()[0]


def watch_all(using: str, **_: object) -> None:
    """Heard after each migration: SQLite drops the triggers of a table that it rebuilds."""
    on = connections[using]
    there = set(on.introspection.table_names())
    for model in public_models():
        if model._meta.db_table in there:
            _watch(on, model, marks="kernel_change" in there)


def unwatched(on: BaseDatabaseWrapper) -> list[str]:
    """The public tables that are there and of which some change would leave no mark, so that kept pages go stale."""
    tables = {model._meta.db_table for model in public_models()} & set(on.introspection.table_names())
    return sorted(table for table in tables if not triggers(on, table) >= {_name(table, verb) for verb in VERBS})


def public_models() -> Iterator[type[models.Model]]:
    for app in apps.get_app_configs():
        yield from (app.get_model(name) for name in named(app))


def named(app: AppConfig) -> Iterable[str]:
    return getattr(app, "public", ())


def _watch(on: BaseDatabaseWrapper, model: type[models.Model], *, marks: bool) -> None:
    """Without a table of marks, as an earlier version had it, no trigger stays; none asks a column yet to come."""
    table = on.ops.quote_name(model._meta.db_table)
    with on.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - a table of our own
        there = {column[0] for column in cursor.description}
    seen = [str(f.column) for f in model._meta.concrete_fields if f.name not in UNSEEN and f.column in there]
    columns = ", ".join(map(on.ops.quote_name, seen))
    if on.vendor == "postgresql":
        _run(on, FUNCTION)
    for verb in VERBS:
        when = f"UPDATE OF {columns}" if verb == "update" else verb.upper()
        name = on.ops.quote_name(_name(model._meta.db_table, verb))
        _run(on, f"DROP TRIGGER IF EXISTS {name}{'' if on.vendor == 'sqlite' else f' ON {table}'}")
        if marks:
            _run(on, f"CREATE TRIGGER {name} AFTER {when} ON {table} {_BODY[on.vendor]}")


def _name(table: str, verb: str) -> str:
    return f"{table}_marks_{verb}"


_BODY = {
    "sqlite": f"BEGIN INSERT INTO kernel_change (mark) VALUES (abs(random() % {LARGEST})); END",  # noqa: S608 - as above
    "postgresql": "FOR EACH STATEMENT EXECUTE FUNCTION baixing_marks_change()",
}


def _run(on: BaseDatabaseWrapper, statement: str) -> None:
    with on.cursor() as cursor:
        cursor.execute(statement)
