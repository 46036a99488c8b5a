"""The real tree of Baiyin, and the tags, from files in the package. Loading again changes nothing."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files

from django.db import transaction

from baixing.journal import actions as journal
from baixing.network.actions.many import hang
from baixing.network.actions.units import full_name, search_text
from baixing.network.models import Platform, Task, Unit

DATA = files("baixing.network") / "data"
Row = dict[str, str]
# What the register calls it: our kind and tier, the highest first.
LEVELS = {
    "city": (Unit.Kind.CENTRE, 4),
    "county": (Unit.Kind.CENTRE, 3),
    "town": (Unit.Kind.INSTITUTE, 2),
    "village": (Unit.Kind.STATION, 1),
}


@transaction.atomic
def load_tree(at: datetime) -> int:
    """Add the units that are not there yet; how many. What a city has changed stays as it is."""
    load_tags()
    known = dict(Unit.objects.exclude(code=None).values_list("code", "pk"))
    rows = list(csv.DictReader((DATA / "baiyin.csv").read_text("utf-8").splitlines()))
    missing = [row for row in rows if row["code"] not in known]
    for level in LEVELS:
        made = _hang((row for row in missing if row["kind"] == level), known)
        known |= {unit.code: unit.pk for unit in made}
    if missing:
        root = Unit.objects.get(code=rows[0]["code"])
        journal.write("load_tree", root, by=None, at=at, units=len(missing))
    return len(missing)


@transaction.atomic
def load_tags() -> None:
    """The five platforms and the five tasks. Those a city has renamed keep their names."""
    for model, key in ((Platform, "platform"), (Task, "task")):
        rows = tomllib.loads((DATA / f"{key}s.toml").read_text("utf-8"))[key]
        for order, row in enumerate(rows, start=1):
            names = {"name": row["name"], "name_en": row["name_en"], "order": order}
            model.objects.get_or_create(slug=row["slug"], defaults=names)


def _hang(rows: Iterable[Row], known: dict[str | None, int]) -> list[Unit]:
    return hang([_unit(row, known) for row in rows])


def _unit(row: Row, known: dict[str | None, int]) -> Unit:
    kind, tier = LEVELS[row["kind"]]
    name = full_name(kind, row["name"])
    return Unit(
        kind=kind,
        tier=tier,
        name=name,
        short=row["name"],
        code=row["code"],
        parent_id=known[row["parent_code"]] if row["parent_code"] else None,
        path=f"?{row['code']}",
        search_text=search_text(name, row["name"]),
    )
