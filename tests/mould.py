"""The migrated database is made once, while the processes of a run gather their tests, and each begins with a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db.backends.base.creation import BaseDatabaseCreation

PATIENCE: Final = 300  # seconds
PROCESS: Final = pytest.StashKey[subprocess.Popen[bytes]]()
READY, FAILED = "ready", "failed"


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        mould = config.workerinput["mould"]
        held = patch.object(BaseDatabaseCreation, "create_test_db", lambda one, **how: _copied(one, mould, **how))
        held.start()
        config.add_cleanup(held.stop)
    elif getattr(config.option, "numprocesses", None):
        command = [sys.executable, "-m", "tests.mould", _name(os.getpid())]
        config.stash[PROCESS] = process = subprocess.Popen(command, stdin=subprocess.PIPE)
        config.add_cleanup(lambda: process.communicate() and None)  # its input ends, and so does what it made


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    node.workerinput["mould"] = _name(os.getpid())  # type: ignore[attr-defined]  # xdist has no types


def _name(number: int) -> str:
    return f"mould_{number}"


def _mark(mould: str) -> Path:
    return Path(os.environ["DATA"]) / f"{mould}.mark"


def _copied(creation: BaseDatabaseCreation, mould: str, *, autoclobber: bool, **_how: object) -> str:
    """In the place of `create_test_db`: a copy instead of all migrations."""
    connection, name = creation.connection, str(creation._get_test_db_name())  # type: ignore[attr-defined]  # Django has it
    assert autoclobber, "a copy takes the place of what was there"
    connection.close()
    _await(mould)
    if connection.vendor == "sqlite":
        for file in Path(name).parent.glob(f"{Path(name).name}*"):
            file.unlink()
        shutil.copyfile(_file(mould), name)
    else:
        with creation._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django has it
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{mould}"')
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    return name


def _file(mould: str) -> Path:
    return Path(os.environ["DATA"]) / f"{mould}.sqlite3"


def _await(mould: str) -> None:
    end = time.monotonic() + PATIENCE
    while not _mark(mould).exists():
        assert time.monotonic() < end, "nobody has made the database"
        time.sleep(0.1)
    assert _mark(mould).read_text() == READY, "the database cannot be migrated: its fault stands above"


def make(mould: str) -> None:
    """In a process of its own: the database stays until the process that asked for it ends."""
    from django.db import connection

    creation, found = connection.creation, FAILED
    own = f"{_file(mould)}.part" if connection.vendor == "sqlite" else mould
    connection.settings_dict["TEST"]["NAME"] = own
    try:
        creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(_file(mould))])
        connection.close()
        found = READY
    finally:
        part = _mark(mould).with_suffix(".part")
        part.write_text(found)
        part.rename(_mark(mould))
    sys.stdin.buffer.read()
    creation.destroy_test_db(own, verbosity=0)
    for file in Path(os.environ["DATA"]).glob(f"{mould}.*"):
        file.unlink()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    make(sys.argv[1])
