"""Lines to providers: after a few failures in a row one rests, then a single message tries it (a circuit breaker)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Value, When
from django.db.models.functions import Coalesce

from baixing.notices import rules
from baixing.notices.models import Line


@transaction.atomic
def failed(channel: str, host: str, at: datetime, *, why: str, rest: timedelta | None = None) -> None:
    """One more failure. `rest` is what the provider asked for, and is kept at once."""
    line, _ = Line.objects.get_or_create(channel=channel, host=host)
    until = at + max(rest or timedelta(), rules.LINE_RESTS)
    enough = 1 if rest else rules.FAILURES
    rests = Case(
        When(failures__gte=enough - 1, then=Value(until)), default=F("rests_until"), output_field=DateTimeField()
    )
    Line.objects.filter(pk=line.pk).update(
        failures=F("failures") + 1, since=Coalesce("since", Value(at)), rests_until=rests, why=why[:200]
    )


def works(channel: str, host: str) -> bool:
    """A whole answer came. Says whether the line had been failing."""
    mended = Line.objects.filter(channel=channel, host=host, failures__gt=0)
    return bool(mended.update(failures=0, since=None, rests_until=None, why=""))
