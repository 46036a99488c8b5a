"""Series, tours and activity lists: what is in them, and how far they have come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.programme.models import Activity, ActivityList, ActivityQuerySet, Series
from baixing.programme.queries.activities import visible, with_counts
from baixing.programme.queries.rows import Row, rows
from baixing.programme.rules import LIST_LIFE, Standing
from baixing.schedule.models import Attendance, Session

A, L, S = Activity.State, ActivityList.State, Session.State
MOST_STOPS, MOST_CANDIDATES, MOST_LISTS = 100, 100, 50
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Progress:
    """Of so many sessions that are promised, so many are planned, and so many of these were held."""

    target: int
    planned: int
    held: int

    @property
    def shown(self) -> int:
        return min(self.held, self.target)


@dataclass(frozen=True)
class SeriesPage:
    series: Series
    activities: ActivityQuerySet
    to_come: list[Row]
    held: list[Row]
    heads: int
    keeps: bool


@dataclass(frozen=True)
class ListRow:
    """A list among others, with how far it has come."""

    found: ActivityList
    progress: Progress


@dataclass(frozen=True)
class ListPage:
    found: ActivityList
    progress: Progress
    activities: list[Activity]
    candidates: list[Activity]
    powers: frozenset[str]


def series_for(units: Iterable[Unit]) -> QuerySet[Series]:
    """Those that activities of these units may be part of: of the unit itself, and of all above it."""
    paths = {path for unit in units for path in unit.line()}
    return Series.objects.filter(unit__path__in=paths)


def series_page(series: Series, one: Standing | None, at: datetime) -> SeriesPage:
    shown = visible(one).filter(series=series).exclude(state=A.WITHDRAWN)
    stops = Session.objects.on_show().filter(occasion__activity__series=series, occasion__activity__in=shown)
    stops = stops.select_related("unit").prefetch_related("roles")
    came = Attendance.objects.filter(session__occasion__activity__series=series, came=True)
    return SeriesPage(
        series=series,
        activities=with_counts(shown),
        to_come=rows(stops.filter(end__gt=at).order_by("start", "pk")[:MOST_STOPS], at),
        held=rows(stops.filter(end__lte=at).order_by("-start", "-pk")[:MOST_STOPS], at),
        heads=came.aggregate(heads=Sum("heads"))["heads"] or 0,
        keeps=one is not None and one.is_in_charge(series.unit),
    )


def visible_lists(one: Standing | None) -> QuerySet[ActivityList]:
    """What is published; and the drafts of one's own units."""
    mine = Q(state__in=(L.PUBLISHED, L.CLOSED))
    for office in one.offices if one else ():
        mine |= Q(unit__path__startswith=office.path)
    return ActivityList.objects.filter(mine).select_related("unit")


def list_rows(one: Standing | None) -> list[ListRow]:
    """The newest ones; what stands on them is counted in one question."""
    found = list(visible_lists(one)[:MOST_LISTS])
    progress = _progress(found)
    return [ListRow(row, progress[row.pk]) for row in found]


def list_page(found: ActivityList, one: Standing | None) -> ListPage:
    powers = LIST_LIFE.powers(one, found) if one else frozenset()
    counted = _counted(found)
    shown = [activity for activity in counted if powers or activity.state in {A.PUBLISHED, A.CONCLUDED}]
    planned, held = (sum(getattr(one, name) for one in counted) for name in ("planned", "held"))
    return ListPage(
        found=found,
        progress=Progress(found.target, planned, held),
        activities=shown,
        candidates=_candidates(found) if "enter" in powers else [],
        powers=powers,
    )


def _counted(found: ActivityList) -> list[Activity]:
    """What stands on the list, each with its sessions within the list's days."""
    begin, end = _span(found.first, found.last)
    within = Q(occasions__session__start__gte=begin, occasions__session__start__lt=end)
    live = within & ~Q(occasions__session__state=S.CALLED_OFF)
    over = within & Q(occasions__session__state__in=(S.HELD, S.REPORTED))
    activities = Activity.objects.filter(listed__on=found).exclude(state=A.WITHDRAWN).select_related("unit")
    counted = activities.annotate(planned=Count("occasions", filter=live), held=Count("occasions", filter=over))
    return list(counted.order_by("pk"))


def _progress(lists: list[ActivityList]) -> dict[int, Progress]:
    """Each list counts the sessions within its own days."""
    live = Session.objects.live().exclude(occasion__activity__state=A.WITHDRAWN)
    on = live.filter(occasion__activity__listed__on__in=lists)
    by_list: dict[int, list[tuple[date, str]]] = {one.pk: [] for one in lists}
    for pk, start, state in on.values_list("occasion__activity__listed__on", "start", "state"):
        by_list.setdefault(pk, []).append((start.astimezone(LOCAL).date(), state))
    return {one.pk: _counted_in(one, by_list[one.pk]) for one in lists}


def _counted_in(one: ActivityList, sessions: list[tuple[date, str]]) -> Progress:
    within = [state for day, state in sessions if one.first <= day <= one.last]
    return Progress(one.target, len(within), sum(state in {S.HELD, S.REPORTED} for state in within))


def _candidates(found: ActivityList) -> list[Activity]:
    inside = Activity.objects.within(found.unit).exclude(state=A.WITHDRAWN).exclude(listed__on=found)
    return list(inside.select_related("unit").order_by("-made_at", "-pk")[:MOST_CANDIDATES])


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return datetime.combine(first, time.min, LOCAL), datetime.combine(last + DAY, time.min, LOCAL)
