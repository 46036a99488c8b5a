"""Whoever reads changes nothing: every address, by every way of reading, and writes in no way but by a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from django.urls import reverse

from tests.access.policies import POLICIES
from tests.access.world import World
from tests.threats.rows import differing, rows
from tests.town import NINE

LOOKING: Final = ("head", "options", "trace")
NO_SUCH: Final = {400, 403, 404, 405, 501}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.parametrize("role", ["gao", "jin"])
def test_reading_an_address_changes_no_row_of_any_table(world: World, role: str) -> None:
    client = world.client(role)
    client.get("/")
    before = rows()

    for name, policy in POLICIES.items():
        address = reverse(name, kwargs=policy.arguments(world.near))
        for method in (*LOOKING, *(["get"] if policy.post else [])):
            getattr(client, method)(address)

    assert differing(before, rows()) == set()


def test_a_verb_is_no_address_to_read_and_nothing_is_traced(world: World) -> None:
    client = world.client("gao")
    addresses = {name: reverse(name, kwargs=policy.arguments(world.near)) for name, policy in POLICIES.items()}

    read = [name for name, policy in POLICIES.items() if policy.post and client.get(addresses[name]).status_code != 405]
    traced = [name for name in POLICIES if client.trace(addresses[name]).status_code not in NO_SUCH]

    assert (read, traced) == ([], [])


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_knows_other_ways_to_write(world: World, method: str) -> None:
    client = world.client("gao")
    before = rows()

    known = [
        name
        for name, policy in POLICIES.items()
        if getattr(client, method)(reverse(name, kwargs=policy.arguments(world.near))).status_code not in NO_SUCH
    ]

    assert known == []
    assert differing(before, rows()) == set()
