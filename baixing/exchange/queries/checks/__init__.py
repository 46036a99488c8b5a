"""What each row of a list would do, and what is wrong with it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, Protocol

from baixing.exchange.models import Import
from baixing.exchange.queries.cells import Checked
from baixing.exchange.queries.checks.items import ItemsCheck
from baixing.exchange.queries.checks.people import PeopleCheck
from baixing.exchange.queries.checks.teams import TeamsCheck
from baixing.exchange.queries.checks.units import UnitsCheck
from baixing.exchange.queries.table import Row, Table
from baixing.network.models import Unit
from baixing.people.models import Person

AT_ONCE: Final = 250  # rows between two words about how far it is
Tell = Callable[[int], None]


class Check(Protocol):
    """Looks at rows, some at a time, and knows those it has seen."""

    def some(self, rows: list[Row]) -> list[Checked]: ...


CHECKS: Final[dict[str, Callable[[Unit, Person, datetime, list[Row]], Check]]] = {
    Import.Kind.UNITS: UnitsCheck,
    Import.Kind.PEOPLE: PeopleCheck,
    Import.Kind.TEAMS: TeamsCheck,
    Import.Kind.ITEMS: ItemsCheck,
}


def check(source: Import, table: Table, at: datetime, tell: Tell | None = None) -> list[Checked]:
    """A verdict for each row, as things are now; `tell` hears how many are done."""
    found: list[Checked] = []
    one = CHECKS[source.kind](source.unit, source.by, at, table.rows)
    for rows in _parts(table.rows):
        found += one.some(rows)
        if tell:
            tell(len(found))
    return found


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
