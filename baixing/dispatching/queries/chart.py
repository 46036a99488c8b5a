"""A plan and its coverage as a scheme: the outlines of the counties, the villages, the ways. No tiles, no streets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians
from typing import Final

from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.places import Places
from baixing.network.models import Unit
from baixing.programme.queries.outlines import county_rings

WIDTH: Final = 640
LEAST: Final = 0.06  # degrees that a scheme shows at least
EDGE: Final = 0.08  # of what is shown, left free on each side
TONES: Final = {"proposed": "copper", "offered": "patina", "stale": "amber", "asked_back": "amber", "short": "red"}
GAINS: Final = {True: "patina", False: "red", None: "slate"}
BRINK: Final = 0.15  # of the width: nearer to the edge a name has room to one side only
LETTER: Final = 36  # how wide and high a letter of a name is on a phone
FEW: Final = 12  # villages whose names fit beside each other
WORST: Final = ("short", "stale", "asked_back", "proposed", "offered")
Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Dot:
    """A village, or where a team is at home."""

    x: int
    y: int
    name: str
    tone: str
    count: int
    guessed: bool = False  # nobody has measured where it lies
    crowded: bool = False  # on a phone its name would lie across another

    @property
    def size(self) -> int:
        return min(6 + 2 * self.count, 14)

    @property
    def name_y(self) -> int:
        return self.y + self.size + 17 if self.under else self.y - self.size - 4

    @property
    def under(self) -> bool:
        """Whether above it is no room for its name."""
        return self.y - self.size < LETTER + 8

    @property
    def side(self) -> str:
        """Where its name begins or ends, so that it stays on the paper."""
        if self.x < WIDTH * BRINK:
            return "start"
        return "end" if self.x > WIDTH * (1 - BRINK) else "middle"


@dataclass(frozen=True)
class Way:
    """From where a team is at home to where it is to go."""

    x1: int
    y1: int
    x2: int
    y2: int
    tone: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    outlines: list[str]
    dots: list[Dot] = field(default_factory=list)
    homes: list[Dot] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    missing: int = 0  # villages of which nobody knows even about where they lie

    @property
    def guessed(self) -> bool:
        return any(dot.guessed for dot in (*self.dots, *self.homes))


def uncrowded(dots: Iterable[Dot]) -> list[Dot]:
    """The names of the busiest are read on a phone too; those that would lie across them, on a wider screen only."""
    told, taken = list[Dot](), list[tuple[float, float, int]]()
    for dot in sorted(dots, key=lambda one: one.count, reverse=True):
        wide = LETTER * (len(dot.name) + 1)
        left = dot.x - {"start": 0, "middle": wide / 2, "end": wide}[dot.side]
        clash = any(abs(dot.name_y - y) < LETTER and left < end and start < left + wide for start, end, y in taken)
        if dot.count > 0 and not clash:
            taken.append((left, left + wide, dot.name_y))
        told.append(replace(dot, crowded=clash))
    return told[::-1]


class Frame:
    """The part of the map in which all these points lie."""

    def __init__(self, points: Sequence[Point]) -> None:
        lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
        self.narrow = cos(radians(sum(lats) / len(lats)))
        wide = max((max(lons) - min(lons)) * self.narrow, LEAST)
        high = max(max(lats) - min(lats), wide / 2)
        wide = max(wide, high / 1.2)
        self.scale = WIDTH / (wide * (1 + 2 * EDGE))
        self.left = (max(lons) + min(lons)) / 2 - wide * (0.5 + EDGE) / self.narrow
        self.top = (max(lats) + min(lats)) / 2 + high * (0.5 + EDGE)
        self.height = round(high * (1 + 2 * EDGE) * self.scale)

    def at(self, point: Point) -> tuple[int, int]:
        lon, lat = point
        return round((lon - self.left) * self.narrow * self.scale), round((self.top - lat) * self.scale)

    def outlines(self) -> list[str]:
        rings = [ring for some in county_rings().values() for ring in some]
        return [f"M{'L'.join('{} {}'.format(*self.at(point)) for point in ring)}Z" for ring in rings]


def of_plan(proposals: Sequence[Proposal]) -> Chart | None:
    """Each village in which somebody waits, in the colour of the worst that is proposed there, and the ways."""
    villages = {one.order.station_id: one.order.station for one in proposals}
    homes = {one.team.home_id: one.team.home for one in proposals if one.team}
    places = Places([*villages.values(), *homes.values()])
    known = [point for unit in (*villages.values(), *homes.values()) if (point := places.point(unit))]
    if not known:
        return None
    frame = Frame(known)
    here: dict[int, list[Proposal]] = {pk: [] for pk in villages}
    for one in proposals:
        here[one.order.station_id].append(one)
    dots = [_village(unit, here[pk], places, frame) for pk, unit in villages.items()]
    ends = [_dot(unit, "slate", 0, places, frame) for unit in homes.values()]
    return Chart(
        WIDTH,
        frame.height,
        frame.outlines(),
        uncrowded(dot for dot in dots if dot),
        [end for end in ends if end],
        list(_ways(proposals, places, frame)),
        sum(dot is None for dot in dots),
    )


def of_villages(villages: Iterable[tuple[Unit, int, int]]) -> Chart | None:
    """Each village, in the colour of how many services are out of its reach, or far."""
    every = list(villages)
    places = Places([unit for unit, _out, _far in every])
    known = [point for unit, _out, _far in every if (point := places.point(unit))]
    if not known:
        return None
    frame = Frame(known)
    count = 1 if len(known) <= FEW else -1  # few enough to be named
    dots = [dot for unit, out, far in every if (dot := _dot(unit, _tone(out, far), count, places, frame))]
    return Chart(WIDTH, frame.height, frame.outlines(), uncrowded(dots), missing=len(every) - len(dots))


def of_changes(villages: Iterable[Unit], gains: Mapping[int, bool]) -> Chart | None:
    """Each village in which somebody ordered, in the colour of whether it gains or loses; named where few do."""
    placed = [(unit, point) for unit in villages if (point := _point(unit))]
    if not placed:
        return None
    frame = Frame([point for _unit, point in placed])
    few = len(gains) <= FEW
    dots = [
        Dot(*frame.at(point), unit.short, GAINS[gains.get(unit.pk)], (1 if few else 0) if unit.pk in gains else -1)
        for unit, point in sorted(placed, key=lambda one: one[0].pk in gains)
    ]
    return Chart(WIDTH, frame.height, frame.outlines(), uncrowded(dots))


def _tone(out: int, far: int) -> str:
    if out:
        return "red"
    return "amber" if far else "patina"


def _village(unit: Unit, proposals: Sequence[Proposal], places: Places, frame: Frame) -> Dot | None:
    state = min((one.state for one in proposals), key=WORST.index)
    return _dot(unit, TONES[state], len(proposals), places, frame)


def _dot(unit: Unit, tone: str, count: int, places: Places, frame: Frame) -> Dot | None:
    point = places.point(unit)
    return Dot(*frame.at(point), unit.short, tone, count, guessed=_point(unit) is None) if point else None


def _ways(proposals: Iterable[Proposal], places: Places, frame: Frame) -> Iterable[Way]:
    drawn = set()
    for one in proposals:
        start, end = places.point(one.team.home) if one.team else None, places.point(one.order.station)
        if start and end and start != end and (start, end) not in drawn:
            drawn.add((start, end))
            yield Way(*frame.at(start), *frame.at(end), TONES[one.state])


def _point(unit: Unit) -> Point | None:
    return (unit.lon, unit.lat) if unit.lon is not None and unit.lat is not None else None


def proposals_on_map(plan: Plan | None) -> list[Proposal]:
    own = Proposal.objects.filter(plan=plan) if plan else Proposal.objects.none()
    return list(own.with_nouns().select_related("team__home").defer("choices", "shortage").order_by("pk"))
