"""One row being read: what its cells mean, and what is wrong with them, in words that say how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from baixing.exchange.queries.columns import Form, plain
from baixing.exchange.queries.table import Row
from baixing.kernel.fields import Phone, PlainText

NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"
SEPARATORS: Final = re.compile(r"[、,，;；/|\n]+")
NO: Final = {"无", "没有", "不休息", "-"}
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?: \d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:：点时](\d{1,2})?分?(?::\d{2})?")
_SHORTENED = re.compile(r"[\d.]+e\+?\d+", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?")
_MOBILE, _ANY_PHONE = Phone(required=False), Phone(required=False, landline=True)
_WORDS: Final = {
    (longest, lines): PlainText(max_length=longest or 2000, multiline=lines, required=False)
    for longest in (0, 24, 40, 60, 80, 120, 400, 600, 1000)
    for lines in (True, False)
}
LINES: Final = {"about", "gets", "prepare", "documents", "words"}  # columns in which a line may end


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, and in which of its columns, by the column's name."""

    column: str
    words: str


@dataclass
class Checked:
    """A row with its verdict, and what would be done for it."""

    row: Row
    verdict: str = SAME
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    deed: object = None

    def fault(self, column: str, words: str) -> None:
        self.faults.append(Fault(column, words))
        self.verdict = BAD


class Cells:
    """The cells of one row. A cell that cannot be understood leaves a fault and means nothing."""

    def __init__(self, row: Row, form: Form, checked: Checked) -> None:
        self.said, self.form, self.checked = row.said, form, checked

    def __contains__(self, name: str) -> bool:
        return bool(self.said.get(name))

    def fault(self, name: str, words: str) -> None:
        self.checked.fault(name, words)

    def text(self, name: str) -> str:
        column, said = self.form.column(name), self.said.get(name, "")
        try:
            text = _WORDS[column.longest, name in LINES].clean(said)
        except ValidationError as wrong:
            self.fault(name, wrong.messages[0])
            return ""
        if column.needed and not text:
            self.fault(name, _("This is empty."))
        return str(text)

    def phone(self, name: str, *, landline: bool = False, needed: bool = False) -> str:
        said = self.said.get(name, "")
        if _SHORTENED.fullmatch(said):
            self.fault(name, _("Excel has shortened this number. Make the column a text column and type it anew."))
            return ""
        try:
            phone = (_ANY_PHONE if landline else _MOBILE).clean(said)
        except ValidationError as wrong:
            self.fault(name, wrong.messages[0])
            return ""
        if needed and not phone:
            self.fault(name, _("This is empty."))
        return str(phone)

    def day(self, name: str, first: date, last: date) -> date | None:
        said = unicodedata.normalize("NFKC", self.said.get(name, ""))
        if not said:
            return None
        if found := _DAY.fullmatch(said):
            year, month, day = (int(part) for part in found.groups() if part)
            try:
                there = date(year, month, day)
            except ValueError:
                there = None
            if there and first <= there <= last:
                return there
        self.fault(name, _("This is no date that can be. Write it like 1980-05-01."))
        return None

    def clock(self, name: str) -> time | None:
        said = unicodedata.normalize("NFKC", self.said.get(name, ""))
        if not said:
            return None
        if found := _TIME.fullmatch(said):
            hour, minute = int(found[1]), int(found[2] or 0)
            if hour < 24 and minute < 60:  # noqa: PLR2004 - hours and minutes
                return time(hour, minute)
        self.fault(name, _("This is no time of the day. Write it like 08:30."))
        return None

    def number(self, name: str, least: int, most: int) -> int | None:
        said = unicodedata.normalize("NFKC", self.said.get(name, ""))
        if not said:
            return None
        found = _WHOLE.fullmatch(said)
        if found and least <= int(found[1]) <= most:
            return int(found[1])
        self.fault(name, _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
        return None

    def choice(self, name: str) -> str:
        column, said = self.form.column(name), self.said.get(name, "")
        if not said:
            if column.needed:
                self.fault(name, _("This is empty."))
            return ""
        if meant := column.meanings().get(plain(said)):
            return meant
        words = _(", ").join(one.word for one in column.choices)
        self.fault(name, _("This word is not known. Write one of: %(words)s.") % {"words": words})
        return ""

    def named(self, name: str, known: Mapping[str, object]) -> list[object]:
        """Things named in one cell, by their plain names; each that is not known is told."""
        names = [part for part in SEPARATORS.split(self.said.get(name, "")) if part.strip()]
        if unknown := [part.strip()[:20] for part in names if plain(part) not in known]:
            words = _("Not known: %(names)s. Take the names from the sheet of instructions.")
            self.fault(name, words % {"names": _(", ").join(unknown[:5])})
            return []
        if not names and self.form.column(name).needed:
            self.fault(name, _("This is empty."))
        return list({plain(part): known[plain(part)] for part in names}.values())
