"""A team's day: the best of all orders, no promise broken where one keeps all, and windows that lead to the next."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations
from math import ceil, hypot
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from baixing.matching import routes
from baixing.matching.routes import EXACT, Route, route
from baixing.matching.stops import Legs, Stops, Windows

SPEED = 40.0
LOADED = (
    "import sys, json, baixing.matching.routes; "
    "print(json.dumps(sorted({'numpy', 'ortools', 'scipy', 'django'} & set(sys.modules))))"
)
HALVES = ((480, 720), (840, 1080))


@dataclass(frozen=True)
class Call:
    """A visit as the tests lay it."""

    place: tuple[int, int]
    minutes: int
    windows: tuple[tuple[int, int], ...]
    agreed: bool = False


HOME = (0, 0)
places = st.tuples(st.integers(-12, 12), st.integers(-12, 12))
free = st.builds(
    Call,
    places,
    st.sampled_from((20, 30, 60, 90)),
    st.lists(st.sampled_from((*HALVES, (480, 540), (600, 660), (900, 960))), min_size=1, max_size=2, unique=True).map(
        lambda some: tuple(sorted(some))
    ),
)
days = st.tuples(st.lists(free, max_size=4), st.lists(st.tuples(places, st.integers(32, 68)), max_size=3))
quick = settings(max_examples=60, deadline=None)


def day_of(drawn: tuple[list[Call], list[tuple[tuple[int, int], int]]]) -> list[Call]:
    """Free visits and some agreed ones, of which no two share a moment."""
    some, agreed = drawn
    starts = {quarter // 2: (place, quarter // 2 * 30) for place, quarter in agreed}
    return [*some, *(Call(place, 30, ((start, start + 30),), agreed=True) for place, start in starts.values())]


def km(one: tuple[int, int], other: tuple[int, int]) -> float:
    return 1.3 * hypot(one[0] - other[0], one[1] - other[1])


def drive(one: tuple[int, int], other: tuple[int, int]) -> int:
    return 5 * ceil(round(km(one, other) / SPEED * 60 / 5, 6))


def found(calls: list[Call]) -> Route:
    return route(*_given(calls))


def stops_of(calls: list[Call]) -> Stops:
    return Stops(*_given(calls))


def _given(calls: list[Call]) -> tuple[Legs, list[int], Windows, list[bool], float]:
    spots = [HOME, *(call.place for call in calls)]
    legs = [[km(one, other) for other in spots] for one in spots]
    minutes, windows = [call.minutes for call in calls], [call.windows for call in calls]
    return legs, minutes, windows, [call.agreed for call in calls], SPEED


def gone(way: list[Call], begun: list[int] | None = None) -> tuple[int, int]:
    """Reckoned anew: minutes late in all, metres. Who begins later than needed says when."""
    late, clock = 0, 0
    for at, call in enumerate(way):
        came = clock + drive(way[at - 1].place, call.place) if at else call.windows[0][0]
        fit = [max(came, one[0]) for one in call.windows if max(came, one[0]) + call.minutes <= one[1]]
        roomy = [one for one in call.windows if one[1] - one[0] >= call.minutes]
        if fit or not roomy:
            longest = max(call.windows, key=lambda one: one[1] - one[0])
            clock = fit[0] if fit else max(came, longest[0])
            missed = 0 if fit else clock + call.minutes - longest[1]
        else:
            final = max(roomy, key=lambda one: one[1])
            clock = max(came, final[0])
            missed = clock + call.minutes - final[1]
        if call.agreed:
            clock, missed = max(came, call.windows[0][0]), max(0, came - call.windows[0][0])
        clock = max(clock, begun[at]) if begun else clock
        late, clock = late + missed, clock + call.minutes
    spots = [HOME, *(call.place for call in way), HOME]
    return late, sum(ceil(1000 * km(one, other)) for one, other in pairwise(spots))


def in_turn(way: Sequence[Call]) -> bool:
    agreed = [call.windows[0][0] for call in way if call.agreed]
    return agreed == sorted(agreed)


def worth(day: Route, calls: list[Call]) -> tuple[int, int]:
    return sum(day.late), gone([calls[row] for row in day.order])[1]


@quick
@given(days.map(day_of))
def test_no_order_is_better(calls: list[Call]) -> None:
    assume(len(calls) <= 6)
    best = min(gone(list(way)) for way in permutations(calls) if in_turn(way))

    day = found(calls)

    assert day.proven
    assert sorted(day.order) == list(range(len(calls)))
    assert gone([calls[row] for row in day.order]) == worth(day, calls) == best


LONGER_BUT_SOONER = [  # to come by the second first, though the first lies on the way: it opens late
    Call((4, 0), 30, ((600, 720),)),
    Call((8, 0), 30, ((480, 720),)),
    Call((12, 0), 30, ((480, 720),)),
    Call((16, 0), 30, ((480, 725),)),
]


@quick
@given(days.map(day_of))
@example(LONGER_BUT_SOONER)
def test_from_a_bad_order_and_from_a_nearly_good_one_the_best_is_found(calls: list[Call]) -> None:
    assume(2 <= len(calls) <= 5)
    stops = stops_of(calls)
    ways = [list(way) for way in permutations(range(1, len(calls) + 1)) if in_turn([calls[stop - 1] for stop in way])]
    ranked = sorted({stops.worth(way): way for way in ways}.items())
    assume(len(ranked) > 1)

    for worth_, way in (ranked[-1], ranked[1]):
        assert stops.worth(routes._best(stops, worth_, way)) == ranked[0][0]


@quick
@given(days.map(day_of), st.randoms(use_true_random=False))
def test_the_rows_may_come_in_any_order(calls: list[Call], dice: Random) -> None:
    shuffled = list(calls)
    dice.shuffle(shuffled)

    one, other = found(calls), found(shuffled)

    assert [calls[row] for row in one.order] == [shuffled[row] for row in other.order]
    assert replace(one, order=()) == replace(other, order=())


@quick
@given(days.map(day_of))
def test_whoever_comes_within_each_window_comes_within_the_next(calls: list[Call]) -> None:
    day = found(calls)
    way = [calls[row] for row in day.order]
    for at, call in enumerate(way):
        assert day.start[at] <= day.until[at] <= day.start[at] + 30
        if at + 1 < len(way) and not day.late[at + 1]:
            assert day.until[at] + call.minutes + day.drive[at + 1] <= max(day.until[at + 1], day.start[at + 1])

    assume(not any(day.late))
    assert gone(way, list(day.until))[0] == 0


@quick
@given(days.map(day_of))
def test_what_was_agreed_on_is_never_moved(calls: list[Call]) -> None:
    day = found(calls)
    way = [calls[row] for row in day.order]
    agreed = [(call.windows[0][0], at) for at, call in enumerate(way) if call.agreed]

    assert [day.start[at] - day.late[at] for _said, at in agreed] == sorted(said for said, _at in agreed)


@quick
@given(days.map(day_of), free)
def test_one_visit_more_never_shortens_the_day(calls: list[Call], more: Call) -> None:
    assert worth(found(calls), calls) <= worth(found([*calls, more]), [*calls, more])


@settings(max_examples=5, deadline=None)
@given(st.lists(free, min_size=EXACT + 1, max_size=20))
def test_more_visits_than_can_be_weighed_are_no_worse_than_in_order_of_time(calls: list[Call]) -> None:
    day = found(calls)
    by_time = sorted(calls, key=lambda call: call.windows[0])

    assert not day.proven
    assert worth(day, calls) <= gone(by_time)


def test_a_place_that_nobody_knows_leaves_the_order_of_times() -> None:
    legs: list[list[float | None]] = [[0, 30, None, 1], [30, 0, None, 30], [None, None, 0, None], [1, 30, None, 0]]

    day = route(legs, [30, 30, 30], [[(600, 630)], [(540, 570)], [(480, 720)]], [True, True, False], SPEED)

    assert (day.order, day.known, day.km) == ((2, 1, 0), False, (1, None, None, 30))


def test_a_day_that_cannot_be_driven_says_which_visit_and_by_how_much() -> None:
    calls = [Call((0, 0), 60, ((540, 600),), agreed=True), Call((0, 15), 60, ((600, 660),), agreed=True)]

    day = found(calls)

    assert (day.order, day.start, day.late) == ((0, 1), (540, 630), (0, 30))  # 19.5 km at 40 km an hour
    assert (day.leave, day.back) == (540, 720)


@pytest.mark.parametrize(
    ("legs", "windows", "words"),
    [
        ([[0.0]], [[(0, 9)]], "1 visits"),
        ([[0, -1], [1, 0]], [[(0, 9)]], "km: row 0"),
        ([[0, 1], [1, 0]], [[]], "row 0"),
    ],
)
def test_what_is_no_day_is_refused_with_its_row(
    legs: list[list[float | None]], windows: list[list[tuple[int, int]]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        route(legs, [9], windows, [False], SPEED)


def test_nothing_heavy_is_loaded() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert json.loads(told.stdout) == []
