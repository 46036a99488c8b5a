"""A menu as those see it who look after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from baixing.menu.models import ItemQuerySet, ServiceItem
from baixing.menu.queries.spelling import fold
from baixing.menu.rules import KEEPERS, edited_by
from baixing.network.models import Unit, UnitQuerySet
from baixing.network.queries import holders
from baixing.people.models import Person

ACTIVE = Q(active=True)
STATES: Final[Mapping[str, Q]] = {
    "active": ACTIVE,
    "asked": Q(asked_at__isnull=False),  # off the menu by the clock, and nobody has said yet what becomes of it
    "retired": ~ACTIVE,
    "unwanted": ACTIVE & Q(facts__asked__gt=0, facts__accepted=0),  # asked for, and no team has accepted
}


def menus_of(person: Person, on: datetime) -> UnitQuerySet:
    """The units whose menu this person looks after, the highest first."""
    return edited_by(person, on)


def items_of(person: Person, on: datetime) -> ItemQuerySet:
    """The items on those menus."""
    return ServiceItem.objects.filter(unit__in=menus_of(person, on)).with_nouns()


def keepers_of(unit: Unit, on: datetime) -> list[Person]:
    """Who looks after the unit's menu; where nobody does, whoever does in the nearest unit above."""
    line = [unit, *reversed(list(Unit.objects.above(unit)))]
    found = (list(holders(one, KEEPERS, on)) for one in line)
    return next((people for people in found if people), [])


def kept(unit: Unit, asked: str, state: str) -> ItemQuerySet:
    """What stands or stood on the unit's own menu, narrowed to a state and to words of it."""
    items = ServiceItem.objects.on_menu_of(unit).filter(STATES.get(state, Q()))
    for word in fold(asked).split():
        items = items.filter(search_text__contains=word)
    return items.with_nouns().order_by("-active", "platform__order", "pk")


def counts(unit: Unit) -> dict[str, int]:
    """How many items of the menu are in each state."""
    each = {f"n_{state}": Count("pk", filter=found) for state, found in STATES.items()}
    found = ServiceItem.objects.on_menu_of(unit).aggregate(**each)
    return {state: found[f"n_{state}"] for state in STATES}
