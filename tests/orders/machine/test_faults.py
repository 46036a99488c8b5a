"""The controls: with a fault planted the same looking turns red, and says which promise is broken."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.orders.machine.faults import FAULTS
from tests.orders.machine.play import Play
from tests.orders.machine.stage import Stage, raised, undone
from tests.orders.machine.ways import WAYS, Walk


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(db: None, name: str) -> None:
    stage, planted = raised(), FAULTS[name]

    with planted.fault(), pytest.raises(AssertionError, match=planted.red):
        walk_among_the_tempted(stage, planted.where)


@pytest.mark.parametrize("state", sorted({planted.where for planted in FAULTS.values()}))
def test_without_a_fault_nothing_is_found(db: None, state: str) -> None:
    walk_among_the_tempted(raised(), state)


def walk_among_the_tempted(stage: Stage, state: str) -> None:
    for way in WAYS[state]:
        with undone():
            Walk(Play(stage, Counter()), tempted=True).go(way)
