"""Lists as clerks have them, and lists by which somebody means harm."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]


def xlsx(
    *rows: Sequence[object], merged: Sequence[str] = (), hidden: str = "", more: dict[str, Rows] | None = None
) -> bytes:
    """A workbook of one sheet, and of others by their names."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    if hidden:
        sheet.column_dimensions[hidden].hidden = True
    for name, others in (more or {}).items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def text(*rows: Sequence[object], encoding: str = "utf-8", sign: str = ",") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode(encoding)
