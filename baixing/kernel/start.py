"""Whether an installation can serve at all. What cannot is said in one line, and nothing is started."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

Result = TypeVar("Result")
MANIFEST = "staticfiles.json"


def or_say_why(begin: Callable[[], Result]) -> Result:
    """What it returns; or one line on standard error, and the end."""
    try:
        return begin()
    except ImproperlyConfigured as error:
        sys.exit(f"baixing cannot start: {error}")


def check() -> None:
    """For a web server, before its first request. Raises ImproperlyConfigured with the first fault."""
    for fault in _faults():
        raise ImproperlyConfigured(fault)


def _faults() -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield from _folder(Path(settings.DATA))
        yield from _rows()
    hashed = settings.STORAGES["staticfiles"]["BACKEND"] == settings.HASHED
    if hashed and not (Path(settings.STATIC_ROOT) / MANIFEST).exists():
        yield f"there are no static files in {settings.STATIC_ROOT}. Run baixing collectstatic --noinput."


def _folder(folder: Path) -> Iterator[str]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield f"nothing can be written in {folder} ({os.strerror(error.errno or 0)}). Make the folder writable."


def _rows() -> Iterator[str]:
    """Reads all pages once: a second or two for a city."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            said = str(cursor.fetchone()[0])
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(error)
    finally:
        connection.close()
    if said != "ok":
        name = connection.settings_dict["NAME"]
        yield f"the database {name} is damaged ({said.splitlines()[-1]}). Put a backup back with baixing restore."
