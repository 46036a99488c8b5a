"""How many rows there are of what: by that the database chooses its ways. PostgreSQL counts by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from baixing.kernel.calendar import LOCAL
from baixing.people import actions as people

LOOKED_AT = 1000  # rows of each index, at most: moments, however large the table is
ALL_TABLES = 0x10002  # not only those that this connection has asked for


def measure(*, at: datetime) -> int:
    """Once a day, on SQLite: look anew at the tables that have grown or shrunk tenfold since. How many are known."""
    if connection.vendor != "sqlite" or not people.is_first("measuring", f"{at.astimezone(LOCAL):%F}"):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute(f"PRAGMA optimize = {ALL_TABLES}")
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if not cursor.fetchone()[0]:  # so few rows that every way is short
            return 0
        cursor.execute("SELECT count(DISTINCT tbl) FROM sqlite_stat1")
        return int(cursor.fetchone()[0])
