"""The grid into which a sheet of paper is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http.request import QueryDict  # noqa: TID251 - what a browser sends, and no more of it

from baixing.schedule.queries.paper import Line, Page, PaperRow

LONGEST_NAME = 30
MOST_DIGITS = 3


@dataclass(frozen=True)
class GridRow:
    """One row of the paper, with what was typed of it."""

    row: PaperRow
    line: Line

    @property
    def many(self) -> bool:
        return self.row.signup is None or self.row.signup.headcount > 1


class GridForm:
    """Which circles are filled in, row by row."""

    def __init__(self, page: Page, data: QueryDict | None = None) -> None:
        self.arrivals, self.departures = page.circles
        self._page, self._data = page, data or QueryDict()

    @property
    def rows(self) -> list[GridRow]:
        return [GridRow(row, self._line(row.number)) for row in self._page.rows]

    def lines(self) -> dict[int, Line]:
        """Of every row that the form told of, also of one that was never printed."""
        numbers = {_number(name[5:]) for name in self._data if name.startswith("came-")} - {0}
        return {number: line for number in numbers if not (line := self._line(number)).is_empty}

    def _line(self, number: int) -> Line:
        heads = self._data.get(f"heads-{number}", "").strip()
        return Line(
            came=self._data.get(f"came-{number}", "")[:8],
            left=self._data.get(f"left-{number}", "")[:8],
            heads=_number(heads),
            name=" ".join(self._data.get(f"name-{number}", "").split())[:LONGEST_NAME],
        )


def chosen_of(data: Mapping[str, str]) -> dict[int, int]:
    """Which of two readings was chosen for each row."""
    rows = {name[4:]: text for name, text in data.items() if name.startswith("row-")}
    return {_number(row): int(text) for row, text in rows.items() if _number(row) and text in {"1", "2"}}


def _number(text: str) -> int:
    """Nothing but what a row or a party can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
