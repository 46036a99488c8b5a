"""Where units lie on a flat map, in kilometres; of a unit whose place nobody has measured, near the one above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

from baixing.network.models import Unit

KM_A_DEGREE = 111.2
APART = {4: 0.0, 3: 30.0, 2: 12.0, 1: 4.0, 0: 1.0}  # km from the unit above, by tier, where nobody has measured
GOLDEN = pi * (3 - 5**0.5)  # turns that never lie on each other


@dataclass(frozen=True)
class Spot:
    x: float
    y: float
    known: bool

    def km(self, other: Spot) -> float:
        """As the crow flies."""
        return hypot(self.x - other.x, self.y - other.y)


class Places:
    """The spots of these units; what is above them is read once for all."""

    def __init__(self, units: Iterable[Unit]) -> None:
        asked = {unit.path: unit for unit in units}
        paths = {path for unit in asked.values() for path in unit.line()}
        self._units = {unit.path: unit for unit in _located(paths)} | asked
        known = [unit.lat for unit in self._units.values() if unit.lat is not None]
        self._narrow = cos(radians(sum(known) / len(known))) if known else 1.0
        self._spots: dict[str, Spot] = {}

    def spot(self, unit: Unit) -> Spot:
        return self._at(unit.line())

    def measured(self, ways: Iterable[tuple[Unit, Unit]]) -> Iterator[bool]:
        """Of each way whether somebody has measured where it begins and where it ends."""
        return (self.spot(one).known and self.spot(other).known for one, other in ways)

    def point(self, unit: Unit) -> tuple[float, float] | None:
        """Longitude and latitude, measured or guessed; None where nothing above it is measured either."""
        if all(self._units[path].lat is None for path in unit.line()):
            return None
        spot = self.spot(unit)
        return spot.x / KM_A_DEGREE / self._narrow, spot.y / KM_A_DEGREE

    def _at(self, line: list[str]) -> Spot:
        path = line[-1]
        if path not in self._spots:
            self._spots[path] = self._found(self._units[path], line)
        return self._spots[path]

    def _found(self, unit: Unit, line: list[str]) -> Spot:
        if unit.lat is not None and unit.lon is not None:
            return Spot(unit.lon * KM_A_DEGREE * self._narrow, unit.lat * KM_A_DEGREE, known=True)
        if len(line) == 1:
            return Spot(0.0, 0.0, known=False)
        above, turn, apart = self._at(line[:-1]), unit.pk * GOLDEN, APART[unit.tier]
        return Spot(above.x + apart * cos(turn), above.y + apart * sin(turn), known=False)


def _located(paths: set[str]) -> Iterable[Unit]:
    return Unit.objects.filter(path__in=paths).only("path", "tier", "lat", "lon")
