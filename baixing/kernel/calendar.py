"""Working time in China: offices' hours, weekends, days off and the make-up days (调休)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from baixing.kernel import daysoff

LOCAL = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
DAY = timedelta(days=1)


def now() -> datetime:
    """The clock. Asked by views and commands, never by actions, queries or rules."""
    return timezone.now()


def is_workday(day: date) -> bool:
    if day in daysoff.of(day.year).made_up:
        return True
    return day.weekday() < SATURDAY and day not in daysoff.of(day.year).names


@dataclass(frozen=True)
class Hours:
    """When an office is open on a working day. No noon break: both its ends the same."""

    opens: time = time(8, 30)
    noon_from: time = time(12, 0)
    noon_to: time = time(14, 30)
    closes: time = time(18, 0)

    def __post_init__(self) -> None:
        if not self.halves:
            message = "an office must be open at some time of the day"
            raise ValueError(message)

    @property
    def halves(self) -> list[tuple[time, time]]:
        """Before and after noon; one of them or a single one when there is no break."""
        if self.noon_to <= self.noon_from:
            both = [(self.opens, self.closes)]
        else:
            morning = (self.opens, min(self.noon_from, self.closes))
            both = [morning, (max(self.noon_to, self.opens), self.closes)]
        return [(a, b) for a, b in both if a < b]

    def stretches(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when to when it is open on this working day."""
        return [(_moment(day, a), _moment(day, b)) for a, b in self.halves]


DEFAULT = Hours()


def add_working(start: datetime, *, hours: float = 0, days: int = 0, hours_of: Hours = DEFAULT) -> datetime:
    """The moment so many working days, then working hours, after `start`.

    Time begins to run when the office is open. A working day later is the same time of day on
    the next working day. A later start never gives an earlier end.
    """
    moment = _into_hours(start.astimezone(LOCAL), hours_of)
    for _ in range(days):
        moment = _moment(_next_workday(moment.date()), moment.timetz().replace(tzinfo=None))
    left = timedelta(hours=hours)
    for opens, closes in _open_from(moment, hours_of):
        begun = max(moment, opens)
        if left <= closes - begun:
            return begun + left
        left -= closes - begun
    raise OverflowError


def working_between(a: datetime, b: datetime, hours_of: Hours = DEFAULT) -> timedelta:
    """How long the office was open from `a` to `b`; nothing when `b` is not later."""
    total = timedelta()
    for opens, closes in _open_from(a.astimezone(LOCAL), hours_of):
        if opens >= b:
            break
        total += max(timedelta(), min(closes, b) - max(opens, a))
    return total


@dataclass(frozen=True)
class Span:
    """A length of time as people agree on it.

    2h: by the wall clock; 8wh: working hours; 1wd: working days; 7d: days of the calendar.
    """

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Span:
        if not (found := re.fullmatch(r"([0-9]{1,4})(h|wh|wd|d)", text)):
            message = f"{text!r} is not a span such as 2h, 8wh, 1wd or 7d"
            raise ValueError(message)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"

    def after(self, start: datetime, hours_of: Hours = DEFAULT) -> datetime:
        match self.unit:
            case "wh":
                return add_working(start, hours=self.amount, hours_of=hours_of)
            case "wd":
                return add_working(start, days=self.amount, hours_of=hours_of)
            case "h":
                return start + timedelta(hours=self.amount)
            case _:
                return start + timedelta(days=self.amount)


def holiday(day: date) -> str:
    """The name of a public holiday, as the state publishes it; empty on all other days."""
    return daysoff.of(day.year).names.get(day, "")


def _into_hours(moment: datetime, hours_of: Hours) -> datetime:
    opens, _ = next(_open_from(moment, hours_of))
    return max(moment, opens)


def _open_from(moment: datetime, hours_of: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Each stretch of open time that is not over by `moment`, without end."""
    day = moment.date()
    while True:
        if is_workday(day):
            yield from (stretch for stretch in hours_of.stretches(day) if stretch[1] >= moment)
        day += DAY


def _next_workday(day: date) -> date:
    day += DAY
    while not is_workday(day):
        day += DAY
    return day


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LOCAL)
