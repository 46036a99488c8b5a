"""What is offered where, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import ceil
from typing import Final

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from baixing.kernel.prepared import prepared
from baixing.menu.models import ItemFacts, ItemQuerySet, ServiceItem, Synonym
from baixing.network.models import Unit

Audience = ServiceItem.Audience
NAMED: Final = (
    (Audience.CHILDREN, re.compile("孩子|儿童|少年|学生|家长|宝宝|幼儿|作业")),
    (Audience.FARMERS, re.compile("庄稼|果树|大棚|种植|养殖|农机|农户|牛羊|农药|春耕|田间|地膜|苗木")),
    (Audience.ELDERS, re.compile("老人|老年|高龄|长辈")),
)
GROWN_UP: Final = 18
ELDERLY: Final = 50
DAY: Final = 24  # hours
PICTURES: Final = {
    slug: picture
    for picture, slugs in {
        "tap": "plumbing",
        "plug": "electrics appliances",
        "hammer": "carpentry",
        "repair": "machines",
        "scissors": "haircuts sewing",
        "bucket": "cleaning",
        "truck": "moving driving",
        "cooking": "cooking",
        "care": "care childcare",
        "health": "health nursing mind",
        "law": "law mediation",
        "papers": "paperwork",
        "school": "tutoring reading",
        "device": "digital",
        "talk": "talks history customs selling employment",
        "culture": "opera music",
        "brush": "calligraphy crafts",
        "camera": "photography",
        "sport": "sports",
        "farm": "farming livestock",
        "science": "science",
        "green": "environment",
        "shield": "safety",
    }.items()
    for slug in slugs.split()
}
DRAWN: Final = (
    ("drain", re.compile("疏通|下水|马桶")),
    ("leak", re.compile("漏水|防水")),
    ("warm", re.compile("暖气|供热|取暖")),
    ("shopping", re.compile("买东西|消费")),
)


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

    @property
    def state(self) -> str:
        if self.item.asked_at:
            return "asked"
        return "retired" if not self.item.active else "unwanted" if self.unwanted else "active"

    @property
    def picture(self) -> str:
        """The icon of what its name says, otherwise of its craft: one craft often stands beside itself."""
        said = next((picture for picture, words in DRAWN if words.search(self.item.name)), "")
        return said or PICTURES.get(self.item.skill.slug, "order")

    @property
    def wait(self) -> str:
        """How long people usually wait from order to service, in words; nothing while nobody knows."""
        hours = self.facts.median_wait_hours if self.facts else None
        if hours is None:
            return ""
        if hours < DAY:
            count = max(ceil(hours), 1)
            return ngettext("usually %(n)d hour", "usually %(n)d hours", count) % {"n": count}
        days = ceil(hours / DAY)
        return ngettext("usually %(n)d day", "usually %(n)d days", days) % {"n": days}


def offered_in(station: Unit, on: date) -> ItemQuerySet:
    """What people of this village may order on this day."""
    return ServiceItem.objects.active().offered_to(station).in_month(on)


def is_offered(item: ServiceItem, station: Unit, on: date) -> bool:
    """Whether people of this village may order this item on this day, as the database says at this moment."""
    for path, months in _on_menu(item.pk):
        return path in station.line() and (not months or str(on.month) in months.split(","))
    return False


@prepared
def _on_menu(item: int) -> QuerySet[ServiceItem, tuple[str, str]]:
    return ServiceItem.objects.active().filter(pk=item).values_list("unit__path", "months")


def on_offer(station: Unit | None, on: date) -> ItemQuerySet:
    """The same, or the menus of the whole city for somebody whose village is not known."""
    return offered_in(station, on) if station else ServiceItem.objects.active().in_month(on)


def often_ordered(station: Unit | None, on: date, most: int) -> ItemQuerySet:
    """What is asked for most in the last half year; while nobody has asked, what comes soonest."""
    asked = Coalesce("facts__asked", 0)
    return on_offer(station, on).with_nouns().order_by(asked.desc(), "lead_days", "pk")[:most]


def instead_of(item: ServiceItem, station: Unit | None, on: date, most: int) -> ItemQuerySet:
    """What people there may order in its place: the same craft first, then the same kind for the same people."""
    same_craft = Case(When(skill=item.skill_id, then=0), default=1)
    like = Q(skill=item.skill_id) | Q(platform=item.platform_id, audience=item.audience)
    found = on_offer(station, on).filter(like).exclude(pk=item.pk).with_nouns()
    return found.order_by(same_craft, Coalesce("facts__asked", 0).desc(), "pk")[:most]


def words_of(item: ServiceItem, language: str) -> ItemWords:
    """The name and gist in the reader's language; in Chinese where nobody has translated them."""
    if language.startswith("en") and item.name_en:
        return ItemWords(item.name_en, item.gist_en or item.gist, "en")
    return ItemWords(item.name, item.gist, "zh-Hans")


def rows(items: Iterable[ServiceItem], language: str, on: date) -> list[Row]:
    """Lines for a page. Items come `with_nouns`; a next day that has gone by is not told."""
    return [Row(item, words_of(item, language), _facts(item, on)) for item in items]


def audience_of(item: ServiceItem) -> str:
    """For whom an item is, where its file does not say: by its ages, else by the words of its name and gist."""
    if item.max_age is not None and item.max_age <= GROWN_UP:
        return Audience.CHILDREN
    if item.min_age is not None and item.min_age >= ELDERLY:
        return Audience.ELDERS
    said = item.name + item.gist
    return next((audience for audience, words in NAMED if words.search(said)), Audience.ANYBODY)


def synonyms_of(unit: Unit) -> list[Synonym]:
    return list(Synonym.objects.filter(unit=unit))


def synonyms_digest(unit: Unit) -> str:
    """What tells one state of a unit's list from another."""
    pairs = [f"{pair.word}={pair.means}" for pair in synonyms_of(unit)]
    return sha256("\n".join(sorted(pairs)).encode()).hexdigest()


def _facts(item: ServiceItem, on: date) -> ItemFacts | None:
    facts: ItemFacts | None = getattr(item, "facts", None)
    if facts and facts.next_day and facts.next_day < on:
        facts.next_day = None
    return facts
