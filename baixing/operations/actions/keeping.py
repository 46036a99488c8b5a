"""A copy of all rows in one file, taken while people work, and put back: `baixing backup`, `baixing restore`.

Beside the file stands its manifest, FILE.json: the engine, the moment, the migrations, size and SHA-256 of the file,
and a word sealed with the keys of the installation, since without them the rows cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import InvalidToken
from django.db import connection
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]  # its stubs leave it out
from django.db.migrations.recorder import MigrationRecorder

from baixing.kernel.refusals import NotNow
from baixing.kernel.seal import blind, seal, unseal

if TYPE_CHECKING:
    import sqlite3

OWN_ONLY = 0o600
WORD = "baixing"
CHUNK = 1 << 20  # bytes
BUSY, TRIES = {5, 6}, 120  # SQLite's codes for "somebody else writes"; a quarter of a second each


def backup(file: Path, *, over: bool, at: datetime) -> None:
    """Write the file and its manifest, readable by their owner alone. A file that is there stays unless `over`."""
    if file.exists() and not over:
        raise NotNow(f"{file} is there already. Choose another name, or say --over.")
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=OWN_ONLY)
    try:
        _dump(part)
        said = json.dumps(_manifest(part, at), indent=1)
        _write(_manifest_of(file), said)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, *, over: bool) -> dict[str, object]:
    """Put the rows of the file in the place of those that are there; all or none. Returns the manifest."""
    manifest = _read(file)
    if not over and _has_rows():
        raise NotNow("There are rows in this database. Say --over to put those of the file in their place.")
    if connection.vendor == "sqlite":
        _into_sqlite(file)
    else:
        flags = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner")
        _run("pg_restore", *flags, "--dbname", _name(), str(file))
    return manifest


def _manifest(file: Path, at: datetime) -> dict[str, object]:
    return {
        "engine": connection.vendor,
        "made_at": at.isoformat(timespec="seconds"),
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        "bytes": file.stat().st_size,
        "sha256": _digest(file),
        "sealed": seal(WORD),
        "index": blind(WORD),
    }


def _read(file: Path) -> dict[str, object]:
    try:
        manifest: dict[str, object] = json.loads(_manifest_of(file).read_text())
    except (OSError, ValueError):
        raise NotNow(f"{_manifest_of(file)} cannot be read: it belongs to the backup.") from None
    if manifest.get("engine") != connection.vendor:
        raise NotNow(f"This is a backup of {manifest.get('engine')}, and the database here is {connection.vendor}.")
    if not file.exists() or manifest.get("sha256") != _digest(file):
        raise NotNow(f"{file} is not as it was written: its digest differs.")
    if not _opens(str(manifest.get("sealed"))) or manifest.get("index") != blind(WORD):
        raise NotNow("This backup was made with other keys. Set its FIELD_KEYS and INDEX_KEY first.")
    return manifest


def _opens(sealed: str) -> bool:
    try:
        return unseal(sealed) == WORD
    except InvalidToken:
        return False


def _has_rows() -> bool:
    """Anything that somebody made: a migrated database has none of it."""
    tables = set(connection.introspection.table_names()) & {"people_person", "network_unit", "journal_entry"}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608 - our names
            if cursor.fetchone()[0]:
                return True
    return False


def _dump(file: Path) -> None:
    if connection.vendor == "sqlite":
        with _sqlite(file) as copy, _sqlite(_name()) as own:
            own.backup(copy, progress=_Patience())  # one look at the rows, and whoever writes goes on
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--file", str(file), _name())


def _into_sqlite(file: Path) -> None:
    """Through the database itself: those who have it open see all of it, or nothing."""
    with _sqlite(file) as copy, _sqlite(_name()) as own:
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise NotNow(f"{file} is damaged.")
        copy.backup(own, progress=_Patience())


class _Patience:
    """Asked after each try: it goes on for ever while another process writes, unless something is raised."""

    def __init__(self) -> None:
        self.tries = 0

    def __call__(self, status: int, _remaining: int, _total: int) -> None:
        self.tries += status in BUSY
        if self.tries > TRIES:
            raise NotNow("Somebody writes into the database without a pause. Stop the server and try again.")


@contextmanager
def _sqlite(file: Path | str) -> Iterator[sqlite3.Connection]:
    """By the SQLite that the backend chose: it copies only from and into its own."""
    database = connection.Database  # type: ignore[attr-defined]  # each backend has it
    try:
        with closing(database.connect(str(file))) as opened:
            register(opened)  # our constraints ask functions of Django's
            yield opened
    except database.Error as error:
        raise NotNow(f"{file}: {error}") from error


def _run(program: str, *words: str) -> None:
    if not shutil.which(program):
        raise NotNow(f"{program} is not installed. It comes with PostgreSQL's client programs.")
    done = subprocess.run(  # noqa: S603 - our own words
        [program, *words], env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotNow(f"{program} could not do it: {done.stderr.strip().splitlines()[-1]}")


def _environment() -> dict[str, str]:
    """Who and where; not on the command line, which everybody on the machine can read."""
    set_ = connection.settings_dict
    named = {"PGHOST": set_["HOST"], "PGPORT": set_["PORT"], "PGUSER": set_["USER"], "PGPASSWORD": set_["PASSWORD"]}
    return {**os.environ, **{name: str(value) for name, value in named.items() if value}}


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()


def _manifest_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _write(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    file.touch(mode=OWN_ONLY)
    file.write_text(text)
