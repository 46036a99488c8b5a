"""Fault: the power fails at any moment: what was written and not synced is gone.

Promise: between the last write of an order's rows and the answer "placed" stands a sync, read from the kernel's calls.

Control: the database told not to wait for the disk (SQLite synchronous=NORMAL, PostgreSQL synchronous_commit=off).

Test: tests/drills/test_power.py
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

from drills import Figures, Outcome
from drills.calls import confirmations, read, strace
from drills.crowd import Told, order, settle
from drills.engine import Postgres
from drills.house import House

ROWS = {"SQLite": re.compile(r"/baixing\.sqlite3(-wal|-journal)?$"), "PostgreSQL": re.compile(r"/pg_wal/[0-9A-F]{24}$")}


def run(house: House) -> Outcome:
    count = 3 if house.short else 10
    _town, cookies = settle(2 * count)
    figures = _traced(house, "baixing.wsgi:application", cookies[:count], house.folder / "guarded")
    if house.postgres:
        _ask("ALTER DATABASE postgres SET synchronous_commit = off")
    control = _traced(house, "drills.planted:application", cookies[count:], house.folder / "planted")
    safe = "answers given before the disk had the rows"
    return Outcome(figures, control, kept=figures[safe] == 0, caught=control[safe] != 0)


def _traced(house: House, application: str, cookies: list[str], folder: Path) -> Figures:
    house.say(f"{application}: {len(cookies)} orders, one after the other")
    folder.mkdir()
    told, start = Told(), strace(folder / "web")
    fault = "no_wait" if house.database == "SQLite" else "none"
    connections.close_all()
    with _watched(house.postgres, folder / "rows"), house.serving(application, start, DRILL_FAULT=fault) as server:
        order(server.ask, cookies, told, at_once=1)
        server.let_go()
    calls = read(*(place for place in (folder / "web", folder / "rows") if place.exists()))
    seen = list(confirmations(calls, ROWS[house.database]))
    assert len(seen) == len(told.placed) == len(cookies), f"{len(seen)} answers in the trace"
    return {
        "answers given before the disk had the rows": sum(not one.is_safe for one in seen),
        "orders confirmed": len(seen),
        "writes": sum(one.writes for one in seen),
        "syncs": sum(one.syncs for one in seen),
    }


@contextmanager
def _watched(postgres: Postgres | None, folder: Path) -> Iterator[None]:
    if postgres is None:
        yield
        return
    watching = subprocess.Popen([*strace(folder), "-f", "-p", str(postgres.pid)], stderr=subprocess.DEVNULL)
    while not list(folder.iterdir()):
        time.sleep(0.05)
    try:
        yield
    finally:
        watching.terminate()
        watching.wait()


def _ask(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
