"""Assignment maths: who serves what, when, at the least cost, with a proof. Arrays in, arrays out.

Only what solves loads the solver; importing this does not.
"""

from __future__ import annotations

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
