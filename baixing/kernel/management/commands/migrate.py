from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from baixing.kernel import tables

PART = ("app_label", "migration_name", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    """Django's own; a database that is empty, and is to have everything, gets its tables at once."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django has it
        connection = connections[options["database"]]
        if not any(options[part] for part in PART) and tables.are_missing(connection):
            connection.prepare_database()
            tables.lay(connection)
        super().handle(*args, **options)
