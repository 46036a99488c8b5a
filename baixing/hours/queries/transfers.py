"""Transfers between systems, and who reads the ledger as a whole."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from baixing.hours.models import Transfer
from baixing.network.models import Post
from baixing.network.queries import top
from baixing.network.rules import holds
from baixing.people.models import Person

SHOWN = 50
READERS = frozenset({Post.Kind.HEAD, Post.Kind.STAFF, Post.Kind.AUDITOR})


def latest() -> list[Transfer]:
    """Those that wait first, then the newest."""
    rows = Transfer.objects.select_related("system", "volunteer__person", "asked_by", "decided_by")
    return sorted(rows.order_by("-pk")[:SHOWN], key=lambda row: row.state != Transfer.State.ASKED)


def own_words() -> str:
    """How other systems call this one; empty while it has no key."""
    return settings.LEDGER_CODE if settings.LEDGER_KEY else ""


def reads_ledger(person: Person, on: datetime) -> bool:
    city = top()
    return city is not None and holds(person, READERS, at=city, on=on)
