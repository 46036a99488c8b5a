"""The one sentence on an order, said to whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.town import NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


#   state        jin, who placed it           luo, the team's leader          shi, the dispatcher
SAID = {
    "placed": ("answers you by", "", "Please take it on by"),
    "pending": ("looks for a team", "", "Please ask a team by"),
    "disputed": ("looks into it", "", "looks into it"),
    "offered": ("answers by", "Can your team come?", "answers by"),
    "accepted": ("sets a time with you", "agree on a time with the", "sets a time with the resident"),
    "appointed": ("comes", "You are expected", "comes"),
    "served": ("tell us how it was", "The resident can rate", "The resident can rate"),
    "asked": ("a question to you", "", "The resident has been asked"),
}


@pytest.mark.parametrize("state", SAID)
def test_everybody_is_told_what_it_means_for_them(town: Town, state: str) -> None:
    order = town.order_in(state)

    for person, said in zip((town.jin, town.luo, town.shi), SAID[state], strict=True):
        if said:
            assert said in Web(person).get(f"/orders/{order.pk}/"), person.name
