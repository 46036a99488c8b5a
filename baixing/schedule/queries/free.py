"""Which spaces are free at a time, wherever in the city and whosever they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Greatest, Least

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.schedule.models import DAY_MINUTES, Booking, Closure, ClosureQuerySet, OpenHours, Space, SpaceQuerySet
from baixing.schedule.queries.venues import fitted_words


@dataclass(frozen=True)
class AskedSpaces:
    """When, for how many, where and with what. Within one day."""

    start: datetime
    end: datetime
    heads: int = 1
    unit: Unit | None = None
    kind: str = ""
    fitted: tuple[str, ...] = ()


@dataclass(frozen=True)
class FreeSpace:
    space: Space
    fitted: str
    asked: int  # how many ask for the time already


def free(asked: AskedSpaces) -> SpaceQuerySet:
    """The smallest that hold them first: a hall for a thousand is not for forty."""
    spaces = Space.objects.in_use().filter(capacity__gte=asked.heads).fitted(list(asked.fitted))
    if asked.unit:
        spaces = spaces.within(asked.unit)
    if asked.kind:
        spaces = spaces.filter(venue__kind=asked.kind)
    open_then = spaces.filter(_hours(asked), ~Exists(_closures(asked)))
    taken = Booking.objects.confirmed().filter(space=OuterRef("pk")).sharing(asked.start, asked.end)
    return open_then.filter(~Exists(taken)).order_by("capacity", "venue__unit__path", "pk")


def rows(spaces: list[Space], asked: AskedSpaces) -> list[FreeSpace]:
    sharing = Q(bookings__state="asked", bookings__start__lt=asked.end, bookings__end__gt=asked.start)
    keys = [space.pk for space in spaces]
    found = Space.objects.filter(pk__in=keys).select_related("venue__unit")
    by_key = {space.pk: space for space in found.annotate(asked=Count("bookings", filter=sharing))}
    return [FreeSpace(by_key[key], fitted_words(by_key[key]), int(getattr(by_key[key], "asked", 0))) for key in keys]


def _hours(asked: AskedSpaces) -> Exists:
    first, last = asked.start.astimezone(LOCAL), asked.end.astimezone(LOCAL)
    midnight = datetime.combine(first.date(), time.min, LOCAL)
    till = int((last - midnight).total_seconds() // 60)
    since = int((first - midnight).total_seconds() // 60)
    till = min(till, DAY_MINUTES)
    of_day = OpenHours.objects.filter(venue=OuterRef("venue"), weekday=first.weekday())
    some = of_day.filter(opens__lt=till, closes__gt=since).order_by().values("venue")
    minutes = Sum(Least("closes", till) - Greatest("opens", since))  # stretches may meet, and never overlap
    return Exists(some.annotate(minutes=minutes).filter(minutes=till - since))


def _closures(asked: AskedSpaces) -> ClosureQuerySet:
    day = asked.start.astimezone(LOCAL).date()
    last = (asked.end.astimezone(LOCAL) - timedelta(seconds=1)).date()
    touching = Closure.objects.touching(day, last).filter(venue=OuterRef("venue"))
    return touching.filter(Q(space=None) | Q(space=OuterRef("pk")))
