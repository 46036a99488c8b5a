"""The lists of reasons that a centre starts with."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from baixing.orders.models import Reason

FILE = Path(__file__).resolve().parent.parent / "data" / "reasons.toml"


@transaction.atomic
def load_reasons() -> int:
    """Add those that are missing and leave what a city has edited; how many there are."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["reason"]
    Reason.objects.bulk_create([Reason(position=place, **row) for place, row in enumerate(rows)], ignore_conflicts=True)
    return len(rows)
