from __future__ import annotations

import pytest

from tests.drills.short import short


@pytest.mark.both
def test_deadlines_fire_once_when_the_clock_jumps_and_two_ticks_begin_at_once() -> None:
    outcome = short("clock")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
