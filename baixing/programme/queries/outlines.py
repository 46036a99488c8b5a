"""The outlines of the counties as a scheme: no tiles, no streets, nothing that a map maker would be asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import Any

from baixing.network.models import Unit

DATA = files("baixing.programme") / "data"
WIDTH, EDGE = 480, 8
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """One county: its path in the picture, and where its name stands."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Shape:
    """A county with how much is on in it."""

    unit: Unit
    outline: Outline
    count: int
    level: int  # 0 nothing to 3 much, as its colour; the number stands beside it

    @property
    def number_y(self) -> int:
        return self.outline.y + 22


@dataclass(frozen=True)
class Scheme:
    width: int
    height: int
    shapes: list[Shape]


def scheme(counties: list[Unit], counts: dict[int, int]) -> Scheme | None:
    """None when these are not the counties that we have outlines of."""
    found, height = _outlines()
    shapes = [
        Shape(one, found[str(one.code)[:6]], counts[one.pk], _level(counts[one.pk], counts))
        for one in counties
        if str(one.code)[:6] in found
    ]
    return Scheme(WIDTH, height, shapes) if shapes else None


def _level(count: int, counts: dict[int, int]) -> int:
    most = max(counts.values(), default=0)
    return 0 if not count else 1 + min(2, count * 3 // (most + 1))


@cache
def county_rings() -> dict[str, list[Ring]]:
    """By the code of each county, the closed lines round it: longitude, latitude."""
    features = json.loads((DATA / "outline.geojson").read_text("utf-8"))["features"]
    return {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}


@cache
def _outlines() -> tuple[dict[str, Outline], int]:
    """Each point at its place in the picture, whole numbers only."""
    rings = county_rings()
    every = [point for some in rings.values() for ring in some for point in ring]
    left, top = min(x for x, _y in every), max(y for _x, y in every)
    narrow = cos(radians(sum(y for _x, y in every) / len(every)))
    scale = (WIDTH - 2 * EDGE) / ((max(x for x, _y in every) - left) * narrow)

    def placed(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - left) * narrow * scale) + EDGE, round((top - point[1]) * scale) + EDGE

    height = placed((left, min(y for _x, y in every)))[1] + EDGE
    drawn = {code: _outline(code, [[placed(one) for one in ring] for ring in some]) for code, some in rings.items()}
    return drawn, height


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def _outline(code: str, rings: list[list[tuple[int, int]]]) -> Outline:
    largest = max(rings, key=_area)
    path = "".join(f"M{_joined(ring)}Z" for ring in rings if _area(ring) > 1)
    return Outline(code, path, *_middle(largest))


def _joined(ring: list[tuple[int, int]]) -> str:
    kept = [point for number, point in enumerate(ring) if number == 0 or point != ring[number - 1]]
    return "L".join(f"{x} {y}" for x, y in kept)


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(_twice(ring)) / 2


def _twice(ring: list[tuple[int, int]]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True))


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int]:
    whole = _twice(ring) or 1
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    x = sum((ax + bx) * (ax * by - bx * ay) for (ax, ay), (bx, by) in pairs) / (3 * whole)
    y = sum((ay + by) * (ax * by - bx * ay) for (ax, ay), (bx, by) in pairs) / (3 * whole)
    return round(x), round(y)
