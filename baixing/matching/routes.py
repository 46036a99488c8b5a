"""The day of one team: in which order it drives to its visits, and between when and when it comes to each.

Sequences in, sequences out, in minutes of the day; nothing but Python, so that a page can ask. What was agreed on
keeps its time and its turn; what is free is put where nobody waits in vain, and of these ways the shortest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from baixing.matching.stops import Bound, Legs, Stops, Windows, Worth

EXACT: Final = 12  # free visits up to which every order is weighed
MARGIN: Final = 30  # minutes between the first and the last moment at which a team says it comes
Label = tuple[int, int, int, "Label | None", int]  # late, metres and clock so far; the way there and its last stop


@dataclass(frozen=True)
class Route:
    """One value a visit, in the order in which they are driven to."""

    order: tuple[int, ...]  # rows of what was given
    start: tuple[int, ...]  # the earliest moment at which the visit begins
    until: tuple[int, ...]  # begun by then, the later ones are kept too
    late: tuple[int, ...]  # minutes by which it misses what was agreed on, or the hours of the resident
    km: tuple[float | None, ...]  # from the stop before, and last the way home; None where nobody knows
    drive: tuple[int, ...]  # minutes of that
    leave: int  # home
    back: int
    known: bool  # all places are: else it is in the order of times, whatever the way
    proven: bool  # no other order is better


def route(km: Legs, minutes: Sequence[int], windows: Windows, agreed: Sequence[bool], speed: float) -> Route:
    """Least late, then shortest, then home soonest.

    `km` of road from each to each, home first; `minutes` that each visit takes; `windows` in which it may be; what is
    `agreed` begins when its window does. `speed` in km an hour.
    """
    stops = Stops(km, minutes, windows, agreed, speed)
    if not stops.free:
        return _told(stops, stops.chain, proven=True)
    found = _improved(stops, _inserted(stops))
    proven = len(stops.free) <= EXACT
    return _told(stops, _best(stops, stops.worth(found), found) if proven else found, proven=proven)


def _inserted(stops: Stops) -> list[int]:
    """What was agreed on in its turn; each of the others where it does least harm."""
    found = list(stops.chain)
    for stop in stops.free:
        found = min((_with(found, stop, at) for at in range(len(found) + 1)), key=stops.worth)
    return found


def _improved(stops: Stops, found: list[int]) -> list[int]:
    """A free visit takes another place, or a stretch is driven the other way round, while that is better."""
    best = stops.worth(found)
    while True:
        other = min(_others(stops, found), key=stops.worth, default=found)
        if stops.worth(other) >= best:
            return found
        found, best = other, stops.worth(other)


def _others(stops: Stops, found: list[int]) -> Iterator[list[int]]:
    for stop in stops.free:
        rest = [one for one in found if one != stop]
        yield from (_with(rest, stop, at) for at in range(len(found)))
    for first in range(len(found)):
        for last in range(first + 2, len(found) + 1):
            if sum(stops.agreed[stop] for stop in found[first:last]) <= 1:
                yield [*found[:first], *found[first:last][::-1], *found[last:]]


def _with(some: list[int], stop: int, at: int) -> list[int]:
    return [*some[:at], stop, *some[at:]]


def _best(stops: Stops, most: Worth, found: list[int]) -> list[int]:
    """Held and Karp: of all ways through the same visits to the same last one, those that no other betters.

    A way that must become later, or longer, than one that is known is not followed.
    """
    layer: dict[tuple[int, int, int], list[Label]] = {(0, 0, 0): [(0, 0, 0, None, 0)]}
    for _step in range(stops.count):
        further: dict[tuple[int, int, int], list[Label]] = {}
        for (turn, mask, last), labels in layer.items():
            for state, stop in stops.after(turn, mask):
                bound = Bound(stops, state, stop, most)
                ways = (_gone(stops, label, last, stop) for label in labels)
                kept = further.setdefault((*state, stop), [])
                for way in ways:
                    if bound.allows(*way[:3]):
                        _keep(kept, way)
        layer = {where: labels for where, labels in further.items() if labels}
    ends = [_gone(stops, label, last, 0) for (_t, _m, last), labels in layer.items() for label in labels]
    better = min((end for end in ends if end[:3] < most), key=lambda end: end[:3], default=None)
    return _way(better) if better else found


def _gone(stops: Stops, label: Label, last: int, stop: int) -> Label:
    late, metres, clock, _before, _stop = label
    begun, missed = stops.begin(stop, clock + stops.drive[last][stop] if last else None)
    return late + missed, metres + stops.metres[last][stop], begun + stops.minutes[stop], label, stop


def _keep(kept: list[Label], new: Label) -> None:
    late, metres, clock = new[:3]
    if any(one[:2] <= (late, metres) and one[2] <= clock for one in kept):
        return
    kept[:] = [one for one in kept if not ((late, metres) <= one[:2] and clock <= one[2])]
    kept.append(new)


def _way(end: Label) -> list[int]:
    way: list[int] = []
    label = end[3]
    while label is not None and label[4]:
        way.append(label[4])
        label = label[3]
    return way[::-1]


def _told(stops: Stops, way: list[int], *, proven: bool) -> Route:
    begun, late = stops.times(way)
    legs = list(zip([0, *way], [*way, 0], strict=True))
    drive = [stops.drive[one][other] for one, other in legs]
    return Route(
        order=tuple(stop - 1 for stop in way),
        start=tuple(begun),
        until=tuple(_until(stops, way, begun, drive)),
        late=tuple(late),
        km=tuple(stops.km[one][other] for one, other in legs),
        drive=tuple(drive),
        leave=begun[0] - drive[0] if way else 0,
        back=begun[-1] + stops.minutes[way[-1]] + drive[-1] if way else 0,
        known=stops.known,
        proven=proven,
    )


def _until(stops: Stops, way: list[int], begun: list[int], drive: list[int]) -> list[int]:
    """From the last to the first: begun by then, each is in its window, and the next is reached by its own."""
    found: list[int] = []
    for at in reversed(range(len(way))):
        stop = way[at]
        latest = min(begun[at] + MARGIN, stops.latest(stop, begun[at]))
        if found:
            latest = min(latest, found[-1] - drive[at + 1] - stops.minutes[stop])
        found.append(max(latest, begun[at]))
    return found[::-1]
