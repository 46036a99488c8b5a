"""Once a day SQLite is told how many rows there are of what; PostgreSQL counts by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baixing.operations import actions
from baixing.operations.actions.measuring import measure
from baixing.people.models import Person
from tests.town import DAY, HOUR, NINE, Town

MANY = 3000


def known() -> dict[str, int]:
    """How many rows the database thinks that each index has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'people_person' AND idx IS NOT NULL")
        return {index: int(stat.split()[0]) for index, stat in cursor.fetchall()}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
@pytest.mark.django_db
def test_sqlite_learns_once_a_day_how_many_rows_there_are(town: Town) -> None:
    Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(MANY))

    first = actions.tick(at=NINE)
    told = known()
    again = actions.tick(at=NINE + HOUR)
    next_day = actions.tick(at=NINE + DAY)

    assert told
    assert all(number >= MANY / 2 for number in told.values()), told
    assert (first["measured"] > 0, again["measured"], next_day["measured"] > 0) == (True, 0, True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="as above")
@pytest.mark.django_db
def test_it_looks_at_no_more_than_so_many_rows_of_each(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        measure(at=NINE)

    said = [one["sql"] for one in asked.captured_queries if "PRAGMA" in one["sql"]]
    assert said == ["PRAGMA analysis_limit = 1000", "PRAGMA optimize = 65538"]
    assert town


@pytest.mark.both
@pytest.mark.skipif(connection.vendor == "sqlite", reason="asked of PostgreSQL alone")
@pytest.mark.django_db
def test_of_postgresql_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert measure(at=NINE) == 0

    assert len(asked) == 0
