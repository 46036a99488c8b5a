"""How long the calendar of a thousand sessions takes to read.

`.venv/bin/python -m bench.feed [events]`: a unit, and a volunteer, with so many sessions (1,000) in a database of
their own; each calendar is read as a phone reads it, by whole requests: after a session has changed, when another
phone has just read the same, and when this phone has it already. The last figure is the processor's time alone, which a
busy machine does not change much.
DATABASE_URL names an empty PostgreSQL; without it the database is SQLite.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baixing.people.models import Person
    from baixing.schedule.models import Session

MOST = 0.300  # seconds
ROUNDS = 30
WORDS = "村里的老人和孩子都可以来，请自带小板凳；下雨改到文化馆二楼，另有热水。"


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory(prefix="baixing-bench-") as folder:
        _start(folder)
        from django.db import connection

        addresses = _town(size)
        print(f"{size} sessions on {connection.vendor}, {ROUNDS} rounds; milliseconds: median, p95, most; processor")
        slow = [name for name, address in addresses.items() if _measure(name, address) > MOST]
    print(f"over {MOST * 1000:.0f} ms: {', '.join(slow)}" if slow else f"all under {MOST * 1000:.0f} ms")
    return 1 if slow else 0


def _start(folder: str) -> None:
    os.environ.update(
        DATA=folder,
        STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
        BAIXING_DEMO="1",
        DJANGO_SETTINGS_MODULE="baixing.settings",
        SECRET_KEY="only for a bench",  # noqa: S106 - of a database that is thrown away
        INDEX_KEY="only for a bench",
        FIELD_KEYS="dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=",
    )
    (Path(folder) / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _town(size: int) -> dict[str, str]:
    """One village, its sessions over a year, and somebody who comes to all of them."""
    from baixing.kernel.calendar import now
    from baixing.network.actions import add_unit
    from baixing.network.models import Unit
    from baixing.people.actions import enrol
    from baixing.schedule.actions import make_feed
    from baixing.schedule.models import Session

    at = now()
    unit = add_unit(Unit.Kind.CENTRE, "铜城", None, by=None, at=at)
    person = enrol("金", "+8612800000001", None, at=at, by=None)
    facts = {"kind": "activity", "state": "open", "unit": unit, "public": True, "made_by": person, "made_at": at}
    starts = [at + timedelta(hours=8 * number) for number in range(size)]
    made = Session.objects.bulk_create(
        Session(
            title=f"百姓大舞台 {n}", words=WORDS, place="文化广场", start=start, end=start + timedelta(hours=2), **facts
        )
        for n, start in enumerate(starts)
    )
    _take_part(made, person)
    feed = make_feed(by=person, at=at)
    return {"unit": f"/units/{unit.pk}/calendar.ics", "person": f"/calendars/{feed.secret}.ics"}


def _take_part(sessions: list[Session], person: Person) -> None:
    """As the actions leave it: a role, a seat, and a line for each thing in the journal."""
    from baixing.journal import actions as journal
    from baixing.kernel.calendar import now
    from baixing.schedule.models import Role, Signup

    at = now()
    roles = Role.objects.bulk_create(Role(session=one, side="resident", seats=30, taken=1) for one in sessions)
    seats = Signup.objects.bulk_create(
        Signup(
            session=role.session, role=role, person=person, at=at, queued_at=at, code=f"c{role.pk}", state="confirmed"
        )
        for role in roles
    )
    for thing in (*sessions, *seats):
        journal.write("plan", thing, by=person, at=at)


def _measure(name: str, address: str) -> float:
    """The slowest way to read it, at its 95th of a hundred."""
    from django.test import Client

    asked = {"host": "localhost", "accept-encoding": "gzip"}
    client = Client(headers=asked)
    answer = client.get(address)
    known = Client(headers={**asked, "if-none-match": answer.headers["ETag"]})
    print(f"{name}: {len(answer.content) / 1024:.0f} KB on the wire")
    ways: dict[str, Callable[[], object]] = {
        "first read, or changed": lambda: client.get(address),
        "read by another phone": lambda: client.get(address),
        "nothing new": lambda: known.get(address),
    }
    return max(_time(way, read, changed=way.startswith("first")) for way, read in ways.items())


def _time(way: str, read: Callable[[], object], *, changed: bool) -> float:
    from django.db.models import F

    from baixing.schedule.models import Session

    taken, worked = [], []
    for _ in range(ROUNDS):
        if changed:
            Session.objects.filter(pk=Session.objects.earliest("pk").pk).update(version=F("version") + 1)
        start, work = time.perf_counter(), time.process_time()
        read()
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - work)
    late = quantiles(taken, n=20)[-1]
    print(
        f"  {way:<24}{median(taken) * 1000:7.1f}{late * 1000:7.1f}{max(taken) * 1000:7.1f}{median(worked) * 1000:7.1f}"
    )
    return late


if __name__ == "__main__":
    sys.exit(main())
