"""The menu that a city starts with, from files in the package. Loading again keeps what staff changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from django.db import transaction

from baixing.menu.actions.editing import stamp
from baixing.menu.models import ServiceItem, Synonym
from baixing.menu.queries import audience_of, search_text
from baixing.network.models import Platform, Task, Unit
from baixing.teams.models import LicenceKind, Skill

DATA = files("baixing.menu") / "data"
Row = Mapping[str, object]
PLAIN = (
    "code", "name", "name_en", "gist", "gist_en", "gets", "who", "minutes", "place", "audience", "prepare",
    "risks", "documents", "min_age", "max_age", "lead_days", "people", "free", "parts_note", "urgency",
    "shared",
)  # fmt: skip
WRITTEN = (
    *PLAIN, "unit", "parts_payer", "skill", "licence", "platform", "months", "words", "search_text",
)  # fmt: skip


@transaction.atomic
def load_menu(city: Unit, at: datetime | None = None) -> int:  # noqa: ARG001 - nothing of the file bears a date
    """Bring in the items that are missing or that nobody has changed yet; how many.

    An item of a county goes on that county's menu.
    """
    load_skills()
    written = _write(_items(city))
    _load_synonyms(city)
    for unit in Unit.objects.within(city).filter(tier__gte=3):
        stamp(unit)
    return written


@transaction.atomic
def load_skills() -> None:
    """What teams can know, and the licences that the law asks for."""
    Skill.objects.bulk_create([Skill(**row) for row in _tags("skills", "skill")], ignore_conflicts=True)
    papers = [LicenceKind(**row) for row in _tags("licences", "licence")]
    LicenceKind.objects.bulk_create(papers, ignore_conflicts=True)


def _write(items: list[tuple[ServiceItem, list[Task]]]) -> int:
    kept = ServiceItem.objects.exclude(version=1)
    edited = set(kept.values_list("code", flat=True))
    wanted = {item.code: (item, tasks) for item, tasks in items if item.code not in edited}
    ServiceItem.objects.bulk_create(
        [item for item, _tasks in wanted.values()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in WRITTEN if name != "code"],
    )
    for item in ServiceItem.objects.filter(code__in=wanted):
        item.tasks.set(wanted[item.code][1])
    return len(wanted)


def _items(city: Unit) -> list[tuple[ServiceItem, list[Task]]]:
    units: dict[str, Unit] = {str(unit.code)[:6]: unit for unit in Unit.objects.within(city).tier(3)}
    skills = {skill.slug: skill for skill in Skill.objects.all()}
    papers = {paper.slug: paper for paper in LicenceKind.objects.all()}
    platforms = {platform.slug: platform for platform in Platform.objects.all()}
    tasks = {task.slug: task for task in Task.objects.all()}
    found = []
    for row in _rows():
        item = _item(row)
        item.unit = units.get(str(row.get("scope", "")), city)
        item.skill, item.platform = skills[str(row["skill"])], platforms[str(row["platform"])]
        item.licence = papers.get(str(row.get("licence", "")))
        found.append((item, [tasks[slug] for slug in _list(row, "tasks")]))
    return found


def _item(row: Row) -> ServiceItem:
    payer = str(row.get("parts_payer", ""))
    item = ServiceItem(
        **{name: row[name] for name in PLAIN if name in row},
        parts_payer=payer.replace("none", ""),
        months=",".join(sorted(_list(row, "months"), key=int)),
        words="\n".join(_list(row, "words")),
    )
    if "audience" not in row:
        item.audience = audience_of(item)
    item.search_text = search_text(item)
    return item


def _load_synonyms(city: Unit) -> None:
    """Only into an empty list: once staff look after it, it is theirs."""
    if not Synonym.objects.filter(unit=city).exists():
        said: dict[str, list[str]] = tomllib.loads((DATA / "synonyms.toml").read_text("utf-8"))["synonyms"]
        pairs = [Synonym(unit=city, word=word, means=means) for word, many in said.items() for means in many]
        Synonym.objects.bulk_create(pairs, ignore_conflicts=True)


def _rows() -> list[Row]:
    found = sorted((DATA / "items").iterdir(), key=lambda file: file.name)
    return [row for file in found for row in tomllib.loads(file.read_text("utf-8"))["item"]]


def _tags(name: str, key: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[key]
    return rows


def _list(row: Row, name: str) -> list[str]:
    found = row.get(name) or []
    return [str(one) for one in found] if isinstance(found, list) else []
