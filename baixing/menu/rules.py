"""Who looks after a menu."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from baixing.network.models import Post, Unit, UnitQuerySet
from baixing.network.rules import holds_over, posts_of
from baixing.people.models import Person

KEEPERS: Final = frozenset({Post.Kind.HEAD, Post.Kind.STAFF, Post.Kind.EDITOR})
TIERS: Final = (3, 4)  # the centres, which have menus of their own


def edits_menu(person: Person, unit: Unit, on: datetime) -> bool:
    """The head, the staff and the editors of the centre whose menu it is, and those above it."""
    return unit.tier in TIERS and holds_over(person, KEEPERS, over=unit, on=on)


def edited_by(person: Person, on: datetime) -> UnitQuerySet:
    """The units whose menu this person looks after, the highest first."""
    return under({post.unit.path for post in posts_of(person, on, KEEPERS)})


def under(paths: Collection[str]) -> UnitQuerySet:
    """The centres in these units and below them."""
    centres = Unit.objects.filter(tier__in=TIERS).order_by("path")
    covered = [unit.pk for unit in centres if any(unit.path.startswith(path) for path in paths)]
    return centres.filter(pk__in=covered)
