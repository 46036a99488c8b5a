"""Django's SQLite backend, on a SQLite without the WAL-reset bug where one can be had, and set to lose nothing."""

from __future__ import annotations

import sqlite3
import sys
import time
from importlib import import_module

FIRST_WITH_BUG, FIRST_SAFE = (3, 7, 0), (3, 51, 3)
PATIENCE = 20  # seconds that one waits for the others
PAUSE = 0.02  # seconds between two tries, at most
BUSY = 5
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
        params = {"timeout": PATIENCE, **super().get_connection_params()}
        self.transaction_mode = "IMMEDIATE"
        self.init_commands = [
            f"PRAGMA journal_mode={JOURNAL_MODE}",
            "PRAGMA synchronous=FULL",
            "PRAGMA recursive_triggers=ON",  # or INSERT OR REPLACE slips past a DELETE trigger
        ]
        return params

    def _start_transaction_under_autocommit(self) -> None:
        """Wait for the turn to write here and not in SQLite, which would hold this connection's mutex all the while.

        A thread that has the turn may need that mutex: Python's collector gives cursors of all threads back in any.
        With a cursor so given back goes the error code of what this connection was just told, and Python reports
        success where the code is gone. So `_begin` and `_commit` ask whether the transaction stands.
        """
        with self.wrap_database_errors:
            self.connection.execute("PRAGMA busy_timeout = 0")
            try:
                self._begin(time.monotonic() + float(self.settings_dict["OPTIONS"].get("timeout", PATIENCE)))
            finally:
                self.connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")

    def _begin(self, end: float) -> None:
        pause = 0.0005
        while True:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
            except self.Database.OperationalError as error:
                if error.sqlite_errorcode % 256 != BUSY or time.monotonic() > end:
                    raise
            if self.connection.in_transaction:
                return
            time.sleep(pause)
            pause = min(2 * pause, PAUSE)

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        if self.connection is not None and self.connection.in_transaction:
            with self.wrap_database_errors:
                raise self.Database.OperationalError("the transaction was not committed")
