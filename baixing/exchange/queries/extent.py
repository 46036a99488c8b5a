"""How far the cells of a workbook reach and how much they say, before a parser lays them out.

The parser lays out all that lies between the first and the last filled cell, writes a text anew for each cell that
shows it, and makes room for as many texts as a part says it has: a few hundred bytes can ask for more memory than there
is, and whoever asks for that ends the whole process. So a strict reader goes through every part first,
whatever its name, for any of them may be called a sheet.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from itertools import zip_longest
from typing import Final
from xml.parsers import expat  # refuses nothing by itself: see _Reader

from django.utils.translation import gettext as _

from baixing.exchange.rules import MOST_ROWS
from baixing.kernel.refusals import Unfit

LAST_ROW: Final = MOST_ROWS + 100  # titles and notes stand above and below the rows
MOST_COLUMNS: Final = 60
MOST_CELLS: Final = 2 * LAST_ROW * MOST_COLUMNS  # laid out, of all sheets
MOST_LETTERS: Final = 10_000_000  # in all cells together; people write a few millions
COUNTS: Final = frozenset({"count", "uniqueCount"})
_PLACE, _NUMBER = re.compile(r"([A-Z]{1,3})(\d{1,7})"), re.compile(r"\d{1,9}")


def check_extent(parts: Mapping[str, bytes]) -> None:
    """Unfit, in words, when the cells reach too far or say too much. ValueError when a part cannot be understood."""
    readers = [_Reader.of(part) for part in parts.values()]
    lengths = [max(some) for some in zip_longest(*(reader.texts for reader in readers), fillvalue=0)]
    shown = sum(lengths[number] for reader in readers for number in reader.shown if number < len(lengths))
    if shown > MOST_LETTERS or sum(reader.cells for reader in readers) > MOST_CELLS:
        raise too_large()


class _Reader:
    """One part being read: where its filled cells stand, how long its texts are, and which of them its cells show."""

    def __init__(self) -> None:
        self.row = self.column = self.letters = self.lowest = self.widest = 0
        self.cell = (0, 0)
        self.shows = False  # the cell shows a text that is kept elsewhere, by its number
        self.said: list[str] = []
        self.texts = array("Q")
        self.shown = array("Q")

    @classmethod
    def of(cls, part: bytes) -> _Reader:
        found = cls()
        reader = expat.ParserCreate(
            "utf-8"
        )  # whatever the part says of itself: the parser does not listen to it either
        reader.buffer_text = True
        reader.StartElementHandler, reader.EndElementHandler = found.begin, found.end
        reader.CharacterDataHandler = found.say
        try:
            reader.Parse(part, True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error
        return found

    @property
    def cells(self) -> int:
        return self.lowest * self.widest

    def begin(self, name: str, told: Mapping[str, str]) -> None:
        """Asked of each element, of which there may be a million: the common ones first."""
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "c":
            self._stand(told)
        elif kind in ("v", "is"):
            self.said.clear()
            self._fill()
        elif kind == "si":
            self.letters = 0
        elif kind == "row":
            self.row, self.column = _number(told["r"]) if "r" in told else self.row + 1, 0
        elif any(_number(told[count]) > MOST_CELLS for count in COUNTS & told.keys()):
            raise too_large()

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2] if ":" in name else name
        if kind == "v" and self.shows:
            self.shown.append(_number("".join(self.said).strip()))
        elif kind == "c":
            self.shows = False
        elif kind == "si":
            self.texts.append(self.letters)

    def say(self, text: str) -> None:
        self.letters += len(text)
        if self.shows:
            self.said.append(text)

    def _stand(self, told: Mapping[str, str]) -> None:
        """A cell says where it stands; one that does not stands beside the one before, in the row that is open."""
        row, self.column = _place(told["r"]) if "r" in told else (self.row, self.column + 1)
        self.cell, self.shows = (row, self.column), told.get("t") == "s"

    def _fill(self) -> None:
        row, column = self.cell
        if row > LAST_ROW:
            raise too_long()
        if column > MOST_COLUMNS:
            words = _(
                "Cells are filled as far as beyond column %(most)s. Copy the columns of the list into a new Excel file."
            )
            raise Unfit(words % {"most": MOST_COLUMNS}, field="file")
        self.lowest, self.widest = max(self.lowest, row), max(self.widest, column)


def too_long() -> Unfit:
    words = _("There are more than %(most)s rows. Split the list into several files.")
    return Unfit(words % {"most": MOST_ROWS}, field="file")


def too_large() -> Unfit:
    words = _("Unpacked, this file is too large. Copy the rows of the list into a new Excel file.")
    return Unfit(words, field="file")


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _place(text: str) -> tuple[int, int]:
    """B3 is row 3, column 2."""
    if not (found := _PLACE.fullmatch(text)):
        raise ValueError(text)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
