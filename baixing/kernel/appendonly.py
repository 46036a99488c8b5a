"""Tables of which the database itself lets no row be changed or removed."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

WORDS = "a line that is written is never changed"
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION baixing_refuses_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def refuse(connection: BaseDatabaseWrapper, table: str) -> None:
    """Lay the triggers. Safe to repeat; a change of the table in SQLite silently drops them."""
    for statement in _statements(connection, table):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def laid(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether all the triggers are there and at work."""
    return triggers(connection, table) >= set(names(connection, table))


def triggers(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """Those of a table that are at work."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK[connection.vendor], [table])
        return {name for (name,) in cursor.fetchall()}


def names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    verbs = ("update", "delete") if connection.vendor == "sqlite" else ("row", "truncate")
    return [f"{table}_refuses_{verb}" for verb in verbs]


_ASK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
}


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quoted = connection.ops.quote_name(table)
    first, second = (connection.ops.quote_name(name) for name in names(connection, table))
    if connection.vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        return [
            f"CREATE TRIGGER IF NOT EXISTS {first} BEFORE UPDATE ON {quoted} {body}",
            f"CREATE TRIGGER IF NOT EXISTS {second} BEFORE DELETE ON {quoted} {body}",
        ]
    call = "EXECUTE FUNCTION baixing_refuses_change()"
    return [
        FUNCTION,
        f"CREATE OR REPLACE TRIGGER {first} BEFORE UPDATE OR DELETE ON {quoted} FOR EACH ROW {call}",
        f"CREATE OR REPLACE TRIGGER {second} BEFORE TRUNCATE ON {quoted} FOR EACH STATEMENT {call}",
    ]
