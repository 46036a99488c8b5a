"""Lists as plain text: CSV by whatever program, in whatever encoding is used in China."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from baixing.exchange.rules import MOST_ROWS
from baixing.kernel.refusals import Unfit

MOST_LINES: Final = MOST_ROWS + 100
MOST_COLUMNS: Final = 60
SAMPLE: Final = 20  # lines from which the separator is told
SEPARATORS: Final = (",", "\t", ";", "|", "，", "；")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def grid_of_text(content: bytes) -> list[list[object]]:
    """The cells of a text whose columns stand apart by one sign."""
    text = _decoded(content)
    if "\0" in text:
        raise _unfit(_("This is not a list. Choose an Excel (.xlsx) or CSV file."))
    lines = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    try:
        found: list[list[object]] = [list(line[:MOST_COLUMNS]) for line in islice(lines, MOST_LINES + 1)]
    except csv.Error as error:
        raise _unfit(_("This text cannot be read as a list. Save it as .xlsx and choose that.")) from error
    if len(found) > MOST_LINES:
        raise _unfit(_("There are more than %(most)s rows. Split the list into several files.") % {"most": MOST_ROWS})
    return found


def _decoded(content: bytes) -> str:
    by_mark = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    for encoding in (by_mark,) if by_mark else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unfit(_("The letters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8."))


def _separator(text: str) -> str:
    """The sign that most lines have equally often; a comma when there is none."""
    lines = [line for line in islice(StringIO(text), SAMPLE) if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines if sign in line]
        usual = max(set(counts), key=counts.count) if counts else 0
        return counts.count(usual) if counts else 0, usual

    return max(SEPARATORS, key=weight)


def _unfit(words: str) -> Unfit:
    return Unfit(words, field="file")
