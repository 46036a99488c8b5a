"""From the cells of a file to rows with named columns: where the headings stand, what is no row, what a cell says."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.exchange.queries.columns import Column, Form, plain
from baixing.exchange.queries.files import Grid, Sheet
from baixing.exchange.rules import MOST_ROWS
from baixing.kernel.fields import DIRECTION_MARKS
from baixing.kernel.refusals import Unfit
from baixing.kernel.sheets import FORMULA_STARTS

HEADINGS_WITHIN: Final = 20  # rows from the top
LEAST_HEADINGS: Final = 2
LARGEST_WHOLE: Final = 10**15  # up to here a float holds each whole number
LONGEST_CELL: Final = 2_000  # letters; what is longer fits no column
SUMS: Final = {"合计", "总计", "小计", "共计"}
NAMED: Final = 8  # of what was found in place of a heading
_UNSEEN: Final = dict.fromkeys((0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, *DIRECTION_MARKS))


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and what it says, by the column's name."""

    number: int
    said: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A list as it was read, and what the reader should know of it."""

    file: str
    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def dumped(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loaded(cls, text: str) -> Table:
        said = json.loads(text)
        return cls(said["file"], said["columns"], [Row(**row) for row in said["rows"]], said["notes"])


def table_in(sheets: Sequence[Sheet], form: Form, file: str) -> Table:
    """The rows of the first sheet that has the headings. Unfit, in words, when there is none or it has no rows."""
    for sheet in sheets:
        if (top := _headings_at(sheet.grid, form)) is not None:
            others = [other.name for other in sheets if other is not sheet and _is_filled(other.grid)]
            return _table(sheet, top, form, file, others)
    if not any(_is_filled(sheet.grid) for sheet in sheets):
        raise _unfit(_("This list is empty. Fill in at least one row below the headings."))
    raise _unfit(_no_headings(sheets[0].grid, form))


def said(value: object) -> str:
    """What a cell says, as one would type it: 13800000001 and not 1.38E+10, 2026-03-05 and not a moment."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_WHOLE else f"{value:.10g}"
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    return _typed(str(value))


def _moment(value: date | time | timedelta) -> str:
    """A day, or a time of the day; seconds are nobody's wish."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{value:%H:%M}" if isinstance(value, time) else f"{value:%Y-%m-%d}"


def _typed(text: str) -> str:
    text = unicodedata.normalize("NFC", text[: LONGEST_CELL + 1].translate(_UNSEEN)).replace("\r\n", "\n").strip()
    return text[1:] if is_quoted(text) else text


def is_quoted(text: str) -> bool:
    """Does it begin with the quote that keeps a spreadsheet program from running it?"""
    return text.startswith("'") and text.lstrip("' ").startswith(FORMULA_STARTS)


def _headings_at(grid: Grid, form: Form) -> int | None:
    """The row of the headings: of the first ones that with the most columns of ours."""
    counts = [
        (len({one[0] for one in _meant(row, form) if one}), -top) for top, row in enumerate(grid[:HEADINGS_WITHIN])
    ]
    most, above = max(counts, default=(0, 0))
    return -above if most >= LEAST_HEADINGS else None


def _meant(row: Sequence[object], form: Form) -> list[tuple[str, int] | None]:
    return [form.meant(said(cell)) for cell in row]


def _table(sheet: Sheet, top: int, form: Form, file: str, others: list[str]) -> Table:
    places = _places(sheet.grid[top], form)
    if missing := [column for column in form.columns if column.needed and column.name not in places]:
        raise _unfit(_missing(missing))
    rows = list(_rows(sheet.grid, top, places, form))
    if not rows:
        raise _unfit(_("There are headings, but no row below them. Fill in at least one row."))
    if len(rows) > MOST_ROWS:
        raise _unfit(_("There are more than %(most)s rows. Split the list into several files.") % {"most": MOST_ROWS})
    notes = [*sheet.notes, *_left_out(sheet, top, places, others)]
    columns = [column.name for column in form.columns if column.name in places]
    return Table(file, columns, rows, notes)


def _places(row: Sequence[object], form: Form) -> dict[str, int]:
    """In which column of the sheet each of ours stands. Of two that could mean it, the surer one."""
    best: dict[str, tuple[int, int]] = {}
    for place, found in enumerate(_meant(row, form)):
        if found and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = (found[1], place)
    return {name: place for name, (_sure, place) in best.items()}


def _rows(grid: Grid, top: int, places: dict[str, int], form: Form) -> Iterator[Row]:
    headings, example = grid[top], {column.name: column.example for column in form.columns}
    for number, row in enumerate(grid[top + 1 :], top + 2):
        cells = {name: said(row[place]) if place < len(row) else "" for name, place in places.items()}
        filled = [text for text in cells.values() if text]
        if not filled or plain(filled[0]) in SUMS or plain(said(row[0])) in SUMS:
            continue
        if row == headings or all(example[name] == text for name, text in cells.items()):
            continue  # the headings of the next printed page; the example of our template
        yield Row(number, cells)


def _left_out(sheet: Sheet, top: int, places: dict[str, int], others: list[str]) -> Iterator[str]:
    unknown = [said(cell) for place, cell in enumerate(sheet.grid[top]) if place not in places.values()]
    if names := [name for name in unknown if name]:
        yield _("These columns are not read: %(names)s.") % {"names": _listed(names)}
    if others:
        words = {"sheet": sheet.name, "names": _listed(others)}
        yield _("Only the sheet %(sheet)s is read, not %(names)s.") % words


def _no_headings(grid: Grid, form: Form) -> str:
    found = next((texts for row in grid if (texts := [said(cell)[:20] for cell in row if said(cell)])), [])
    needed = _listed([column.heading for column in form.columns if column.needed])
    words = {"needed": needed, "found": _listed(found)}
    return _("The headings were not found. There must be: %(needed)s. The first row says: %(found)s.") % words


def _missing(columns: Sequence[Column]) -> str:
    names = _listed([f"{column.heading}（{_listed(column.others[:3])}）" for column in columns])
    return _("These columns are missing: %(names)s. Add them, or start from our template.") % {"names": names}


def _listed(names: Sequence[str]) -> str:
    return _(", ").join(name[:20] for name in names[:NAMED])


def _is_filled(grid: Grid) -> bool:
    return any(said(cell) for row in grid for cell in row)


def _unfit(words: str) -> Unfit:
    return Unfit(words, field="file")
