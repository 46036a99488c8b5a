"""The hours that the volunteers of a unit served, by month, by what it was, by team: the ledger's own sum, and no rank.

A service counts in the month in which its session began, whenever it was credited or taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from baixing.hours.models import HoursEntry, HoursEntryQuerySet
from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_month
from baixing.network.models import Platform, Unit
from baixing.schedule.models import Session

MOVED: Final = (HoursEntry.Kind.MOVED_IN, HoursEntry.Kind.MOVED_OUT)
STEP: Final = 8  # letters of a path for each unit
COLUMNS: Final = ("start", "unit__path", "unit__name", "platform", "kind", "team", "team__name")
Key = tuple[str, ...]  # what a part is ordered by; its last word is what it is called


@dataclass(frozen=True)
class Line:
    """All of one session."""

    month: date
    path: str
    unit: str
    group: Key
    team: Key
    services: int
    minutes: int


@dataclass(frozen=True)
class Part:
    name: str
    services: int
    minutes: int


@dataclass(frozen=True)
class Report:
    """`minutes` is what the ledger holds of these months: what was served, and at the top what was moved."""

    unit: Unit
    first: date
    last: date
    volunteers: int
    services: int
    served: int
    moved: int
    months: list[Part]
    groups: list[Part]
    teams: list[Part]
    units: list[Part]

    @property
    def minutes(self) -> int:
        return self.served + self.moved


def report_of(unit: Unit, first: date, last: date) -> Report:
    """From the first month to the last one, of the unit and all below it."""
    entries, lines = _entries(unit, first, last), lines_of(unit, first, last)
    return Report(
        unit=unit,
        first=first,
        last=last,
        volunteers=entries.standing().order_by().values("volunteer").distinct().count(),
        services=sum(line.services for line in lines),
        served=sum(line.minutes for line in lines),
        moved=_moved(unit, first, last),
        months=_parts(lines, lambda line: (f"{line.month:%Y-%m}", said_month(line.month))),
        groups=_parts(lines, lambda line: line.group),
        teams=_parts(lines, lambda line: line.team),
        units=_parts(lines, _below(unit)),
    )


def lines_of(unit: Unit, first: date, last: date) -> list[Line]:
    """A line a session, in the order in which they were held."""
    standing = Count("pk", filter=Q(kind=HoursEntry.Kind.CREDIT, reversal=None))
    columns = [f"session__{column}" for column in COLUMNS]
    rows = _entries(unit, first, last).order_by("session__start", "session").values_list("session", *columns)
    platforms = {row.pk: (f"{at:03}", row.name) for at, row in enumerate(Platform.objects.all())}
    return [
        Line(
            month=start.astimezone(LOCAL).date().replace(day=1),
            path=path,
            unit=name,
            group=platforms.get(platform) or ("~", str(Session.Kind(kind).label)),
            team=("0", team, f"{team_pk}", team) if team else ("1", _("Without a team")),
            services=services,
            minutes=minutes,
        )
        for _pk, start, path, name, platform, kind, team_pk, team, services, minutes in rows.annotate(
            services=standing, all=Sum("minutes")
        )
    ]


def sheet_rows(unit: Unit, first: date, last: date) -> list[list[object]]:
    """For a spreadsheet: month, unit, group and team, with how often and how long."""
    found: dict[Key, list[Line]] = {}
    for line in lines_of(unit, first, last):
        found.setdefault((f"{line.month:%Y-%m}", line.path, *line.group, *line.team), []).append(line)
    rows = [_row(found[key]) for key in sorted(found)]
    if moved := _moved(unit, first, last):
        rows.append(["", unit.name, _("From and to other systems"), "", "", moved, _hours(moved)])
    return rows


def _row(lines: list[Line]) -> list[object]:
    one, minutes = lines[0], sum(line.minutes for line in lines)
    said = [f"{one.month:%Y-%m}", one.unit, one.group[-1], one.team[-1]]
    return [*said, sum(line.services for line in lines), minutes, _hours(minutes)]


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)


def header() -> list[str]:
    return [_("Month"), _("Unit"), _("What it was"), _("Team"), _("Times served"), _("Minutes"), _("Hours")]


def _entries(unit: Unit, first: date, last: date) -> HoursEntryQuerySet:
    start, end = _span(first, last)
    return HoursEntry.objects.filter(
        session__unit__path__startswith=unit.path, session__start__gte=start, session__start__lt=end
    )


def _moved(unit: Unit, first: date, last: date) -> int:
    """Hours of other systems are of no unit: they stand at the top, in the month in which they were agreed to."""
    if unit.parent_id is not None:
        return 0
    start, end = _span(first, last)
    rows = HoursEntry.objects.filter(kind__in=MOVED, at__gte=start, at__lt=end)
    return int(rows.aggregate(all=Sum("minutes", default=0))["all"])


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    after = (last + timedelta(days=31)).replace(day=1)
    return datetime.combine(first, time.min, LOCAL), datetime.combine(after, time.min, LOCAL)


def _below(unit: Unit) -> Callable[[Line], Key]:
    """The unit itself, then each of those right below it with all that is under it; in the order of the tree."""
    below = Unit.objects.filter(parent=unit).order_by("code", "pk")
    order = {row.path: (f"{at:05}", row.name) for at, row in enumerate(below)}
    return lambda line: order.get(line.path[: len(unit.path) + STEP], ("", unit.name))


def _parts(lines: Iterable[Line], key: Callable[[Line], Key]) -> list[Part]:
    services: Counter[Key] = Counter()
    minutes: Counter[Key] = Counter()
    for line in lines:
        services[key(line)] += line.services
        minutes[key(line)] += line.minutes
    return [Part(name[-1], services[name], minutes[name]) for name in sorted(minutes)]
