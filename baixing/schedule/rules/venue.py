"""Small lists that a venue chooses from, and who may do what with venues and spaces."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.kernel.refusals import NotAllowed, Words
from baixing.network.models import Unit
from baixing.schedule.models import Space
from baixing.schedule.rules.standing import Standing
from baixing.teams.models import Team

LONGEST_CLOSURE: Final = timedelta(days=366)
MOST_SPACES: Final = 40  # of one venue
Circle = Space.Circle

# no code is a part of another: they are looked for in a text
EQUIPMENT: Final[Mapping[str, Words]] = {
    "projector": gettext_lazy("Projector and screen"),
    "microphone": gettext_lazy("Microphone and loudspeakers"),
    "stage": gettext_lazy("Stage"),
    "lights": gettext_lazy("Stage lights"),
    "piano": gettext_lazy("Piano"),
    "board": gettext_lazy("Blackboard or whiteboard"),
    "tables": gettext_lazy("Tables"),
    "computers": gettext_lazy("Computers"),
    "network": gettext_lazy("Wireless network"),
    "camera": gettext_lazy("Camera for broadcasts"),
    "mirror": gettext_lazy("Wall of mirrors"),
    "heating": gettext_lazy("Heating"),
    "cooling": gettext_lazy("Air conditioning"),
    "kitchen": gettext_lazy("Kitchen"),
    "tent": gettext_lazy("Tent or roof"),
}
WAYS_IN: Final[Mapping[str, Words]] = {
    "steps": gettext_lazy("No steps at the entrance"),
    "lift": gettext_lazy("Lift"),
    "toilet": gettext_lazy("Toilet for wheelchairs"),
    "loop": gettext_lazy("Hearing loop"),
    "paving": gettext_lazy("Tactile paving"),
    "parking": gettext_lazy("Parking for disabled people"),
}


def words_of(codes: str, known: Mapping[str, Words]) -> list[str]:
    """The codes of a column in words, in the order of the list."""
    held = set(codes.split())
    return [str(words) for code, words in known.items() if code in held]


def check_keeper(one: Standing, unit: Unit) -> None:
    if not one.is_in_charge(unit):
        raise NotAllowed(_("Only the head and the staff of the unit, or of one above it, keep its venues."))


def circle_of(space: Space, unit: Unit | None, team: Team | None) -> Circle:
    """The circle in which somebody stands who books for this unit, for this team, or for themself."""
    if unit is not None:
        owner = space.venue.unit
        return Circle.OWN if unit.covers(owner) or owner.covers(unit) else Circle.UNITS
    return Circle.EVERYBODY if team is None else Circle.TEAMS


def may_ask(space: Space, unit: Unit | None, team: Team | None) -> bool:
    return circle_of(space, unit, team) <= space.asks


def books_at_once(space: Space, unit: Unit | None, team: Team | None) -> bool:
    return circle_of(space, unit, team) <= space.at_once
