"""What is known on a higher floor only and is asked of it: how one gets about in a city."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from baixing.network.models import Unit


@dataclass(frozen=True)
class Roads:
    longer: float  # kilometres of road to one of straight line
    speed: int  # km an hour


RoadsOf = Callable[[Unit], Roads]
_answers: list[RoadsOf] = []


def roads_are(answer: RoadsOf) -> RoadsOf:
    """Say what the roads are like in the city of a unit."""
    if answer not in _answers:
        _answers.append(answer)
    return answer


def roads_of(unit: Unit) -> Roads:
    return _answers[0](unit)
