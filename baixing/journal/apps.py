from __future__ import annotations

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from baixing.kernel import appendonly


class JournalConfig(AppConfig):
    name = "baixing.journal"

    def ready(self) -> None:
        post_migrate.connect(_refuse_changes, sender=self)


def _refuse_changes(using: str, **_: object) -> None:
    """Laid after each migration: SQLite drops the triggers of a table that it rebuilds."""
    appendonly.refuse(connections[using], "journal_entry")
