"""What an installation stands on: its database, its keys, its processes, and the walls around the tests."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from playwright.sync_api import Page

from baixing.journal.models import Entry
from baixing.kernel import appendonly, editions
from tests.emptying import DJANGOS, empty, lifted
from tests.town import build
from tools import keys

SERVE = "import json, sys; from tools import serve; serve.PARTS = json.loads(sys.argv[1]); sys.exit(serve.main())"
SLEEPS = "sh -c 'echo $$ >{file}; exec sleep 60'"
ENDS = "sh -c 'echo $$ >{file}; sleep 1; exit 3'"


@pytest.mark.django_db
def test_sqlite_loses_nothing_and_takes_turns() -> None:
    pragmas = ("synchronous", "recursive_triggers", "foreign_keys", "busy_timeout")
    with connection.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    assert found == [2, 1, 1, 20_000]


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys.env"

    keys.main(file)
    first = file.read_text()
    keys.main(file)

    names = ["BAIXING_DEMO", "SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "VAPID_KEY", "CREDENTIAL_KEYS", "LEDGER_KEY"]
    assert [line.split("=")[0] for line in first.split()] == names
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (first, 0o600)


def test_one_ctrl_c_ends_all_parts(tmp_path: Path) -> None:
    served = serve(tmp_path, web=SLEEPS, worker=SLEEPS, clock=SLEEPS)
    parts = pids(tmp_path)

    served.send_signal(signal.SIGINT)

    assert (served.wait(20), [pid for pid in parts if alive(pid)]) == (0, [])


def test_when_one_part_ends_all_end(tmp_path: Path) -> None:
    served = serve(tmp_path, web=SLEEPS, worker=ENDS, clock=SLEEPS)
    parts = pids(tmp_path)

    assert (served.wait(20), [pid for pid in parts if alive(pid)]) == (3, [])


def test_a_test_reaches_this_machine_only() -> None:
    with socket.socket() as door, pytest.raises(ConnectionRefusedError):
        door.connect(("192.0.2.1", 80))


def test_a_page_reaches_this_machine_only(page: Page) -> None:
    page.goto("data:text/html,<p>百姓之家</p>")

    assert page.evaluate("fetch('http://192.0.2.1/').catch(() => 'refused')") == "refused"


@pytest.mark.both
@pytest.mark.django_db
def test_emptying_lifts_the_triggers_and_lays_them_again() -> None:
    appendonly.refuse(connection, "django_session")
    one = Session.objects.create(session_key="one", session_data="", expire_date=timezone.now())

    with pytest.raises(DatabaseError), transaction.atomic():
        one.delete()
    with lifted(connection):
        one.delete()

    assert (Session.objects.count(), appendonly.laid(connection, "django_session")) == (0, True)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_gone_when_the_database_is_emptied_and_the_triggers_stand() -> None:
    build()
    assert Entry.objects.exists()

    empty(connection)

    every = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table not in DJANGOS]
    assert [model._meta.label for model in every if model._base_manager.exists()] == []
    assert (appendonly.laid(connection, "journal_entry"), editions.unwatched(connection)) == (True, [])


def serve(folder: Path, **parts: str) -> subprocess.Popen[bytes]:
    commands = {name: part.format(file=folder / f"{name}.pid") for name, part in parts.items()}
    environment = {**os.environ, "PORT": str(free_port()), "DATA": str(folder)}
    return subprocess.Popen([sys.executable, "-c", SERVE, json.dumps(commands)], env=environment)


def pids(folder: Path) -> list[int]:
    """The three parts, as soon as each has said its number."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        said = [file.read_text() for file in folder.glob("*.pid")]
        if len(said) == 3 and all(said):
            return [int(one) for one in said]
    raise TimeoutError


def alive(pid: int) -> bool:
    """Still there after a while? A process that was told to end may take a moment to be gone."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        return not select.select([handle], [], [], 10)[0]
    finally:
        os.close(handle)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
