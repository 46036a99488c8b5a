"""Every known way, gone with all promises looked at after each step."""

from __future__ import annotations

from collections import Counter

from baixing.orders.models import Order
from tests.orders.machine import table
from tests.orders.machine.play import Play
from tests.orders.machine.stage import raised, undone
from tests.orders.machine.ways import WAYS, Walk


def test_known_ways_lead_to_their_states_and_keep_every_promise(db: None) -> None:
    stage, seen = raised(), Counter[str]()

    for state, ways in WAYS.items():
        for way in ways:
            with undone():
                walk = Walk(Play(stage, seen))
                walk.go(way)

                assert walk.order
                assert walk.play.known[walk.order.pk].state == state, way

    assert {state for state in Order.State.values if not seen[f"in {state}"]} == set()
    assert {verb for verb in table.VERBS if not seen[verb]} == set()
