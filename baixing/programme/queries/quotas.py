"""What is asked of units in a month, against what they plan and what they held. By the tree, never by result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Platform, Unit
from baixing.programme.models import Quota
from baixing.programme.queries.rows import Row, rows
from baixing.schedule.models import Session, SessionQuerySet

S = Session.State
MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Cell:
    """One platform of one unit: so many asked for, planned (what was held among it), held."""

    platform: Platform
    least: int
    planned: int
    held: int

    @property
    def state(self) -> str:
        """Its colour: reached, planned to be reached, or something is missing."""
        if not self.least:
            return "none"
        return "reached" if self.held >= self.least else "planned" if self.planned >= self.least else "missing"


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    cells: list[Cell]


@dataclass(frozen=True)
class Plan:
    """A month of a unit and of those right below it."""

    unit: Unit
    month: date
    before: date
    after: date
    platforms: list[Platform]
    rows: list[UnitRow]
    asks: bool


def plan_of(unit: Unit, month: date) -> Plan:
    units = [unit, *Unit.objects.filter(parent=unit, tier__gt=0).order_by("code", "pk")]
    platforms = list(Platform.objects.all())
    least = {(row.tier, row.platform_id): row.least for row in Quota.objects.all()}
    counts: Counter[tuple[int, int | None, bool]] = Counter()
    for key, platform, state in sessions_in(units, month).values_list("unit", "platform", "state"):
        counts[key, platform, state in {S.HELD, S.REPORTED}] += 1

    def cell(one: Unit, platform: Platform) -> Cell:
        held, ahead = counts[one.pk, platform.pk, True], counts[one.pk, platform.pk, False]
        return Cell(platform, least.get((one.tier, platform.pk), 0), held + ahead, held)

    return Plan(
        unit=unit,
        month=month,
        before=(month - timedelta(days=1)).replace(day=1),
        after=(month + MONTH).replace(day=1),
        platforms=platforms,
        rows=[UnitRow(one, [cell(one, platform) for platform in platforms]) for one in units],
        asks=bool(least),
    )


def sessions_in(units: list[Unit], month: date) -> SessionQuerySet:
    """What these units themselves hold in the month, drafts too; a visit to somebody's home is an order's."""
    begin = datetime.combine(month, time.min, LOCAL)
    end = datetime.combine((month + MONTH).replace(day=1), time.min, LOCAL)
    held = Session.objects.live().exclude(kind=Session.Kind.VISIT).filter(unit__in=units)
    return held.filter(start__gte=begin, start__lt=end)


def rows_behind(unit: Unit, platform: Platform, month: date, at: datetime) -> list[Row]:
    """The sessions that one cell counts."""
    found = sessions_in([unit], month).filter(platform=platform)
    return rows(found.select_related("unit").prefetch_related("roles").order_by("start", "pk"), at)
