"""What is wrong with an installation, in plain words: `baixing doctor`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from baixing.journal.queries import verify_all
from baixing.kernel import appendonly, seal
from baixing.kernel.calendar import LOCAL
from baixing.network.queries import staffed
from baixing.notices.models import Outgoing
from baixing.operations.queries.keys import ages, indexes_fit
from baixing.orders.models import Order
from baixing.people.models import Person

SAFE_SQLITE = (3, 51, 3)
SHORTEST_SECRET = 50
LEAST_DISK = 1_000_000_000  # bytes
BUILT = datetime(2026, 11, 1, tzinfo=LOCAL)  # a clock before this is wrong
LATE = timedelta(minutes=30)
FULL = 2


def faults(at: datetime) -> Iterator[str]:
    """Each fault as one sentence that says what to do; nothing when all is well."""
    yield from _settings()
    yield from _clock(at)
    yield from _disk()
    yield from _database()
    waiting = list(_migrations())
    yield from waiting or _backlog(at)


def remarks() -> Iterator[str]:
    """What an operator should know and is no fault."""
    if settings.DEMO:
        yield "This is a demo: its pages show the codes of signing in, of both steps. Never put real people into it."


def deep_faults(at: datetime) -> Iterator[str]:
    """Faults in the rows themselves: broken chains, live orders that nobody owns."""
    for verdict in verify_all():
        if not verdict.ok:
            yield f"The journal of {verdict.thing} is broken at line {verdict.first_bad}: {verdict.why}."
    yield from _keys()
    owned: dict[int, bool] = {}
    for order in Order.objects.live().select_related("owner"):
        if not owned.setdefault(order.owner_id, staffed(order.owner, at)):
            yield f"Order {order.number} is owned by {order.owner}, where nobody works."


def _keys() -> Iterator[str]:
    """Whether an older key is needed still, or may go."""
    found = ages().values()
    old, lost = (sum(counts[age] for counts in found) for age in (seal.OLD, seal.LOST))
    if lost:
        yield f"{lost} sealed texts open under none of FIELD_KEYS. Put the key that is missing back at the end."
    if old:
        yield f"{old} texts are sealed under an older key. Run baixing rotate_keys."
    elif len(settings.FIELD_KEYS) > 1:
        yield "Only the first of FIELD_KEYS is in use. Take the others out."


def _settings() -> Iterator[str]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"SECRET_KEY has fewer than {SHORTEST_SECRET} letters. Set a longer, random one."
    if settings.DEBUG:
        yield "DEBUG is on: faults show the inside to strangers. Unset DEBUG."
    if settings.DEMO:
        return
    if not indexes_fit():
        yield "INDEX_KEY was changed: nobody is found by their number. Put it back, or run baixing rotate_keys --index."
    if Person.objects.filter(demo=True).exists():
        yield "There are demo accounts, but this is no demo. Start with an empty database."
    for name in ("SMS_PROVIDER", "MAIL_PROVIDER"):
        if not getattr(settings, name):
            yield f"{name} is not set: nobody can be reached that way."


def _clock(at: datetime) -> Iterator[str]:
    if at < BUILT:
        yield f"The clock says {at:%F}, which is before this version was made. Set the clock."
    newest = Order.objects.order_by("-placed_at").values_list("placed_at", flat=True).first()
    if newest and newest > at + timedelta(minutes=10):
        yield "The newest order was placed in the future: the clock was ahead, or is behind now."


def _disk() -> Iterator[str]:
    folder = next(place for place in (Path(settings.DATA), *Path(settings.DATA).parents) if place.exists())
    if shutil.disk_usage(folder).free < LEAST_DISK:
        yield f"Less than 1 GB is free at {folder}. Make room."


def _database() -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield from _sqlite()
    elif _ask("SHOW synchronous_commit") == "off":
        yield "PostgreSQL has synchronous_commit off: answers are given before rows are safe. Turn it on."
    if "journal_entry" in connection.introspection.table_names() and not appendonly.laid(connection, "journal_entry"):
        yield "The journal can be changed: its triggers are missing. Run baixing migrate."


def _sqlite() -> Iterator[str]:
    version = tuple(int(part) for part in str(_ask("SELECT sqlite_version()")).split("."))
    mode = str(_ask("PRAGMA journal_mode")).lower()
    if mode == "wal" and version < SAFE_SQLITE:
        yield f"SQLite {'.'.join(map(str, version))} can damage its file in WAL mode. Install pysqlite3."
    if _ask("PRAGMA synchronous") != FULL:
        yield "SQLite does not wait for the disk (synchronous is not FULL). Use our database backend."


def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield f"{len(waiting)} migrations are not applied. Run baixing migrate."


def _backlog(at: datetime) -> Iterator[str]:
    """Messages that were due a while ago and that nobody sends."""
    late = Outgoing.objects.sendable(at).filter(due__lt=at - LATE).count()
    if late:
        yield f"{late} messages are late by more than half an hour. See that baixing deliver runs."


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None
