"""The doctor sees a database that answers before rows are on the disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from baixing.operations.queries import faults
from tests.town import NINE

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
HURRIED = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "SET synchronous_commit = off"}
SAID = {"sqlite": "SQLite does not wait for the disk", "postgresql": "PostgreSQL has synchronous_commit off"}


@pytest.fixture
def _hurried() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(HURRIED[connection.vendor])
    yield
    connection.close()  # the next one is as we set it up


@pytest.mark.usefixtures("_hurried")
def test_a_database_that_does_not_wait_for_the_disk_is_a_fault() -> None:
    assert [fault for fault in faults(NINE) if SAID[connection.vendor] in fault] != []


def test_a_database_as_we_set_it_up_waits_for_the_disk() -> None:
    assert [fault for fault in faults(NINE) if SAID[connection.vendor] in fault] == []
