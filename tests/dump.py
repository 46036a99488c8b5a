"""All that the database holds, opened and unsealed, as one text: what somebody with the keys would read."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model


def models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if not model.__module__.startswith("tests.")]


def opened() -> str:
    """Every column of every row, the sealed ones too, and what stands in sessions."""
    return "\n".join([*_rows(), *(str(SessionStore().decode(row.session_data)) for row in Session.objects.all())])


def raw() -> str:
    """The tables as they lie on the disk."""
    return "\n".join(str(row) for model in models() for row in _select(model._meta.db_table))


def counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in models()}


def _rows() -> Iterator[str]:
    for model in models():
        for row in model._base_manager.order_by("pk").values_list(
            *(field.attname for field in model._meta.concrete_fields)
        ):
            yield f"{model._meta.label} {row}"


def _select(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as rows:
        rows.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
        return list(rows.fetchall())
