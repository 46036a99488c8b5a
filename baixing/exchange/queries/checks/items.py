"""Services of a list: new lines of the unit's own menu, and what changes about those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _

from baixing.exchange.queries.cells import BAD, CHANGED, NEW, SAME, SEPARATORS, Cells, Checked
from baixing.exchange.queries.checks.teams import skills_by_name
from baixing.exchange.queries.columns import form_of, plain
from baixing.exchange.queries.table import Row
from baixing.menu.models import DAY_OF_MINUTES, ServiceItem
from baixing.network.models import Platform, Unit
from baixing.people.models import Person

FORM: Final = form_of("items")
BETWEEN_WORDS: Final = re.compile(r"[、,，;；\n]+")
ALL_YEAR: Final = {"全年", "每月", "不限"}
MOST_PEOPLE, MOST_DAYS, MONTHS = 20, 60, 12
TEXTS: Final = ("gist", "gets", "who", "prepare", "documents")
CHOICES: Final = ("place", "audience", "urgency")


@dataclass(frozen=True)
class ItemDeed:
    """The fields that the row says, and the item that has this name already."""

    facts: dict[str, object]
    item: ServiceItem | None
    before: dict[str, object]


class ItemsCheck:
    """Knows the unit's own menu, and the rows before."""

    def __init__(self, scope: Unit, _by: Person, _at: datetime, _rows: list[Row]) -> None:
        self.skills = skills_by_name()
        self.platforms = named(Platform.objects.all())
        items = ServiceItem.objects.on_menu_of(scope).select_related("skill", "platform").prefetch_related("tasks")
        self.items = {plain(item.name): item for item in items.order_by("active", "pk")}
        self.first: dict[str, int] = {}

    def some(self, rows: list[Row]) -> list[Checked]:
        return [self._judge(row) for row in rows]

    def _judge(self, row: Row) -> Checked:
        checked = Checked(row)
        facts = self._facts(Cells(row, FORM, checked))
        name = plain(str(facts["name"]))
        first = self.first.setdefault(name, row.number) if name else row.number
        if first != row.number:
            checked.fault("name", _("Row %(row)s says the same. Delete one of the two.") % {"row": first})
        item = self.items.get(name)
        if checked.verdict == BAD:
            return checked
        if item and not item.active:
            checked.notes.append(_("This service is off the menu. It stays there; bring it back on its page."))
        elif item:
            facts.pop("name")
            before = {field: getattr(item, field) for field in facts}
            checked.verdict = SAME if before == facts else CHANGED
            checked.deed = ItemDeed(facts, item, before)
        else:
            checked.verdict = NEW
            checked.deed = ItemDeed({"gets": facts["gist"], **facts}, None, {})
        return checked

    def _facts(self, cells: Cells) -> dict[str, object]:
        """The fields that are filled in, as the model keeps them."""
        facts: dict[str, object] = {"name": cells.text("name")}
        facts |= {name: text for name in TEXTS if (text := cells.text(name))}
        facts |= {name: value for name in CHOICES if (value := cells.choice(name))}
        numbers = {
            "minutes": cells.number("minutes", 5, DAY_OF_MINUTES),
            "people": cells.number("people", 1, MOST_PEOPLE),
            "lead_days": cells.number("lead_days", 0, MOST_DAYS),
        }
        facts |= {name: number for name, number in numbers.items() if number is not None}
        if free := cells.choice("free"):
            facts["free"] = free == "yes"
        if "months" in cells:
            facts["months"] = _months(cells)
        if "words" in cells:
            words = BETWEEN_WORDS.split(cells.text("words"))
            facts["words"] = "\n".join(word.strip() for word in words if word.strip())
        return facts | _one(cells, "platform", self.platforms) | _one(cells, "skill", self.skills)


def named(rows: Iterable[Model]) -> dict[str, object]:
    """Rows of a list, by their Chinese and their English names."""
    return {plain(name): row for row in rows for name in (getattr(row, "name_en", ""), str(row)) if name}


def _one(cells: Cells, column: str, known: dict[str, object]) -> dict[str, object]:
    found = cells.named(column, known)
    if len(found) > 1:
        cells.fault(column, _("Write one only."))
    return {column: found[0]} if found else {}


def _months(cells: Cells) -> str:
    """As the model keeps them: "3,4,5"; all year is empty."""
    said = cells.said["months"]
    parts = [plain(part).removesuffix("月") for part in SEPARATORS.split(said) if part.strip()]
    if plain(said) in ALL_YEAR:
        return ""
    if any(not re.fullmatch(r"\d{1,2}", part) or not 1 <= int(part) <= MONTHS for part in parts):
        cells.fault("months", _("Write numbers of months from 1 to 12, or 全年 for all year."))
        return ""
    return ",".join(str(month) for month in sorted({int(part) for part in parts}))
