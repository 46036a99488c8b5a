"""Who says what the city puts on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from baixing.network.models import Post, Unit
from baixing.network.queries import top
from baixing.network.rules import holds
from baixing.people.models import Person

KEEPERS: Final = frozenset({Post.Kind.HEAD, Post.Kind.EDITOR})


def edits_programme(person: Person, on: datetime) -> bool:
    """The head and the editors of the city centre."""
    city: Unit | None = top()
    return city is not None and holds(person, KEEPERS, at=city, on=on)
