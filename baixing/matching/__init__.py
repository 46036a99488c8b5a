"""Assignment maths: who serves what, when, at the least cost, with a proof. Arrays in, arrays out.

Only what solves loads the solver; importing this does not.
"""

from __future__ import annotations

from baixing.matching.bill import Infeasible, bill
from baixing.matching.optimum import Certificate, Match, match
from baixing.matching.soundness import Malformed
from baixing.matching.weights import Weights
from baixing.matching.world import World

__all__ = ["Certificate", "Infeasible", "Malformed", "Match", "Weights", "World", "bill", "match"]
