"""What a city finds how bad: the weights of the cost, which it edits."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Weights:
    """Points; the plan with the fewest is the best.

    km          each kilometre of road to a visit, there
    wait        each day that an order waits after the first on which it may be served; twice for 2, thrice for 3
    fair        the second visit of a team in a week costs this once, the third twice, and so on: work is spread
    unserved    an order that nobody serves; twice for weight 2, thrice for 3
    road        kilometres of road for each kilometre of straight line
    changed     a promise that is given to another team, put on another day or taken back
    stranger    a team that is not the one the resident asked for
    tongue      a team that does not speak the resident's language
    """

    km: int = 10
    wait: int = 5
    fair: int = 50
    unserved: int = 8000
    road: float = 1.3
    changed: int = 300
    stranger: int = 200
    tongue: int = 100

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            whole = isinstance(value, int) or field.name == "road"
            if not (whole and 0 <= value < 10**6):
                raise ValueError(f"{field.name} is {value!r}: a weight is a whole number from 0 to 999,999")
