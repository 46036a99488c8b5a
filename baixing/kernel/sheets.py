"""Sheets for spreadsheet programs, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from django.utils.translation import gettext as _

Row = Sequence[object]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOT_IN_A_CELL = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")  # as openpyxl has it
LONGEST_TITLE = 31  # of a sheet, by the format


def safe_cell(text: str) -> str:
    """The same text, which a spreadsheet program will not run."""
    text = NOT_IN_A_CELL.sub("", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Row], *, demo: bool) -> bytes:
    out = StringIO()
    csv.writer(out).writerows(_lines(name, header, rows, demo=demo))
    return out.getvalue().encode("utf-8-sig")


def xlsx(header: Sequence[str], rows: Iterable[Row], *, name: str = "baixing", demo: bool = False) -> bytes:
    from openpyxl import Workbook
    from openpyxl.writer.excel import save_workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(name))
    for line in _lines(name, header, rows, demo=demo):
        sheet.append(line)
    out = BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _lines(name: str, header: Sequence[str], rows: Iterable[Row], *, demo: bool) -> Iterable[list[str | int | float]]:
    if demo:
        yield [safe_cell(_("Demo data: %(name)s") % {"name": name})]
    for row in (header, *rows):
        yield [_cell(value) for value in row]


def _cell(value: object) -> str | int | float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return safe_cell("" if value is None else str(value))


def _title(name: str) -> str:
    return "".join(letter for letter in name if letter not in r"[]:*?/\'")[:LONGEST_TITLE] or "baixing"
