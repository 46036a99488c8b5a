"""Where the units of the demo city lie: in their county, near what they belong to, and otherwise invented."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin, sqrt
from random import Random
from typing import Final

from baixing.network.models import Unit
from baixing.programme.queries.outlines import Ring, county_rings

SOURCE: Final = "演示：虚构的位置"
SEATS: Final = {  # latitude, longitude, about
    "620402": (36.545, 104.174),
    "620403": (36.728, 104.825),
    "620421": (36.571, 104.677),
    "620422": (35.693, 105.053),
    "620423": (37.184, 104.063),
}
KM_A_DEGREE: Final = 111.2
NEAR: Final = {"街道": 2.5, "village": 5.0, "partner": 2.0}  # km round the seat, the township, the unit above
TRIES: Final = 40
Point = tuple[float, float]


def lay() -> None:
    """Latitude and longitude of every unit, the same each time."""
    dice = Random(620400)  # noqa: S311 - an invented map, nothing secret
    units = list(Unit.objects.order_by("path"))
    found: dict[str, Point] = {}
    for unit in units:
        unit.lat, unit.lon = found[unit.path] = _place(unit, found, dice)
        unit.place_source = SOURCE
    Unit.objects.bulk_update(units, ["lat", "lon", "place_source"], batch_size=500)


def _place(unit: Unit, found: dict[str, Point], dice: Random) -> Point:
    code = str(unit.code)[:6]
    if unit.tier >= 3 or not unit.line()[:-1]:  # noqa: PLR2004 - centres stand at their seat
        return SEATS.get(code, SEATS["620402"])
    above = found[unit.line()[-2]]
    if unit.is_partner():
        return _round(above, NEAR["partner"], dice)
    rings = county_rings().get(code, [])
    if unit.tier == 1 or unit.short.endswith("街道"):
        apart = NEAR["village"] if unit.tier == 1 else NEAR["街道"]
        return _inside(rings, lambda: _round(above, apart, dice), above)
    return _inside(rings, lambda: _anywhere(rings, dice), above)


def _inside(rings: list[Ring], draw: Callable[[], Point], instead: Point) -> Point:
    tried = [draw() for _ in range(TRIES)]
    return next((point for point in tried if any(_holds(ring, point) for ring in rings)), instead)


def _round(middle: Point, km: float, dice: Random) -> Point:
    far, turn = km * sqrt(dice.random()), 2 * pi * dice.random()
    lat = middle[0] + far * sin(turn) / KM_A_DEGREE
    return lat, middle[1] + far * cos(turn) / (KM_A_DEGREE * cos(radians(lat)))


def _anywhere(rings: list[Ring], dice: Random) -> Point:
    every = [point for ring in rings for point in ring] or [(SEATS["620402"][1], SEATS["620402"][0])]
    lons, lats = [x for x, _y in every], [y for _x, y in every]
    return dice.uniform(min(lats), max(lats)), dice.uniform(min(lons), max(lons))


def _holds(ring: Ring, point: Point) -> bool:
    """Whether a ray to the east leaves the ring an odd number of times."""
    lat, lon = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            inside = not inside
    return inside
