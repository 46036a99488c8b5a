"""Who sets how many hours a star asks for."""

from __future__ import annotations

from datetime import datetime

from baixing.network.models import Post
from baixing.network.queries import top
from baixing.network.rules import holds
from baixing.people.models import Person


def keeps_levels(person: Person, on: datetime) -> bool:
    """The head of the city centre."""
    city = top()
    return city is not None and holds(person, {Post.Kind.HEAD}, at=city, on=on)
