"""The day and the month of a venue: what stands in each of its spaces, as its reader may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.look.said import WORD_JOINER
from baixing.schedule.models import Booking, Closure, Space, Venue
from baixing.schedule.queries.bookings import knows, what, who
from baixing.schedule.queries.openings import Stretch, clock, hours_of, hours_words
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import is_behind, owns

STEP = 30  # minutes of one line of a day
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """One booking in a timetable."""

    start: datetime
    end: datetime
    hours: str
    place: str
    what: str
    who: str
    asked: bool
    pk: int | None  # of its page, for those who may open it
    first: int  # line of the day in which it begins
    last: int  # line before which it ends


@dataclass(frozen=True)
class Column:
    """A space in the day: what is in it, from the morning on."""

    space: Space
    closed: str
    items: list[Item]


@dataclass(frozen=True)
class Cell:
    lines: int
    items: list[Item]


@dataclass(frozen=True)
class Line:
    """Half an hour; the cells that begin in it, one a space, and none where one goes on."""

    clock: str
    full: bool  # an hour begins
    cells: list[Cell]


@dataclass(frozen=True)
class DayPage:
    day: date
    before: date
    after: date
    hours: str
    columns: list[Column]
    lines: list[Line]


@dataclass(frozen=True)
class MonthRow:
    day: date
    closed: str
    cells: list[list[Item]]  # one a space
    today: bool

    @property
    def busy(self) -> bool:
        return any(self.cells)


@dataclass(frozen=True)
class MonthPage:
    first: date
    before: date
    after: date
    spaces: list[Space]
    rows: list[MonthRow]

    @property
    def busy(self) -> bool:
        return any(row.busy or row.closed for row in self.rows)


def day_of(venue: Venue, day: date, one: Standing | None) -> DayPage:
    spaces = list(venue.spaces.filter(in_use=True))
    closures = list(venue.closures.touching(day, day))
    open_hours = hours_of(venue).get(day.weekday(), [])
    found = _bookings(spaces, day, day)
    bounds = _bounds(open_hours, [row for rows in found.values() for row in rows], day)
    columns = [
        Column(space, _closed(closures, day, space), [_item(row, one, day, bounds) for row in found[space.pk]])
        for space in spaces
    ]
    hours = "" if _closed(closures, day, None) else hours_words(open_hours)
    return DayPage(day, day - DAY, day + DAY, hours, columns, _lines(columns, bounds))


def month_of(venue: Venue, day: date, today: date, one: Standing | None) -> MonthPage:
    first = day.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    days = [first + n * DAY for n in range((after - first).days)]
    spaces, hours = list(venue.spaces.filter(in_use=True)), hours_of(venue)
    found, closures = _bookings(spaces, first, after - DAY), list(venue.closures.touching(first, after - DAY))
    rows = []
    for each in days:
        cells = [[_item(row, one, each) for row in found[space.pk] if _on(row, each)] for space in spaces]
        closed = _closed(closures, each, None) or ("" if hours.get(each.weekday()) else _("closed"))
        rows.append(MonthRow(each, closed, cells, each == today))
    return MonthPage(first, (first - DAY).replace(day=1), after, spaces, rows)


def _bookings(spaces: Iterable[Space], first: date, last: date) -> dict[int, list[Booking]]:
    start = datetime.combine(first, time.min, LOCAL)
    end = datetime.combine(last + DAY, time.min, LOCAL)
    found: dict[int, list[Booking]] = defaultdict(list)
    for row in Booking.objects.live().filter(space__in=spaces).sharing(start, end).with_nouns().order_by("start", "pk"):
        found[row.space_id].append(row)
    return found


def _closed(closures: Iterable[Closure], day: date, space: Space | None) -> str:
    """Why the space, or with none the whole venue, is closed that day."""
    for one in closures:
        if one.first <= day <= one.last and (one.space_id is None or (space is not None and one.shuts(space))):
            return one.words
    return ""


def _on(row: Booking, day: date) -> bool:
    start, end = _minutes(row, day)
    return start < end


def _minutes(row: Booking, day: date) -> tuple[int, int]:
    """From when to when within this day, in minutes."""
    midnight = datetime.combine(day, time.min, LOCAL)
    start, end = (int((moment - midnight).total_seconds() // 60) for moment in (row.start, row.end))
    return max(start, 0), min(end, 24 * 60)


def _bounds(hours: list[Stretch], rows: list[Booking], day: date) -> tuple[int, int]:
    """The first and the last line of a day: while it is open, and while something is in it."""
    spans = [*hours, *(_minutes(row, day) for row in rows)]
    if not spans:
        return 0, 0
    return min(span[0] for span in spans) // STEP, -(-max(span[1] for span in spans) // STEP)


def _item(row: Booking, one: Standing | None, day: date, bounds: tuple[int, int] = (0, 0)) -> Item:
    start, end = _minutes(row, day)
    known, asked = knows(one, row), row.state == Booking.State.ASKED
    otherwise = _("Asked for") if asked else _("Taken")
    opens = one is not None and (owns(one, row) or is_behind(one, row))
    return Item(
        start=row.start,
        end=row.end,
        hours=f"{clock(start)}–{WORD_JOINER}{clock(end)}",
        place=row.space.name,
        what=what(row) if known else otherwise,
        who=who(row) if known else "",
        asked=asked,
        pk=row.pk if opens else None,
        first=start // STEP - bounds[0],
        last=-(-end // STEP) - bounds[0],
    )


def _lines(columns: list[Column], bounds: tuple[int, int]) -> list[Line]:
    blocks = [_blocks(column.items) for column in columns]
    lines = []
    for number in range(bounds[1] - bounds[0]):
        minutes = (bounds[0] + number) * STEP
        cells = [cell for found in blocks if (cell := _cell(found, number)) is not None]
        lines.append(Line(clock(minutes), minutes % 60 == 0 or number == 0, cells))
    return lines


def _blocks(items: list[Item]) -> list[tuple[int, Cell]]:
    """What shares a line is one block: the line in which it begins, and its cell."""
    found: list[tuple[int, int, list[Item]]] = []
    for item in items:
        if found and item.first < found[-1][1]:
            first, last, together = found[-1]
            found[-1] = (first, max(last, item.last), [*together, item])
        else:
            found.append((item.first, item.last, [item]))
    return [(first, Cell(last - first, together)) for first, last, together in found]


def _cell(blocks: list[tuple[int, Cell]], number: int) -> Cell | None:
    for first, cell in blocks:
        if first == number:
            return cell
        if first < number < first + cell.lines:
            return None
    return Cell(1, [])
