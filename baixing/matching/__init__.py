"""Assignment maths: who serves what, when, at the least cost, with a proof. Arrays in, arrays out.

Only what solves loads the solver; importing this does not. Nor does it load numpy, until a name is asked for: the pages
that want a route alone do not need it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from baixing.matching.advice import Obstacle, Option, options, shortage
    from baixing.matching.bill import Infeasible, bill
    from baixing.matching.certificate import Certificate
    from baixing.matching.optimum import Match, match
    from baixing.matching.proof import verify, why_not
    from baixing.matching.soundness import Malformed
    from baixing.matching.standing import Standing
    from baixing.matching.weights import Weights
    from baixing.matching.world import World
    from baixing.matching.worth import Team, worth

__all__ = [
    "Certificate", "Infeasible", "Malformed", "Match", "Obstacle", "Option", "Standing", "Team", "Weights", "World",
    "bill", "match", "options", "shortage", "verify", "why_not", "worth",
]  # fmt: skip
HOMES: Final = {
    **dict.fromkeys(("Obstacle", "Option", "options", "shortage"), "advice"),
    **dict.fromkeys(("Infeasible", "bill"), "bill"),
    **dict.fromkeys(("Match", "match"), "optimum"),
    **dict.fromkeys(("verify", "why_not"), "proof"),
    **dict.fromkeys(("Team", "worth"), "worth"),
    "Certificate": "certificate",
    "Malformed": "soundness",
    "Standing": "standing",
    "Weights": "weights",
    "World": "world",
}


class _Package(ModuleType):
    """Python hangs each module that is loaded on its package; `bill` and `worth` stay what is found in them."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    return found


sys.modules[__name__].__class__ = _Package
