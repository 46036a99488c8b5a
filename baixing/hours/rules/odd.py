"""What looks odd about hours. Each is a reason to look, and none is a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from baixing.network.models import Unit
from baixing.schedule.models import Attendance

MANY: Final = 10  # entered by one person within a minute
ALL: Final = 5  # who are all said to have left at the same minute
MINUTE: Final = timedelta(minutes=1)
FASTEST: Final = 80  # km/h between two villages
NEAR: Final = 3  # km; two halls of one town
AT_A_DESK: Final = frozenset({Attendance.Way.DESK, Attendance.Way.ROSTER, Attendance.Way.SHEET, Attendance.Way.SAID})
EARTH: Final = 6371  # km


def entered_in_bulk(rows: Sequence[Attendance]) -> int:
    """The most that one person has entered within one minute, when that is many; else 0."""
    told: dict[int, list[datetime]] = {}
    for row in rows:
        if row.arrived_by_id and row.arrived_at and row.arrived_way in AT_A_DESK:
            told.setdefault(row.arrived_by_id, []).append(row.arrived_at)
    most = max((_most_within_a_minute(sorted(moments)) for moments in told.values()), default=0)
    return most if most >= MANY else 0


def leave_alike(rows: Sequence[Attendance]) -> int:
    """How many, when all have left at the same minute and there are enough of them to wonder; else 0."""
    ends = Counter(row.left_at.replace(second=0, microsecond=0) for row in rows if row.left_at)
    return ends.total() if len(ends) == 1 and ends.total() >= ALL else 0


def too_far_apart(one: Unit, other: Unit, between: timedelta) -> int:
    """The kilometres between two units when nobody gets from one to the other in this time; else 0."""
    apart = distance(one, other)
    if apart is None or apart <= NEAR:
        return 0
    hours = max(between, timedelta()) / timedelta(hours=1)
    return round(apart) if apart > hours * FASTEST else 0


def distance(one: Unit, other: Unit) -> float | None:
    """As the crow flies, in kilometres; None where one of the two is on no map."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _most_within_a_minute(moments: Sequence[datetime]) -> int:
    return max(sum(1 for moment in moments if start <= moment < start + MINUTE) for start in moments)
