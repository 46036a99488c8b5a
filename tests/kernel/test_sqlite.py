"""Two threads of one process and one file: whoever has the turn to write never waits for whoever wants it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection, Cursor, DatabaseError
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection

from baixing.kernel.sqlite import base
from baixing.kernel.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(base.JOURNAL_MODE != "WAL", reason="readers and writers wait for one another anyway"),
]


class Deaf(Connection):
    """Takes a first refusal for success, as Python does where a collector has just reset this connection's code."""

    refused = 0

    def execute(self, sql: str, *said: Any) -> Cursor:  # noqa: ANN401 - as its parent
        try:
            return super().execute(sql, *said)
        except DatabaseError:
            self.refused += 1
            if self.refused > 1:
                raise
            return self.cursor()

    def commit(self) -> None:
        with suppress(DatabaseError):
            super().commit()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[DatabaseWrapper, DatabaseWrapper]]:
    told = {**connection.settings_dict, "ENGINE": "baixing.kernel.sqlite", "NAME": str(tmp_path / "rows.sqlite3")}
    made = [
        DatabaseWrapper({**told, "OPTIONS": {"check_same_thread": False, "factory": Deaf}}, "rows") for _ in range(2)
    ]
    for one in made:
        one.inc_thread_sharing()
        one.ensure_connection()
    yield made[0], made[1]
    for one in made:
        one.close()


def begin(one: DatabaseWrapper, begun: Event, done: list[float]) -> None:
    begun.set()
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    done.append(time.monotonic())


def test_the_collector_gives_back_a_waiting_ones_cursors_without_waiting(
    two: tuple[DatabaseWrapper, DatabaseWrapper],
) -> None:
    has, wants = two
    cursors = [wants.connection.execute("SELECT 1 UNION SELECT 2") for _ in range(200)]
    has.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    begun, done = Event(), list[float]()
    waiting = Thread(target=begin, args=(wants, begun, done))
    waiting.start()
    begun.wait()

    began = time.monotonic()
    while cursors:
        cursors.pop()
        gc.collect(0)
        waiting.join(0.001)
    took, too_soon = time.monotonic() - began, list(done)
    has.rollback()
    waiting.join()

    assert (took < base.PATIENCE / 2, too_soon, len(done)) == (True, [], 1), took
    wants.rollback()


def test_who_never_gets_the_turn_is_told_in_the_end(
    two: tuple[DatabaseWrapper, DatabaseWrapper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE", 0.05)
    has, wants = two
    has.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    with pytest.raises(OperationalError, match="locked"):
        wants.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    has.rollback()


def test_a_refusal_that_python_took_for_success_is_asked_for_again(
    two: tuple[DatabaseWrapper, DatabaseWrapper],
) -> None:
    has, wants = two
    has.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    begun, done = Event(), list[float]()
    waiting = Thread(target=begin, args=(wants, begun, done))
    waiting.start()
    while wants.connection.refused < 2 and waiting.is_alive():
        waiting.join(0.001)

    assert (wants.connection.refused > 1, done) == (True, [])

    has.rollback()
    waiting.join()
    assert wants.connection.in_transaction
    wants.rollback()


def test_a_commit_that_python_took_for_success_is_refused(two: tuple[DatabaseWrapper, DatabaseWrapper]) -> None:
    has, _ = two
    has.connection.execute("CREATE TABLE one (id PRIMARY KEY)")
    has.connection.execute("CREATE TABLE other (one REFERENCES one DEFERRABLE INITIALLY DEFERRED)")
    has.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    has.connection.execute("INSERT INTO other VALUES (1)")

    with pytest.raises(OperationalError, match="not committed"):
        has.commit()
    has.rollback()
