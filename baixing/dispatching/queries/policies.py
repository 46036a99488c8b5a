"""How plans of a city weigh, and which units let them offer by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from baixing.dispatching.models import Automatic, Policy
from baixing.dispatching.rules.weights import NOTICES, WEIGHTS, Weight, defaults
from baixing.network.models import Unit
from baixing.orders.rules.above import Roads


def weights_of(unit: Unit) -> dict[str, int]:
    """The city's own, or the defaults."""
    found = policy_of(unit)
    return {name: getattr(found, name) for name in defaults()} if found else defaults()


def policy_of(unit: Unit) -> Policy | None:
    return Policy.objects.filter(unit__path=unit.line()[0]).first()


def roads_of(unit: Unit) -> Roads:
    """How one gets about in this city, for the days of its teams."""
    said = weights_of(unit)
    return Roads(said["road"] / 100, said["speed"])


def is_automatic(unit: Unit) -> bool:
    return Automatic.objects.filter(unit=unit, on=True).exists()


def automatic_of(unit: Unit) -> Automatic | None:
    return Automatic.objects.select_related("by").filter(unit=unit).first()


@dataclass(frozen=True)
class Line:
    """One weight as a page tells of it."""

    weight: Weight
    value: int


def lines(unit: Unit) -> list[Line]:
    said = weights_of(unit)
    return [Line(weight, said[weight.name]) for weight in WEIGHTS]


def notice_words(days: int) -> str:
    return str(NOTICES[days])
