"""A file as somebody sends it: what it really is, and its cells. Whatever it is, it takes little memory.

A workbook is never handed to the parser as it came. Its parts are read one by one, each no further than it says, and
put into a new archive: sizes that lie, entries that overlap, macros and pictures stay behind.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from baixing.exchange.queries.delimited import grid_of_text
from baixing.exchange.queries.extent import check_extent, too_large
from baixing.exchange.rules import LARGEST_FILE
from baixing.kernel.refusals import Unfit

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = object  # text, number, yes or no, day, time: as the file has it
Grid = list[list[Cell]]

MOST_PARTS: Final = 1_000
LARGEST_BOOK: Final = 40 * 1024 * 1024  # bytes, all parts unpacked
WORTH_ASKING: Final = 4 * 1024 * 1024  # a part below this size may be packed as tightly as it likes
TIGHTEST: Final = 300  # times; a sheet that people have filled in is packed about tenfold
MOST_SHEETS: Final = 30
MOST_MERGED: Final = 50_000  # cells that are filled because they are merged with another

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_STRANGERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
}
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_PACKED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # no other way does any program that writes workbooks
_OF_USE = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml")
_HIDDEN = re.compile(rb'<(?:\w+:)?(?:col|row)\b[^<>]*\bhidden="(?:1|true)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file; merged cells are filled."""

    name: str
    grid: Grid
    notes: tuple[str, ...] = ()


def sheets_in(name: str, content: bytes) -> list[Sheet]:
    """The sheets that people see, the first one first. Unfit, in words, when it is no list or too large a one."""
    if not content:
        raise _unfit(_("This file is empty. Save the list again and choose it anew."))
    if len(content) > LARGEST_FILE:
        raise _unfit(_("This file is larger than 8 MB. Take out pictures, or split the list into several files."))
    if content.startswith(b"PK"):
        return _workbook(content)
    if stranger := _what_it_is(content):
        raise _unfit(stranger)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise _unfit(
            _("Its name says Excel, but it is something else inside. Open it in Excel or WPS and save it anew.")
        )
    return [Sheet("", grid_of_text(content))]


def _what_it_is(content: bytes) -> str:
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            return _("This file has a password. Save it without one, then choose it again.")
        return _("This is an old Excel file (.xls). In Excel or WPS choose Save as, then .xlsx.")
    for start, kind in _STRANGERS.items():
        if content.startswith(start):
            return _("This is a %(kind)s file, not a list. Choose an Excel (.xlsx) or CSV file.") % {"kind": kind}
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body)", content[:200], re.IGNORECASE):
        return _("This is a web page that calls itself a list. Open it in Excel or WPS and save it as .xlsx.")
    return ""


def _workbook(content: bytes) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook  # a web worker that reads no workbook goes without it

    try:
        parts = _parts(content)
        notes = [note for name, part in parts.items() if _SHEET.fullmatch(name) for note in _notes(part)]
        with CalamineWorkbook.from_filelike(_packed(parts)) as book:
            return _sheets(book, tuple(dict.fromkeys(notes)))
    except (zipfile.BadZipFile, zlib.error, CalamineError, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _unfit(_("This file is damaged. Open it in Excel or WPS and save it as .xlsx anew.")) from error


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts that hold words and numbers, unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        _check_entries(entries)
        found = {entry.filename: _unpacked(archive, entry) for entry in entries if _OF_USE.fullmatch(entry.filename)}
    for part in found.values():
        _check_part(part)
    check_extent(found)
    return found


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise _unfit(_("This file has a password. Save it without one, then choose it again."))
    if not names >= _NEEDED:
        raise _unfit(_("This is an archive, not a list. Unpack it and choose the Excel (.xlsx) or CSV file in it."))
    strange = any(entry.compress_type not in _PACKED for entry in entries)
    if strange or any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise _unfit(_("This file is damaged. Open it in Excel or WPS and save it as .xlsx anew."))
    tight = any(e.file_size > WORTH_ASKING and e.file_size > TIGHTEST * max(e.compress_size, 1) for e in entries)
    if tight or len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_BOOK:
        raise too_large()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No further than it says, for what they all say was added up; one that goes on is damaged."""
    with archive.open(entry) as packed:
        return packed.read(entry.file_size)


def _check_part(part: bytes) -> None:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise _unfit(_("There is something in this file that no list has. Copy the rows into a new Excel file."))


def _notes(part: bytes) -> Iterator[str]:
    if _HIDDEN.search(part):
        yield _("Some rows or columns are hidden. They are read like the others.")
    if _FORMULA.search(part):
        yield _("Some cells are formulas. What they last showed is taken.")


def _packed(parts: dict[str, bytes]) -> BytesIO:
    """An archive of these parts alone, which then are let go."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in list(parts):
            archive.writestr(name, parts.pop(name))
    out.seek(0)
    return out


def _sheets(book: CalamineWorkbook, notes: tuple[str, ...]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # see _workbook

    seen = [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]
    if not seen:
        raise _unfit(_("There is no sheet to be seen in this file. Unhide the one with the list."))
    return [_sheet(book.get_sheet_by_name(name), notes) for name in seen[:MOST_SHEETS]]


def _sheet(sheet: CalamineSheet, notes: tuple[str, ...]) -> Sheet:
    grid: Grid = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    room = MOST_MERGED
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        room -= 1 + max(min(bottom, len(grid)) - top, 0)
        if room < 0:
            raise too_large()
        _fill(grid, top, left, bottom)
    return Sheet(sheet.name, grid, notes)


def _fill(grid: Grid, top: int, left: int, bottom: int) -> None:
    """What stands in a merged cell holds for each row that it spans; beside each other it stands once."""
    if top >= len(grid) or left >= len(grid[top]):
        return
    for row in grid[top + 1 : bottom + 1]:
        if left < len(row) and row[left] == "":
            row[left] = grid[top][left]


def _unfit(words: str) -> Unfit:
    return Unfit(words, field="file")
