from __future__ import annotations

import pytest

from tests.drills.short import short


@pytest.mark.both
def test_a_rush_for_few_seats_gives_each_once_though_answers_are_lost_and_a_worker_is_killed() -> None:
    outcome = short("rush")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
