"""A migrated database for a drill: made once, then copied from its mould."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection, connections

from drills.engine import Postgres


def prepare(database: str, folder: Path, moulds: Path | None, ending: ExitStack) -> Postgres | None:
    """Sets up Django too. The PostgreSQL stops with `ending`."""
    mould = moulds / database if moulds else None
    place = folder / "rows" if database == "PostgreSQL" else folder / "data" / "baixing.sqlite3"
    ready = mould is not None and mould.exists()
    if ready:
        subprocess.run(["cp", "-a", str(mould), str(place)], check=True)
        if database == "PostgreSQL":
            (place / ".handle_pids.json").unlink(missing_ok=True)  # whoever used the mould
    server = _start(place, ending) if database == "PostgreSQL" else None
    django.setup()
    if not ready:
        call_command("migrate", verbosity=0)
        if mould:
            _keep(place, mould, server)
    return server


def _start(place: Path, ending: ExitStack) -> Postgres:
    server = Postgres(place)
    ending.callback(server.stop)
    os.environ["DATABASE_URL"] = server.url
    return server


def into_one_file() -> None:
    """What SQLite keeps beside its file goes into it, so that it can be copied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def _keep(place: Path, mould: Path, server: Postgres | None) -> None:
    into_one_file()
    if server:
        server.stop()
    subprocess.run(["cp", "-a", str(place), str(mould)], check=True)
    if server:
        server.start()
