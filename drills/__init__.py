"""Drills: a fault is made on a real installation, and what was promised is counted.

One module a drill. Its docstring has a paragraph each for "Fault:", "Promise:", "Control:" (the same with the guard
off, where the promise must break) and "Test:" (where the short form is). `ON` names the databases, both unless given.
`run(house)` does it and returns an Outcome; with `house.short` in a few seconds. `./run drill NAME` writes the figures
down, the first four of them into the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Figures = Mapping[str, int | float | str]  # what was counted, in words: "orders lost": 0


@dataclass(frozen=True)
class Outcome:
    """`kept`: the promise held. `caught`: it broke in the control, so this drill can see a fault."""

    figures: Figures
    control: Figures
    kept: bool
    caught: bool
