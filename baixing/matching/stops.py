"""The stops of a day as a route reckons with them: home is number 0, the visits are counted from 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

FIVE: Final = 5  # minutes: nobody knows better how long a road takes
FARTHEST: Final = 50_000  # km
Legs = Sequence[Sequence[float | None]]
Windows = Sequence[Sequence[tuple[int, int]]]
Worth = tuple[int, int, int]  # minutes late in all, metres in all, the clock at home again
State = tuple[int, int]  # how many of those agreed on, and which of the free ones


class Stops:
    """Where each is, how long it takes, and when it may be. What is given in another order is the same day."""

    def __init__(
        self, km: Legs, minutes: Sequence[int], windows: Windows, agreed: Sequence[bool], speed: float
    ) -> None:
        _check(km, minutes, windows, agreed, speed)
        self.count = len(minutes)
        self.km = km
        self.known = all(leg is not None for row in km for leg in row)
        self.drive = [[minutes_of(leg, speed) for leg in row] for row in km]
        self.metres = [[ceil(1000 * (leg or 0)) if self.known else 0 for leg in row] for row in km]
        self.minutes = [0, *minutes]
        self.windows = [[(0, 0)], *(_fitting(some, long) for some, long in zip(windows, minutes, strict=True))]
        self.final = [max(some, key=lambda one: one[1]) for some in self.windows]
        self.agreed = [False, *agreed]
        ranked = sorted(range(1, self.count + 1), key=self._rank)
        self.chain = sorted((stop for stop in ranked if self.agreed[stop]), key=lambda stop: self.windows[stop][0])
        self.free = [stop for stop in ranked if not self.agreed[stop]]
        self._spans: dict[State, int] = {}

    def begin(self, stop: int, came: int | None) -> tuple[int, int]:
        """When it begins for whoever comes then, and by how much that is too late; None: from home, whenever."""
        if not stop:
            return came or 0, 0
        some = self.windows[stop]
        if came is None:
            came = some[0][0]
        if self.agreed[stop]:
            return max(came, some[0][0]), max(came - some[0][0], 0)
        for start, end in some:
            if max(came, start) + self.minutes[stop] <= end:
                return max(came, start), 0
        begun = max(came, self.final[stop][0])
        return begun, begun + self.minutes[stop] - self.final[stop][1]

    def last_start(self, stop: int) -> int:
        """Begun later, it is too late by as much."""
        start, end = self.final[stop]
        return start if self.agreed[stop] else end - self.minutes[stop]

    def latest(self, stop: int, begun: int) -> int:
        """Until when it may begin in the window in which it does."""
        if self.agreed[stop]:
            return self.windows[stop][0][0]
        ends = [end for start, end in self.windows[stop] if start <= begun and begun + self.minutes[stop] <= end]
        return ends[0] - self.minutes[stop] if ends else begun

    def times(self, way: Sequence[int]) -> tuple[list[int], list[int]]:
        """When each begins, and by how much too late."""
        begun: list[int] = []
        late: list[int] = []
        last, clock = 0, 0
        for stop in way:
            start, missed = self.begin(stop, clock + self.drive[last][stop] if last else None)
            begun.append(start)
            late.append(missed)
            last, clock = stop, start + self.minutes[stop]
        return begun, late

    def worth(self, way: Sequence[int]) -> Worth:
        """Of a way from home and back: the less, the better."""
        begun, late = self.times(way)
        metres = sum(self.metres[one][other] for one, other in zip([0, *way], [*way, 0], strict=True))
        back = begun[-1] + self.minutes[way[-1]] + self.drive[way[-1]][0] if way else 0
        return sum(late), metres, back

    def after(self, turn: int, mask: int) -> Iterator[tuple[State, int]]:
        """Where one can go next: to what was agreed on next, or to any free one."""
        if turn < len(self.chain):
            yield (turn + 1, mask), self.chain[turn]
        for bit, stop in enumerate(self.free):
            if not mask >> bit & 1:
                yield (turn, mask | 1 << bit), stop

    def left(self, state: State) -> list[int]:
        turn, mask = state
        return [*self.chain[turn:], *(stop for bit, stop in enumerate(self.free) if not mask >> bit & 1)]

    def span(self, state: State) -> int:
        """Metres of the shortest net that ties together all that is left: no way through it is shorter."""
        if state not in self._spans:
            self._spans[state] = _tied(self.metres, self.left(state))
        return self._spans[state]

    def _rank(self, stop: int) -> tuple[object, ...]:
        """By what it is, never by the row in which it was given."""
        legs = [leg if leg is not None else -1.0 for leg in self.km[stop]]
        return self.windows[stop], self.minutes[stop], self.agreed[stop], legs[0], sorted(legs)


class Bound:
    """What comes after a stop at least, beside a way that is known."""

    def __init__(self, stops: Stops, state: State, last: int, most: Worth) -> None:
        left, legs = stops.left(state), stops.metres
        self.most = most
        self.least = legs[last][0]
        if left:
            near, home = min(legs[last][stop] for stop in left), min(legs[stop][0] for stop in left)
            self.least = near + stops.span(state) + home
        self.next = [(stops.drive[last][stop] if stops.known else 0, stops.last_start(stop)) for stop in left]

    def allows(self, late: int, metres: int, clock: int) -> bool:
        """Can it still become as good? No visit that is left is reached sooner than if it came next."""
        late += sum(max(clock + drive - start, 0) for drive, start in self.next)
        return (late, metres + self.least) <= self.most[:2]


def _tied(metres: list[list[int]], some: list[int]) -> int:
    if not some:
        return 0
    near = {stop: metres[some[0]][stop] for stop in some[1:]}
    total = 0
    while near:
        closest = min(near, key=near.__getitem__)
        total += near.pop(closest)
        near = {stop: min(far, metres[closest][stop]) for stop, far in near.items()}
    return total


def minutes_of(leg: float | None, speed: float) -> int:
    """Whole fives, upwards; none where nobody knows how far it is."""
    return FIVE * ceil(round(60 * (leg or 0) / speed / FIVE, 6))


def _fitting(windows: Sequence[tuple[int, int]], long: int) -> list[tuple[int, int]]:
    """In their order, those in which the visit has room; where it has none in any, the longest."""
    some = sorted(windows)
    return [one for one in some if one[1] - one[0] >= long] or [max(some, key=lambda one: one[1] - one[0])]


def _check(km: Legs, minutes: Sequence[int], windows: Windows, agreed: Sequence[bool], speed: float) -> None:
    count = len(minutes)
    if not (len(windows) == len(agreed) == count and len(km) == count + 1) or speed <= 0:
        raise ValueError(f"not a day of {count} visits with a home and a speed")
    for row, legs in enumerate(km):
        if len(legs) != count + 1 or any(leg is not None and not 0 <= leg < FARTHEST for leg in legs):
            raise ValueError(f"km: row {row} is not the way to {count} visits and home")
    for row, (some, long) in enumerate(zip(windows, minutes, strict=True)):
        if not some or long < 0:
            raise ValueError(f"row {row}: a visit has a window and takes some minutes")
