"""What a database is made of, in words that do not depend on the order in which it was made."""

from __future__ import annotations

import re

from django.contrib.contenttypes.models import ContentType
from django.db import connection

POSTGRESQL = """
    SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""
SQLITE = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def objects() -> list[str]:
    """Tables, constraints, indexes and triggers, each as its words in the order of the alphabet."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        return sorted(" ".join(sorted(re.findall(r"\w+|[^\w\s]", told))) for (told,) in cursor.fetchall())


def drop_everything() -> None:
    """Tables with all that hangs on them, even lines that nobody may delete."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")  # else each line is deleted first, which a trigger refuses
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
            cursor.execute("PRAGMA foreign_keys = ON")
        else:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    ContentType.objects.clear_cache()
