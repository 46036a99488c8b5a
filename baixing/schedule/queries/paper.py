"""Answers about sheets of paper: what stands on them, and where two people read them differently."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from baixing.people.rules import plain_name
from baixing.schedule.models import Reading, Session, Sheet, Signup
from baixing.schedule.rules import paper


@dataclass(frozen=True)
class Line:
    """What stands in one row: the circles that are filled in, how many came, and the name of a walk-in."""

    came: str = ""
    left: str = ""
    heads: int = 0
    name: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.came or self.left or self.name)

    def says(self, other: Line) -> bool:
        """Does it say the same as the other?"""
        mine, theirs = ((one.came, one.left, one.heads, plain_name(one.name)) for one in (self, other))
        return mine == theirs


Lines = Mapping[int, Line]


@dataclass(frozen=True)
class PaperRow:
    """One row of a sheet; without a sign-up it is a blank one."""

    number: int
    signup: Signup | None


@dataclass(frozen=True)
class Difference:
    """A row that two people read differently."""

    row: PaperRow
    first: Line
    second: Line


@dataclass(frozen=True)
class Page:
    """A sheet as it is printed and as it is read back."""

    sheet: Sheet
    rows: list[PaperRow]
    arrivals: list[datetime]
    departures: list[datetime]

    @property
    def circles(self) -> tuple[list[str], list[str]]:
        """As they are printed: for arriving and for leaving."""
        came, left = ([paper.said(one, self.sheet.session) for one in of] for of in (self.arrivals, self.departures))
        return came, left


def page(sheet: Sheet) -> Page:
    return pages([sheet])[0]


def pages(sheets: Sequence[Sheet]) -> list[Page]:
    """Those who stand on each, read at once."""
    wanted = [pk for sheet in sheets for pk in sheet.rows]
    known = {one.pk: one for one in Signup.objects.filter(pk__in=wanted).select_related("person", "role", "session")}
    return [_page(sheet, known) for sheet in sheets]


def rows_of(sheet: Sheet) -> list[PaperRow]:
    """Those who stand on it, in its order, then the blank ones."""
    return page(sheet).rows


def latest(session: Session) -> list[Sheet]:
    """The pages that were printed last."""
    last = session.sheets.order_by("-made_at").values_list("made_at", flat=True).first()
    return list(session.sheets.filter(made_at=last).select_related("session").order_by("pk")) if last else []


def dumped(lines: Lines) -> str:
    return json.dumps({str(row): asdict(line) for row, line in lines.items() if not line.is_empty})


def read_lines(reading: Reading) -> dict[int, Line]:
    return {int(row): Line(**line) for row, line in json.loads(reading.lines or "{}").items()}


def agreed(sheet: Sheet) -> dict[int, Line]:
    """What both read alike."""
    first, second = _both(sheet)
    return {row: line for row, line in first.items() if row in second and line.says(second[row])}


def differences(sheet: Sheet) -> list[Difference]:
    if sheet.readings.count() < 2:  # noqa: PLR2004 - two people
        return []
    first, second = _both(sheet)
    pairs = [(row, first.get(row.number, Line()), second.get(row.number, Line())) for row in rows_of(sheet)]
    return [Difference(row, one, other) for row, one, other in pairs if not one.says(other)]


def answers(sheet: Sheet) -> list[tuple[PaperRow, str]]:
    """The rows that could not be taken, and why."""
    said = json.loads(sheet.answers or "{}")
    return [(row, said[str(row.number)]) for row in rows_of(sheet) if str(row.number) in said]


def _page(sheet: Sheet, known: Mapping[int, Signup]) -> Page:
    signups = [known.get(pk) for pk in sheet.rows]
    blanks = range(len(signups) + 1, len(signups) + sheet.blanks + 1)
    rows = [*(PaperRow(n, one) for n, one in enumerate(signups, 1)), *(PaperRow(n, None) for n in blanks)]
    return Page(sheet, rows, paper.arrivals(sheet.session), paper.departures(sheet.session))


def _both(sheet: Sheet) -> tuple[dict[int, Line], dict[int, Line]]:
    first, second = sheet.readings.order_by("place")
    return read_lines(first), read_lines(second)
