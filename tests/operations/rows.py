"""The rows of a database as they were at some migration, in a file that either database can take in.

`python -m tests.operations.rows FILE` writes that of a small town with an order in every state, with the code it is run
with. The fixture was made so by the code that first went into service.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps.registry import Apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

STATES = (
    "placed asked pending offered accepted appointed served disputed paused closed withdrawn rejected merged unmet"
).split()
NOT_OURS = {"contenttypes", "auth", "sessions", "toy"}


def dump(file: Path, apps: Apps) -> None:
    with gzip.GzipFile(file, "wb", mtime=0) as packed:
        packed.write(json.dumps(read(apps), cls=DjangoJSONEncoder).encode())


def read(apps: Apps) -> dict[str, list[dict[str, object]]]:
    return {model._meta.label: list(_rows(model)) for model in _ours(apps)}


def load(file: Path, apps: Apps) -> None:
    """Into empty tables. `apps` are the models as they were."""
    kept = json.loads(gzip.decompress(file.read_bytes()))
    ours = {model._meta.label: model for model in _ours(apps)}
    with transaction.atomic(), connection.cursor() as cursor:
        for label, rows in kept.items():
            _fill(ours[label], rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(ours.values())):
            cursor.execute(statement)


def _ours(apps: Apps) -> Iterator[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return (model for model in every if model._meta.app_label not in NOT_OURS and model._meta.managed)


def _rows(model: type[models.Model]) -> Iterator[dict[str, object]]:
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk"):
        yield {field.attname: getattr(row, field.attname) for field in fields}


def _fill(model: type[models.Model], rows: list[dict[str, object]]) -> None:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    model._base_manager.bulk_create(
        model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows
    )


def main(file: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from dataclasses import replace

    from django.apps import apps
    from django.core.management import call_command

    from baixing.teams.models import Skill
    from tests import town

    call_command("migrate", verbosity=0)
    built, plumbing = town.build(), Skill.objects.get()
    for number, state in enumerate(STATES):  # each with a team of its own: a team has one visit at a time
        resident, leader = (
            town._person(f"{who}{number}", 20 + 2 * number + n) for n, who in enumerate(("居民", "队长"))
        )
        team = town._team(f"{number} 队", built.station, leader, plumbing)
        replace(built, jin=resident, luo=leader, plumbers=team).order_in(state)
    dump(file, apps)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
