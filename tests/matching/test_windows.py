"""A first plan by windows of weeks leads to the same optimum."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from baixing.matching import Weights, match, verify
from baixing.matching.betterment import Betterment
from baixing.matching.columns import first_choice
from baixing.matching.fees import Fees
from baixing.matching.nearest import nearest
from baixing.matching.optimum import better, room_beside_pins, told
from baixing.matching.windows import solve_by_windows
from tests.matching.worlds import drawn

WEIGHTS = Weights(unserved=900)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32), st.integers(20, 80), st.integers(1, 5))
def test_the_optimum_does_not_depend_on_the_windows(seed: int, orders: int, candidates: int) -> None:
    world = drawn(seed, teams=8, orders=orders, days=30)
    fees = Fees.of(world, WEIGHTS)
    room, near = room_beside_pins(fees), nearest(fees, candidates)
    chosen, unserved = first_choice(fees, room, near, candidates), fees.unserved()

    picked = solve_by_windows(fees, chosen, room, unserved, visits=8)
    found = told(fees, room, better(fees, room, Betterment(chosen, picked, room, unserved, WEIGHTS.fair), near))

    slot, served = chosen.slot[picked[picked >= 0]], np.flatnonzero(picked >= 0)
    assert (np.bincount(slot, minlength=room.day.size) <= room.day.ravel()).all()
    assert (chosen.visit[picked[served]] == served).all()
    assert verify(world, WEIGHTS, found)
    assert found.cost == match(world, WEIGHTS).cost
