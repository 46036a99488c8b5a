from __future__ import annotations

from tests.drills.short import short


def test_a_killed_worker_tells_everybody_and_nobody_twice() -> None:
    outcome = short("worker")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome


def test_after_a_day_without_texts_what_is_of_use_is_sent_in_order() -> None:
    outcome = short("outage")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
