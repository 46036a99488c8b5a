from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from baixing.kernel import appendonly

if TYPE_CHECKING:
    from baixing.people.models import Person
    from baixing.people.rules.above import Held


class HoursConfig(AppConfig):
    name = "baixing.hours"
    label = "hours"
    unchanging = ("hours_hoursentry", "hours_ledgerroot")  # tables of which no row is ever changed

    def ready(self) -> None:
        from baixing.hours import listeners  # noqa: F401 - it hears from now on
        from baixing.hours.rules.texts import TEXTS
        from baixing.notices import rules as notices
        from baixing.people.rules.above import holdings_are

        notices.register(TEXTS)
        holdings_are(_held)
        post_migrate.connect(_refuse_changes, sender=self)


def _refuse_changes(using: str, **_: object) -> None:
    """Laid after each migration: SQLite drops the triggers of a table that it rebuilds."""
    there = set(connections[using].introspection.table_names())
    for table in HoursConfig.unchanging:
        if table in there:  # migrated back to nothing, they are gone
            appendonly.refuse(connections[using], table)


def _held(person: Person, at: datetime) -> Iterable[Held]:
    from baixing.hours.queries import holdings  # when somebody asks for their data

    return holdings.held(person, at)
