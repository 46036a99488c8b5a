"""A database of the code that first went into service: brought up to date, and each app one step back and on again.

Its tables are then the same as those that a new installation lays at once (`baixing/kernel/tables.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from baixing.operations.queries import deep_faults
from baixing.orders.models import Order
from tests.operations.objects import drop_everything, objects
from tests.operations.rows import NOT_OURS, STATES, load, read
from tests.town import DAY, NINE

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
FIRST = Path(__file__).parent / "fixtures" / "first.json.gz"
THEN = "0001_initial"
SINCE = ("dispatching", "hours")  # apps that came later, the highest floor first
LATER = NINE + timedelta(days=3)


def migrated() -> dict[str, list[str]]:
    """The migrations of each app of ours, the oldest first."""
    found = defaultdict(list)
    for app, name in sorted(MigrationExecutor(connection).loader.disk_migrations):
        if app not in NOT_OURS:
            found[app].append(name)
    return found


def back(app: str, name: str | None) -> None:
    """As the command does it, but for drawing all models as they were before and after, which takes a second each."""
    MigrationExecutor(connection).migrate([(app, name)])
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@pytest.fixture
def made_at_once() -> list[str]:
    """What the database had before it was emptied: tables laid all at once, as a new installation gets them."""
    return objects()


@pytest.fixture
def _first(made_at_once: list[str]) -> Iterator[None]:
    """The rows as they were, under the code as it is; every table made by migrations, one after the other."""
    there = [app for app in migrated() if app not in SINCE]
    drop_everything()
    executor = MigrationExecutor(connection)
    first = [(app, THEN) for app in there]
    executor.migrate([*first, *executor.loader.graph.leaf_nodes("auth")])
    then = executor.loader.project_state(first)
    load(FIRST, then.apps)
    call_command("migrate", run_syncdb=True, verbosity=0)
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("_first")
def test_rows_of_the_first_version_are_brought_up_to_date_and_go_a_step_back_and_on_again(
    made_at_once: list[str],
) -> None:
    assert objects() == made_at_once
    assert sorted({order.state for order in Order.objects.all()}) == sorted(STATES)
    assert list(deep_faults(NINE)) == []
    with time_machine.travel(LATER, tick=False):
        assert [opened(order) for order in Order.objects.select_related("resident")] == [200] * 15
    before = read(apps)

    for app, names in migrated().items():
        if len(names) > 1:
            back(app, names[-2])
    call_command("migrate", verbosity=0)

    assert read(apps) == before
    assert list(deep_faults(NINE + DAY)) == []


def opened(order: Order) -> int:
    client = Client()
    client.force_login(order.resident)
    return client.get(f"/orders/{order.pk}/").status_code
