"""The dates of a recurrence before it is kept, and the other sessions of one afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from baixing.kernel.calendar import LOCAL, holiday
from baixing.network.queries import line_of
from baixing.schedule.models import Session, Space
from baixing.schedule.queries.openings import Openings, openings
from baixing.schedule.queries.sessions import Place, run_by, visible
from baixing.schedule.rules import Standing
from baixing.schedule.rules.recurrence import Repeat, check_apart, occurrences, rule_of
from baixing.schedule.rules.venue import may_ask

MOST_SHOWN = 30


@dataclass(frozen=True)
class Asked:
    """What somebody is about to plan again and again."""

    repeat: Repeat
    start: datetime
    end: datetime
    space: Space | None = None
    left_out: frozenset[date] = frozenset()

    @property
    def rule(self) -> str:
        return rule_of(self.repeat, self.start.astimezone(LOCAL).date())

    @property
    def digest(self) -> str:
        """Tells one list of dates from another, whatever is left out of it."""
        said = (self.rule, self.start.isoformat(), self.end.isoformat(), self.space and self.space.pk)
        return sha256(repr(said).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Date:
    """One of the dates: whether it is left out, what day it is, and why the space cannot be had then."""

    start: datetime
    end: datetime
    left_out: bool
    holiday: str
    barrier: str

    @property
    def key(self) -> str:
        return self.start.date().isoformat()


def dates_of(asked: Asked) -> list[Date]:
    """All of them, those that are left out too: they can be taken in again."""
    starts, length = occurrences(asked.rule, asked.start), asked.end - asked.start
    check_apart(starts, length)
    free = openings(asked.space, starts[0], starts[-1] + length) if asked.space else None
    return [_date(start, start + length, asked, free) for start in starts]


def _date(start: datetime, end: datetime, asked: Asked, free: Openings | None) -> Date:
    day = start.date()
    return Date(start, end, day in asked.left_out, holiday(day), free.barrier(start, end) if free else "")


def spaces_for(place: Place) -> list[Space]:
    """Those of the unit and of the units above it that it may book, or its team."""
    found = Space.objects.in_use().filter(venue__unit__in=[unit.pk for unit in line_of(place.unit)])
    unit = None if place.team else place.unit
    rows = found.select_related("venue__unit").order_by("-venue__unit__path", "venue__name", "pk")
    return [space for space in rows if may_ask(space, unit, place.team)]


@dataclass(frozen=True)
class Others:
    """The sessions of one recurrence that are to come, as far as a reader sees them."""

    rows: list[Session]
    more: int
    moved: frozenset[int]  # whose time is another than the rule's


def others_of(session: Session, one: Standing | None, at: datetime) -> Others | None:
    if session.recurrence_id is None:
        return None
    seen = visible(one) if one is None or not one.runs(session) else run_by(one)
    ahead = seen.filter(recurrence=session.recurrence_id, end__gt=at).live().order_by("start", "pk")
    rows = list(ahead.select_related("unit").distinct())
    moved = frozenset(row.pk for row in rows if row.start != row.rule_start)
    return Others(rows[:MOST_SHOWN], max(len(rows) - MOST_SHOWN, 0), moved)
