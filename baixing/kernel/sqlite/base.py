"""Django's SQLite backend, on a SQLite without the WAL-reset bug where one can be had, and set to lose nothing."""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module

FIRST_WITH_BUG, FIRST_SAFE = (3, 7, 0), (3, 51, 3)
DJANGOS = "django.db.backends.sqlite3.base"


def safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite may keep a write-ahead log."""
    return not FIRST_WITH_BUG <= version < FIRST_SAFE


if not safe(sqlite3.sqlite_version_info) and DJANGOS not in sys.modules:
    try:
        sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
        sys.modules["sqlite3"] = import_module("pysqlite3")
    except ImportError:  # no wheel for this machine: the DELETE journal does not have the bug
        pass

from django.db.backends.sqlite3 import base  # noqa: E402 - must come after the swap

JOURNAL_MODE = "WAL" if safe(base.DatabaseWrapper.Database.sqlite_version_info) else "DELETE"


_kept_open: dict[str, sqlite3.Connection] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, object]) -> sqlite3.Connection:
        found: sqlite3.Connection = super().get_new_connection(conn_params)
        if JOURNAL_MODE == "WAL":
            self._keep_open(str(conn_params["database"]))
        return found

    def _keep_open(self, file: str) -> None:
        """With the last connection SQLite removes the files beside its own: on a full disk nobody could read again."""
        if file not in _kept_open:
            _kept_open[file] = self.Database.connect(file, check_same_thread=False)
            _kept_open[file].execute("SELECT count(*) FROM sqlite_master").fetchone()

    def get_connection_params(self) -> dict[str, object]:
        params = {"timeout": 20, **super().get_connection_params()}
        self.transaction_mode = "IMMEDIATE"
        self.init_commands = [
            f"PRAGMA journal_mode={JOURNAL_MODE}",
            "PRAGMA synchronous=FULL",
            "PRAGMA recursive_triggers=ON",  # or INSERT OR REPLACE slips past a DELETE trigger
        ]
        return params
