"""What a visit more would cost, by team and day and by team and week: the dual prices of an optimal plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.world import DAYS_A_WEEK, weeks_of

FAR = np.int64(1 << 40)  # dearer than anything


@dataclass(frozen=True, eq=False)
class Prices:
    slot: Ints  # (M * D) of a visit by this team on this day, its week's share included
    week: Ints  # (M * W)
    visit: Ints  # (V,)


def week_of(slot: Ints, days: int) -> Ints:
    """team * weeks + week, of team * days + day."""
    return slot // days * weeks_of(days) + slot % days // DAYS_A_WEEK
