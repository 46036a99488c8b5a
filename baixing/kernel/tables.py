"""All tables of a new database at once.

Migrations tell how a database of an earlier version becomes one of this version, and Django renders every model anew
after each of their steps: fifteen seconds before an empty database has its tables. An empty one gets them as the
last step leaves the models, in one transaction; each migration is noted as applied, and what migrations load is loaded.
Both ways lead to the same tables and rows: `tests/operations/test_migrating.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor


def are_missing(connection: BaseDatabaseWrapper) -> bool:
    return not connection.introspection.table_names()


def lay(connection: BaseDatabaseWrapper) -> None:
    """Tables, constraints and indexes, and the rows that migrations bring along. For an empty database only."""
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    state = executor.loader.project_state()
    with connection.schema_editor() as editor:
        for model in state.apps.get_models():
            if model._meta.managed:  # a table between two of them is made with the one that names it
                editor.create_model(model)
        executor.recorder.ensure_schema()
        for migration in plan:
            for load in _loads(migration):
                load.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(migration.app_label, migration.name)


def _loads(migration: Migration) -> Iterator[RunPython]:
    return (operation for operation in migration.operations if isinstance(operation, RunPython))
