"""How many minutes a presence comes to. Nothing here reads or writes a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from baixing.kernel.calendar import LOCAL

OVER: Final = timedelta(minutes=30)  # beyond what was planned, at most
MOST_A_DAY: Final = 600  # minutes, unless whoever credits works in the tier above
DAY: Final = timedelta(days=1)

Span = tuple[datetime, datetime]
Days = dict[date, int]


def span_of(arrived: datetime, left: datetime, planned: timedelta) -> Span:
    """min(out − in, planned + 30), from when they came. A clock that went back gives nothing, never less."""
    return arrived, max(arrived, min(left, arrived + planned + OVER))


def whole_minutes(span: Span) -> int:
    return int((span[1] - span[0]) / timedelta(minutes=1))


def without(span: Span, others: Iterable[Span]) -> list[Span]:
    """What is left of it when each moment counts once."""
    left = [span] if span[0] < span[1] else []
    for start, end in sorted(others):
        left = [piece for one in left for piece in _cut(one, start, end)]
    return left


def by_day(pieces: Iterable[Span]) -> Days:
    """Whole minutes on each local day; of a session over midnight, some on each."""
    spent: dict[date, timedelta] = {}
    for start, end in pieces:
        here, last = start.astimezone(LOCAL), end.astimezone(LOCAL)
        while here < last:
            midnight = datetime.combine(here.date() + DAY, time.min, LOCAL)
            spent[here.date()] = spent.get(here.date(), timedelta()) + min(midnight, last) - here
            here = midnight
    minutes = {day: int(length / timedelta(minutes=1)) for day, length in spent.items()}
    return {day: count for day, count in minutes.items() if count}


def within_the_day(days: Mapping[date, int], had: Mapping[date, int]) -> Days:
    """No more than ten hours a day, with what stands there already."""
    room = {day: max(min(count, MOST_A_DAY - had.get(day, 0)), 0) for day, count in days.items()}
    return {day: count for day, count in room.items() if count}


def first_of(days: Mapping[date, int], minutes: int) -> Days:
    """So many minutes of these, from the first day on."""
    found, left = Days(), minutes
    for day, count in sorted(days.items()):
        if taken := min(count, left):
            found[day] = taken
        left -= taken
    return found


def reached(pieces: Iterable[Span], minutes: int) -> datetime | None:
    """The moment at which they come to so many minutes; None when they never do."""
    left = timedelta(minutes=minutes)
    for start, end in pieces:
        if end - start >= left:
            return start + left
        left -= end - start
    return None


def _cut(one: Span, start: datetime, end: datetime) -> list[Span]:
    pieces = [(one[0], min(one[1], start)), (max(one[0], end), one[1])]
    return [piece for piece in pieces if piece[0] < piece[1]]
