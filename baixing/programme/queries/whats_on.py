"""What is on: by day, place, platform, kind, age and free seats; the same few questions however much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.programme.queries.rows import Row, rows
from baixing.schedule.models import Role, Session, SessionQuerySet

S = Session.State
DAY = timedelta(days=1)
AHEAD = timedelta(days=28)  # how far the list goes when no day is asked for
LONGEST = timedelta(days=14)  # of one session: what began earlier is over
PER_PAGE, WEEK = 30, 7
Key = tuple[datetime, int]


@dataclass(frozen=True)
class Asked:
    """What a reader asks for. `after` is the last row of the page before."""

    day: date | None = None
    unit: Unit | None = None
    platform: int | None = None
    kind: str = ""
    age: int | None = None
    free: bool = False
    after: Key | None = None

    @property
    def is_narrow(self) -> bool:
        return bool(self.platform or self.kind or self.age is not None or self.free)


@dataclass(frozen=True)
class DayRows:
    """The rows of one day. What began earlier and still goes on stands under the first."""

    day: date
    rows: list[Row]


@dataclass(frozen=True)
class WeekDay:
    day: date
    count: int
    chosen: bool


@dataclass(frozen=True)
class Listing:
    """One page of what is on, and what to offer when it is empty."""

    asked: Asked
    days: list[DayRows]
    week: list[WeekDay]
    before: date | None
    after_week: date
    more: Key | None
    next_day: date | None = None
    line: list[Unit] = field(default_factory=list)
    below: list[Unit] = field(default_factory=list)


def listing(asked: Asked, at: datetime) -> Listing:
    found = list(_page(asked, at))
    page, more = found[:PER_PAGE], len(found) > PER_PAGE
    today = at.astimezone(LOCAL).date()
    first = today + WEEK * DAY * (((asked.day or today) - today).days // WEEK)
    return Listing(
        asked=asked,
        days=_by_day(rows(page, at), asked.day or today),
        week=_week(asked, first, at),
        before=first - WEEK * DAY if first > today else None,
        after_week=first + WEEK * DAY,
        more=(page[-1].start, page[-1].pk) if more else None,
        next_day=None if page else _next_day(asked, at),
        line=list(Unit.objects.above(asked.unit)) if asked.unit else [],
        below=_below(asked.unit),
    )


def sessions_on(asked: Asked, at: datetime) -> SessionQuerySet:
    """All that fits, of the day asked for or of the next four weeks, the soonest first."""
    begin, end = _window(asked, at)
    found = Session.objects.filter(public=True, state__in=(S.OPEN, S.HELD, S.REPORTED))
    found = found.filter(start__gte=begin - LONGEST, start__lt=end, end__gt=max(begin, at))
    return _narrowed(found, asked).order_by("start", "pk")


def soon(unit: Unit | None, at: datetime, most: int) -> list[Session]:
    """Of the coming seven days, what is nearest to a unit first: its own, its township's, its county's, the rest."""
    found = Session.objects.filter(public=True, state=S.OPEN, start__gte=at, start__lt=at + WEEK * DAY)
    if unit is None or unit.parent_id is None:
        near = found.order_by("start", "pk")
    else:
        line = list(reversed(unit.line()))
        steps = [When(unit__path__startswith=path, then=Value(number)) for number, path in enumerate(line)]
        nearness = Case(*steps, default=Value(len(line)), output_field=IntegerField())
        near = found.annotate(nearness=nearness).order_by("nearness", "start", "pk")
    return sorted(near.select_related("unit")[:most], key=lambda session: (session.start, session.pk))


def soon_in(unit: Unit, at: datetime, most: int) -> list[Session]:
    """The next of what a unit and those below hold."""
    window = Session.objects.filter(public=True, state=S.OPEN, start__gte=at, start__lt=at + AHEAD)
    if unit.parent_id is not None or unit.is_partner():
        window = window.filter(unit__path__startswith=unit.path)
    return list(window.select_related("unit").order_by("start", "pk")[:most])


def by_county(asked: Asked, counties: Iterable[Unit], at: datetime) -> dict[int, int]:
    """How many sessions each of these units and all below it hold, of what was asked for anywhere."""
    anywhere = sessions_on(replace(asked, unit=None, after=None), at).order_by()
    paths = Counter(anywhere.values_list("unit__path", flat=True))
    return {one.pk: sum(n for path, n in paths.items() if path.startswith(one.path)) for one in counties}


def counties() -> list[Unit]:
    """The units right below the city."""
    below = Unit.objects.filter(tier__gt=0, parent__isnull=False, parent__parent=None)
    return list(below.order_by("code", "pk"))


def _page(asked: Asked, at: datetime) -> SessionQuerySet:
    found = sessions_on(asked, at)
    if asked.after:
        start, pk = asked.after
        found = found.filter(Q(start__gt=start) | Q(start=start, pk__gt=pk))
    return found.select_related("unit").prefetch_related("roles")[: PER_PAGE + 1]


def _window(asked: Asked, at: datetime) -> tuple[datetime, datetime]:
    if asked.day is None:
        return at, at + AHEAD
    begin = datetime.combine(asked.day, time.min, LOCAL)
    return begin, begin + DAY


def _narrowed(found: SessionQuerySet, asked: Asked) -> SessionQuerySet:
    if asked.unit is not None and (asked.unit.parent_id is not None or asked.unit.is_partner()):
        found = found.filter(unit__path__startswith=asked.unit.path)
    if asked.platform:
        found = found.filter(platform=asked.platform)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    seats = Role.objects.for_residents().filter(session=OuterRef("pk"))
    if asked.age is not None:
        low, high = Q(age_from=None) | Q(age_from__lte=asked.age), Q(age_to=None) | Q(age_to__gte=asked.age)
        found = found.filter(Exists(seats.filter(low, high)) | ~Exists(seats))
    if asked.free:
        found = found.filter(Exists(seats.filter(taken__lt=F("seats"))) | ~Exists(seats))
    return found


def _week(asked: Asked, first: date, at: datetime) -> list[WeekDay]:
    """How many begin on each of seven days, of what was asked for; what is over by now is not counted."""
    begin = datetime.combine(first, time.min, LOCAL)
    found = Session.objects.filter(public=True, state__in=(S.OPEN, S.HELD, S.REPORTED))
    found = found.between(begin, begin + WEEK * DAY).filter(end__gt=at)
    starts = _narrowed(found, asked).values_list("start", flat=True)
    counts = Counter(start.astimezone(LOCAL).date() for start in starts)
    days = [first + n * DAY for n in range(WEEK)]
    return [WeekDay(day, counts[day], day == asked.day) for day in days]


def _next_day(asked: Asked, at: datetime) -> date | None:
    """The next day on which there is what nobody found on this one."""
    begin = _window(asked, at)[1] if asked.day else at
    found = Session.objects.filter(public=True, state=S.OPEN, start__gte=max(begin, at), start__lt=at + 3 * AHEAD)
    first = _narrowed(found, asked).order_by("start").values_list("start", flat=True).first()
    return first.astimezone(LOCAL).date() if first else None


def _below(unit: Unit | None) -> list[Unit]:
    """Where one may look next: the counties, then the townships, then the villages."""
    if unit is None:
        return counties()
    return list(Unit.objects.filter(tier__gt=0, parent=unit).order_by("code", "pk"))


def _by_day(found: list[Row], first: date) -> list[DayRows]:
    return [DayRows(day, list(some)) for day, some in groupby(found, key=lambda row: max(row.day, first))]
