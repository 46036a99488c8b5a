"""A place for the rows that can be filled to the last byte, and emptied again, under a running server."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from django.db import connection, connections

from drills.engine import Postgres
from drills.house import House, Server
from drills.rows import into_one_file

ROOM = 40_000_000  # bytes beyond what is there
FIRST_PAGE = 4096


class Room(Protocol):
    folder: Path  # DATA of the server

    def fill(self, server: Server) -> None: ...
    def empty(self, server: Server) -> None: ...


@contextmanager
def small(house: House) -> Iterator[Room]:
    """In short no disk is filled: the kernel lets the server's processes write no file any longer."""
    into_one_file()
    if house.short:
        yield _Forbidden(house.folder)
        return
    place = house.folder.parent / "small"
    place.mkdir()
    rows = house.postgres.folder if house.postgres else house.folder
    size = sum(file.stat().st_size for file in rows.rglob("*") if file.is_file()) + ROOM
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)], check=True)
    try:
        yield _moved(house, place)
    finally:
        connections.close_all()
        if house.postgres:
            house.postgres.kill()
        subprocess.run(["umount", "--lazy", str(place)], check=True)


class _Forbidden:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, server: Server) -> None:
        _limit(server, FIRST_PAGE)

    def empty(self, server: Server) -> None:
        _limit(server, resource.RLIM_INFINITY)


def _limit(server: Server, size: int) -> None:
    assert server.process is not None
    for pid in _family(server.process.pid):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


class _Full:
    def __init__(self, folder: Path, place: Path) -> None:
        self.folder, self._ballast = folder, place / "ballast"

    def fill(self, server: Server) -> None:  # noqa: ARG002 - the same for all
        with self._ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                while _written(file.fileno(), size):
                    pass

    def empty(self, server: Server) -> None:  # noqa: ARG002
        self._ballast.unlink()


def _written(file: int, size: int) -> bool:
    try:
        return os.write(file, b"\0" * size) == size
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False


def _moved(house: House, place: Path) -> Room:
    """Put the rows there: SQLite's file, PostgreSQL's tables (its log of writes stays where it was)."""
    if house.postgres:
        _move_tables(house.postgres, place)
        return _Full(house.folder, place)
    shutil.copy(house.folder / "baixing.sqlite3", place)
    (place / "static").mkdir()
    connection.settings_dict["NAME"] = str(place / "baixing.sqlite3")
    return _Full(place, place)


def _move_tables(postgres: Postgres, place: Path) -> None:
    owner = postgres.folder.stat()
    os.chown(place, owner.st_uid, owner.st_gid)
    beside = postgres.named("template1")
    with psycopg.connect(beside, autocommit=True) as asking:
        asking.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        asking.execute("ALTER DATABASE postgres SET TABLESPACE small")
