"""Times at which a team could come: in the resident's windows, clear of what the team has to do already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Order
from baixing.orders.queries.roads import drive_between, is_afar
from baixing.orders.rules.above import roads_of
from baixing.orders.rules.any_time import is_any_day
from baixing.schedule.actions import Slot
from baixing.schedule.models import DaysOff, Session

MORNING: Final = (time(8, 0), time(12, 0))
AFTERNOON: Final = (time(14, 0), time(18, 0))
AHEAD = 7  # days looked at when any time is fine
A_WAY = timedelta(hours=4)  # no way between two visits is longer
A_WINDOW, ALL = 3, 6  # times shown
HOUR, FIVE, MINUTE = timedelta(hours=1), timedelta(minutes=5), timedelta(minutes=1)


def free_slots(order: Order, length: timedelta, at: datetime) -> list[Slot]:
    """The first times of so long a visit in each window: at whole hours, and beside what the team has to do already."""
    windows = [Slot(window.start, window.end) for window in order.windows.all()] or list(_any_time(order, at))
    if not windows:  # its station is closed all week
        return []
    taken = _taken(order, windows)
    found: list[Slot] = []
    for window in sorted(windows, key=lambda one: one.start):
        fit = (
            slot
            for slot in _starts(window, length, taken)
            if slot.start > at and not any(_touch(slot, one) for one in taken)
        )
        found += [slot for slot, _n in zip(fit, range(A_WINDOW), strict=False)]
    return found[:ALL]


def _starts(window: Slot, length: timedelta, taken: Iterable[Slot]) -> Iterator[Slot]:
    hours = [window.start + n * HOUR for n in range((window.end - window.start) // HOUR + 1)]
    beside = [moment for one in taken for moment in (_before(one.start - length), _before(one.end + FIVE - MINUTE))]
    for start in sorted({*hours, *beside}):
        if window.start <= start and start + length <= window.end:
            yield Slot(start, start + length)


def _taken(order: Order, windows: list[Slot]) -> list[Slot]:
    """The team's other visits with the way to them, and its days off, in the days of these windows."""
    first, last = min(one.start for one in windows) - A_WAY, max(one.end for one in windows) + A_WAY
    visits = Session.objects.live().filter(team=order.team, start__lt=last, end__gt=first)
    if order.visit_id:
        visits = visits.exclude(pk=order.visit_id)
    off = DaysOff.objects.touching(_day(first), _day(last)).filter(team=order.team)
    return [
        *_with_the_way(order, visits.select_related("unit")),
        *(Slot(_begin(o.first), _begin(o.last, 1)) for o in off),
    ]


def _with_the_way(order: Order, visits: Iterable[Session]) -> Iterator[Slot]:
    """From when one has to leave for each of them to when one is there from it; where nobody has measured, itself."""
    roads, afar = roads_of(order.station), is_afar(order)
    for visit in visits:
        way = timedelta(minutes=0 if afar else drive_between(order.station, visit.unit, roads))
        yield Slot(visit.start - way, visit.end + way)


def _any_time(order: Order, at: datetime) -> Iterator[Slot]:
    for n in range(1, AHEAD + 1):
        day = _day(at) + timedelta(days=n)
        if not is_any_day(day, order.item, order.station):
            continue
        for start, end in (MORNING, AFTERNOON):
            yield Slot(datetime.combine(day, start, LOCAL), datetime.combine(day, end, LOCAL))


def _before(moment: datetime) -> datetime:
    """The last whole five minutes."""
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)


def _touch(one: Slot, other: Slot) -> bool:
    return one.start < other.end and other.start < one.end


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def _begin(day: date, after: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=after), time.min, LOCAL)
