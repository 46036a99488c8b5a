"""The menu that a city starts with, from files in the package. Loading again keeps what staff changed."""

from __future__ import annotations

import secrets
import tomllib
from importlib.resources import files

from django.db import transaction

from baixing.menu.models import Edition, ServiceItem
from baixing.menu.queries import search_text
from baixing.network.models import Platform, Task, Unit
from baixing.teams.models import LicenceKind, Skill

DATA = files("baixing.menu") / "data"
Row = dict[str, object]
PLAIN = (
    "code", "name", "name_en", "gist", "gist_en", "gets", "who", "minutes", "place", "audience", "prepare",
    "risks", "documents", "min_age", "max_age", "lead_days", "people", "free", "parts_payer", "parts_note",
    "urgency",
)  # fmt: skip


@transaction.atomic
def load_menu(city: Unit) -> int:
    """Add the items that are not there yet; how many. An item of a county goes on that county's menu."""
    load_skills()
    known = set(ServiceItem.objects.values_list("code", flat=True))
    rows = [row for row in _rows() if row["code"] not in known]
    if rows:
        places = {unit.code: unit for unit in Unit.objects.tier(3)}
        _add(rows, {**places, "city": city})
        for unit in (city, *places.values()):
            Edition.objects.update_or_create(unit=unit, defaults={"stamp": secrets.token_hex(16)})
    return len(rows)


@transaction.atomic
def load_skills() -> None:
    """What teams can know, and the licences that the law asks for."""
    skills = tomllib.loads((DATA / "skills.toml").read_text("utf-8"))["skill"]
    Skill.objects.bulk_create([Skill(**row) for row in skills], ignore_conflicts=True)
    papers = tomllib.loads((DATA / "licences.toml").read_text("utf-8"))["licence"]
    LicenceKind.objects.bulk_create([LicenceKind(**row) for row in papers], ignore_conflicts=True)


def _rows() -> list[Row]:
    found = sorted((DATA / "items").iterdir(), key=lambda file: file.name)
    return [row for file in found for row in tomllib.loads(file.read_text("utf-8"))["item"]]


def _add(rows: list[Row], units: dict[str | None, Unit]) -> None:
    skills, papers = _by_slug(Skill), _by_slug(LicenceKind)
    platforms, tasks = _by_slug(Platform), _by_slug(Task)
    for row in rows:
        item = ServiceItem(
            **{name: row[name] for name in PLAIN if name in row},
            unit=units[str(row.get("scope", "city"))],
            skill_id=skills[str(row["skill"])],
            licence_id=papers.get(str(row.get("licence", ""))),
            platform_id=platforms[str(row["platform"])],
            months=",".join(str(month) for month in _list(row, "months")),
            words="\n".join(_list(row, "words")),
        )
        item.search_text = search_text(item)
        item.save(force_insert=True)
        item.tasks.set([tasks[slug] for slug in _list(row, "tasks")])


def _list(row: Row, name: str) -> list[str]:
    found = row.get(name) or []
    return [str(one) for one in found] if isinstance(found, list) else []


def _by_slug(model: type[Skill | LicenceKind | Platform | Task]) -> dict[str, int]:
    return dict(model.objects.values_list("slug", "pk"))
