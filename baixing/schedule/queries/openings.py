"""When a space can be had: hours, closures and what it is booked for, read once for any number of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_near_date
from baixing.schedule.models import DAY_MINUTES, Booking, Closure, OpenHours, Space, Venue

Stretch = tuple[int, int]  # minutes of a day


@dataclass(frozen=True)
class Openings:
    """A space from one day to another."""

    venue: Venue
    hours: dict[int, list[Stretch]]
    closures: list[Closure]
    taken: list[Booking]  # what is confirmed

    def barrier(self, start: datetime, end: datetime) -> str:
        """Why it cannot be had at this time, in words; "" when it can."""
        return self._shut(start, end) or self._closed(start, end) or self._taken(start, end)

    def _shut(self, start: datetime, end: datetime) -> str:
        for day, first, last in _by_day(start, end):
            if any(opens <= first and last <= closes for opens, closes in self.hours.get(day.weekday(), ())):
                continue
            return self._hours_words(day)
        return ""

    def _hours_words(self, day: date) -> str:
        said = {"venue": self.venue.name, "weekday": date_format(day, "l"), "hours": hours_words(self.on(day))}
        if not said["hours"]:
            return _("%(venue)s is not open on %(weekday)s.") % said
        return _("%(venue)s is open on %(weekday)s at %(hours)s only.") % said

    def on(self, day: date) -> list[Stretch]:
        return self.hours.get(day.weekday(), [])

    def closure(self, first: date, last: date) -> Closure | None:
        return next((one for one in self.closures if one.first <= last and one.last >= first), None)

    def _closed(self, start: datetime, end: datetime) -> str:
        days = [day for day, _first, _last in _by_day(start, end)]
        if (found := self.closure(days[0], days[-1])) is None:
            return ""
        said = {"first": said_near_date(found.first), "last": said_near_date(found.last), "words": found.words}
        if found.first == found.last:
            return _("It is closed on %(first)s: %(words)s") % said
        return _("It is closed from %(first)s to %(last)s: %(words)s") % said

    def _taken(self, start: datetime, end: datetime) -> str:
        clash = next((one for one in self.taken if one.start < end and one.end > start), None)
        return _("It is taken then, %(when)s.") % {"when": span_words(clash.start, clash.end)} if clash else ""


def openings(space: Space, start: datetime, end: datetime, *, but: Booking | None = None) -> Openings:
    """All that bears on the space between two moments, but for one booking of it."""
    first, last = start.astimezone(LOCAL).date(), end.astimezone(LOCAL).date()
    closures = Closure.objects.touching(first, last).filter(venue=space.venue_id).order_by("first", "pk")
    taken = Booking.objects.clashing(space, start, end).order_by("start")
    return Openings(
        venue=space.venue,
        hours=hours_of(space.venue),
        closures=[one for one in closures if one.shuts(space)],
        taken=list(taken.exclude(pk=but.pk) if but else taken),
    )


def hours_of(venue: Venue) -> dict[int, list[Stretch]]:
    """By weekday; stretches that meet are one."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for row in OpenHours.objects.filter(venue=venue):
        day = found[row.weekday]
        if day and day[-1][1] == row.opens:
            day[-1] = (day[-1][0], row.closes)
        else:
            day.append((row.opens, row.closes))
    return dict(found)


def hours_words(stretches: list[Stretch]) -> str:
    """08:30–12:00, 14:30–18:00."""
    return _(", ").join(f"{clock(opens)}–{clock(closes)}" for opens, closes in stretches)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def span_words(start: datetime, end: datetime) -> str:
    """5 March 09:00–11:00."""
    first, last = start.astimezone(LOCAL), end.astimezone(LOCAL)
    same = first.date() == last.date()
    return f"{said_near_date(first)} {first:%H:%M}–{'' if same else said_near_date(last) + ' '}{last:%H:%M}"


def _by_day(start: datetime, end: datetime) -> Iterator[tuple[date, int, int]]:
    """The parts of a span in each local day, in minutes; the end of a day is its 1440th."""
    first, last = start.astimezone(LOCAL), end.astimezone(LOCAL)
    day = first.date()
    while datetime.combine(day, time.min, LOCAL) < last:
        midnight = datetime.combine(day, time.min, LOCAL)
        till = -int((midnight - last).total_seconds() // 60)
        yield day, max(int((first - midnight).total_seconds() // 60), 0), min(till, DAY_MINUTES)
        day += timedelta(days=1)
