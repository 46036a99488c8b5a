"""The weights of a city in plain words, with their bounds and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Weight:
    name: str
    label: Words
    words: Words
    least: int
    most: int
    default: int


WEIGHTS: Final = (
    Weight(
        "km",
        _("A kilometre of road"),
        _("Points for each kilometre that a team goes to a visit. All the others are measured against it."),
        1,
        100,
        10,
    ),
    Weight(
        "wait",
        _("A day of waiting"),
        _(
            "Points for each day after the first that suits the resident; twice for a normal order, thrice for an "
            "urgent one. With 5, a day weighs as much as half a kilometre."
        ),
        0,
        1000,
        5,
    ),
    Weight(
        "fair",
        _("Spreading the work"),
        _(
            "The second visit of a team in one week costs this once, the third twice, and so on. The higher, the more "
            "the visits are spread over many teams; 0 sends the nearest again and again."
        ),
        0,
        1000,
        50,
    ),
    Weight(
        "unserved",
        _("An order without a team"),
        _("Points for each order left over; twice for a normal one, thrice for an urgent one. Far above all else."),
        1000,
        100_000,
        8000,
    ),
    Weight(
        "stranger",
        _("Another team than the resident would like"),
        _("Points for another team than the resident asked for. With 200, theirs may be 20 km farther."),
        0,
        10_000,
        200,
    ),
    Weight(
        "tongue",
        _("Another language than the resident would like"),
        _(
            "Points for a team that does not speak the language or dialect that the resident asked for. With 100, one "
            "that speaks it may be 10 km farther."
        ),
        0,
        10_000,
        100,
    ),
    Weight(
        "changed",
        _("A promise that is changed"),
        _(
            "Points for an order that a team was offered or has accepted and that another would get. With 300, it has "
            "to spare 30 km. Plans touch promises only where a dispatcher asks for it."
        ),
        100,
        10_000,
        300,
    ),
    Weight(
        "road",
        _("Road to 100 km of straight line"),
        _("How much longer roads are here than a line on the map: 130 in the plain, more in the hills."),
        100,
        300,
        130,
    ),
    Weight(
        "speed",
        _("Kilometres an hour on the road"),
        _("How fast teams get about here, with all stops. The way to each visit of a day is reckoned with it."),
        10,
        120,
        40,
    ),
)
NOTICES: Final = {
    0: _("none, a visit may be on the very day"),
    1: _("one day"),
    2: _("two days"),
}
NOTICE: Final = 1
HORIZON: Final = 14  # days


def defaults() -> dict[str, int]:
    return {weight.name: weight.default for weight in WEIGHTS} | {"notice": NOTICE}


def fault(said: Mapping[str, int]) -> str:
    """The name of the first weight that is out of bounds; "" when all fit."""
    wrong = (one.name for one in WEIGHTS if not one.least <= said[one.name] <= one.most)
    return next(wrong, "" if said["notice"] in NOTICES else "notice")
