"""Moments as whole seconds: millions of them are written, and no two ways of writing one differ."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.db import connection

from baixing.kernel.calendar import LOCAL

MINUTE, HOUR, DAY = 60, 3600, 86400
NOON, EVENING = 12.5, 18.5  # hours at which another part of the day begins
AFTERNOON = 16.4
EPOCH = date(1970, 1, 1)
_OF_DAY = [f"{n // HOUR:02}:{n // MINUTE % MINUTE:02}:{n % MINUTE:02}" for n in range(DAY)]


def second_of(at: datetime) -> int:
    return int(at.timestamp())


def local_second(day: date, at: time) -> int:
    return second_of(datetime.combine(day, at, LOCAL))


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def local_day(second: int) -> date:
    return moment(second).astimezone(LOCAL).date()


def part_of_day(at: time) -> int:
    """Morning, afternoon, after school, evening: what is held in one part never reaches into the next."""
    hour = at.hour + at.minute / 60
    return 0 if hour < NOON else 1 if hour < AFTERNOON else 2 if hour < EVENING else 3


def iso(second: int) -> str:
    """As the journal's digest covers it."""
    day, rest = divmod(second, DAY)
    return f"{_day(day)}T{_OF_DAY[rest]}.000000+00:00"


def iso_short(second: int) -> str:
    """As a fact of the journal says it."""
    day, rest = divmod(second, DAY)
    return f"{_day(day)}T{_OF_DAY[rest]}+00:00"


def column(second: int | None) -> str | None:
    """As the database keeps it."""
    if second is None:
        return None
    day, rest = divmod(second, DAY)
    return f"{_day(day)} {_OF_DAY[rest]}{_zone()}"


@cache
def _zone() -> str:
    """SQLite keeps none: all its moments are of Greenwich."""
    return "" if connection.vendor == "sqlite" else "+00"


@cache
def _day(number: int) -> str:
    return str(EPOCH + timedelta(days=number))
