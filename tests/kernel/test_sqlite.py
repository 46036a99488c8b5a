"""Two threads of one process and one file: whoever has the turn to write never waits for whoever wants it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection

from baixing.kernel.sqlite import base
from baixing.kernel.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(base.JOURNAL_MODE != "WAL", reason="readers and writers wait for one another anyway"),
]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[DatabaseWrapper, DatabaseWrapper]]:
    told = {**connection.settings_dict, "ENGINE": "baixing.kernel.sqlite", "NAME": str(tmp_path / "rows.sqlite3")}
    made = [DatabaseWrapper({**told, "OPTIONS": {"check_same_thread": False}}, "rows") for _ in range(2)]
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
