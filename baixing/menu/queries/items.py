"""What is offered where, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baixing.menu.models import ItemFacts, ItemQuerySet, ServiceItem, Synonym
from baixing.network.models import Unit


@dataclass(frozen=True)
class ItemWords:
    """An item's name and gist in one language, and the language that they really are in."""

    name: str
    gist: str
    lang: str


@dataclass(frozen=True)
class Row:
    """One line of a menu as a page shows it."""

    item: ServiceItem
    words: ItemWords
    facts: ItemFacts | None

    @property
    def unwanted(self) -> bool:
        """Asked for, and no team has ever accepted it."""
        return bool(self.facts and self.facts.asked and not self.facts.accepted)


def offered_in(station: Unit, on: date) -> ItemQuerySet:
    """What people of this village may order on this day."""
    return ServiceItem.objects.active().offered_to(station).in_month(on)


def on_offer(station: Unit | None, on: date) -> ItemQuerySet:
    """The same, or the menus of the whole city for somebody whose village is not known."""
    return offered_in(station, on) if station else ServiceItem.objects.active().in_month(on)


def menu_of(unit: Unit) -> ItemQuerySet:
    """Everything that stands or stood on the unit's own menu."""
    return ServiceItem.objects.on_menu_of(unit).with_nouns().in_order()


def words_of(item: ServiceItem, language: str) -> ItemWords:
    """The name and gist in the reader's language; in Chinese where nobody has translated them."""
    if language.startswith("en") and item.name_en:
        return ItemWords(item.name_en, item.gist_en or item.gist, "en")
    return ItemWords(item.name, item.gist, "zh-Hans")


def rows(items: Iterable[ServiceItem], language: str, on: date) -> list[Row]:
    """Lines for a page. Items come `with_nouns`; a next day that has gone by is not told."""
    return [Row(item, words_of(item, language), _facts(item, on)) for item in items]


def synonyms_of(unit: Unit) -> list[Synonym]:
    return list(Synonym.objects.filter(unit=unit))


def _facts(item: ServiceItem, on: date) -> ItemFacts | None:
    facts: ItemFacts | None = getattr(item, "facts", None)
    if facts and facts.next_day and facts.next_day < on:
        facts.next_day = None
    return facts
