"""What is wrong with an installation, in plain words: `baixing doctor`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from baixing.kernel import appendonly, editions
from baixing.kernel.calendar import LOCAL
from baixing.kernel.credentials import keys as credential_keys
from baixing.notices import queries as notices
from baixing.operations.queries.keys import indexes_fit
from baixing.orders.models import Order
from baixing.people.models import Person

SAFE_SQLITE = (3, 51, 3)
SHORTEST_SECRET = 50
LEAST_DISK = 1_000_000_000  # bytes
BUILT = datetime(2026, 11, 1, tzinfo=LOCAL)  # a clock before this is wrong
LATE = timedelta(minutes=30)
FULL = 2
WECHAT = ("WECHAT_SECRET", "WECHAT_TEMPLATES", "PUBLIC_URL")
UNCHANGING = {
    "journal_entry": "journal",
    "hours_hoursentry": "ledger of hours",
    "hours_ledgerroot": "list of the ledger's roots",
}
UNSAFE = {  # settings of PostgreSQL, and what happens when they are off
    "synchronous_commit": "answers are given before rows are safe",
    "fsync": "a power cut can destroy the database",
    "full_page_writes": "a power cut in the middle of a page destroys it",
}


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
    if not settings.CREDENTIAL_KEYS:
        yield "CREDENTIAL_KEYS is not set: certificates come without a credential. baixing credential_key makes one."


def _settings() -> Iterator[str]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"SECRET_KEY has fewer than {SHORTEST_SECRET} letters. Set a longer, random one."
    if settings.DEBUG:
        yield "DEBUG is on: faults show the inside to strangers. Unset DEBUG."
    yield from _credential_keys()
    if settings.DEMO:
        return
    if not indexes_fit():
        yield "INDEX_KEY was changed: nobody is found by their number. Put it back, or run baixing rotate_keys --index."
    if Person.objects.filter(demo=True).exists():
        yield "There are demo accounts, but this is no demo. Start with an empty database."
    yield from _ways()


def _credential_keys() -> Iterator[str]:
    try:
        ring = credential_keys.ring()
    except ImproperlyConfigured as fault:
        yield str(fault)
        return
    if ring.publics and not ring.secret:
        yield "The first of CREDENTIAL_KEYS is not a secret key: nothing can be signed. Put the secret one in front."


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
    else:
        yield from _postgresql()
    there = set(connection.introspection.table_names())
    for table, name in UNCHANGING.items():
        if table in there and not appendonly.laid(connection, table):
            yield f"The {name} can be changed: its triggers are missing. Run baixing migrate."
    if unwatched := editions.unwatched(connection):
        yield f"Pages may show what was: triggers of {', '.join(unwatched)} are missing. Run baixing migrate."


def _postgresql() -> Iterator[str]:
    for name, harm in UNSAFE.items():
        if _ask(f"SHOW {name}") == "off":
            yield f"PostgreSQL has {name} off: {harm}. Turn it on."


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
    """By channel: messages that were due a while ago and that nobody sends, and lines to providers that fail."""
    for line in notices.down(at):
        where = f"{line.channel} ({line.host})" if line.host else line.channel
        yield f"{where}: {line.failures} tries have failed since {line.since:%F %R}, the last with: {line.why}."
    for waiting in notices.backlog(at):
        if waiting.oldest < at - LATE:
            late = f"{waiting.channel}: {waiting.count} messages wait, the oldest since {waiting.oldest:%F %R}."
            yield f"{late} See that baixing deliver runs and that its provider answers."
    for channel, count in notices.dropped(at).items():
        yield f"{channel}: {count} messages of the last day came too late and were not sent."


def _ways() -> Iterator[str]:
    """What is missing for the ways out. Push and WeChat are a city's choice: all of their settings, or none."""
    for name in ("SMS_PROVIDER", "MAIL_PROVIDER"):
        if not getattr(settings, name):
            yield f"{name} is not set: nobody can be reached that way."
    if not settings.VAPID_KEY:
        yield "VAPID_KEY is not set: nobody can be told in their browser. tools/keys.py makes one."
    elif not settings.VAPID_SUBJECT:
        yield "VAPID_SUBJECT is not set: push services want the address of whoever runs this, as mailto:it@example.org."
    if settings.WECHAT_APP_ID:
        yield from (f"{name} is not set: WeChat cannot be used." for name in WECHAT if not getattr(settings, name))


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None
