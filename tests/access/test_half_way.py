"""Whoever holds a post and has not shown the second factor is nobody, at every address there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
import time_machine

from tests.access.policies import POLICIES
from tests.access.test_access import _lets_in
from tests.access.world import NOBODY, POSTED, World
from tests.town import DAY, NINE

SECOND_STEP: Final = {
    *("people:sign_in", "people:factor", "people:factor_passkey", "people:factor_recovery", "people:codes_kept"),
    *("people:factors", "people:begin_app", "people:factor_app", "people:add_passkey", "people:recovery_codes"),
}
REST: Final = sorted(POLICIES.keys() - SECOND_STEP - {"people:sign_out"})


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def _reached(world: World, role: str, names: list[str]) -> list[str]:
    client = world.client(role)
    return [name for name in names if _lets_in(client, name, POLICIES[name], world.near)]


@pytest.mark.half_way
@pytest.mark.parametrize("role", ["gao", "zhou"], ids=["without a factor", "with one not shown"])
def test_without_the_second_factor_a_post_opens_what_is_open_to_nobody(world: World, role: str) -> None:
    assert _reached(world, role, REST) == [name for name in REST if NOBODY in POLICIES[name].near]


def test_without_the_guard_the_same_walk_reaches_the_desks(world: World) -> None:
    desks = ["desks:morning", "orders:order", "network:edit"]

    assert _reached(world, "zhou", desks) == desks


@pytest.mark.half_way
def test_whoever_holds_a_post_is_led_to_the_second_step_and_on(world: World) -> None:
    led = {role: world.client(role).get("/find/").headers["Location"] for role in POSTED}

    assert led == dict.fromkeys(POSTED, "/in/factor/?next=%2Ffind%2F")


@pytest.mark.half_way
def test_a_post_given_while_signed_in_counts_at_once(world: World) -> None:
    client = world.client("wei")
    before = client.get("/me/").status_code

    world.people["zhou"].posts.update(person=world.people["wei"])

    assert (before, client.get("/me/").headers["Location"]) == (200, "/in/factor/?next=%2Fme%2F")


@pytest.mark.half_way
def test_who_stands_in_for_a_post_needs_the_second_step_while_it_lasts(world: World) -> None:
    world.people["deputy"] = world.people["zhou"].posts.get().deputies.get().person
    client = world.client("deputy")

    during = client.get("/me/")
    with time_machine.travel(NINE + 2 * DAY, tick=False):
        afterwards = world.client("deputy").get("/me/")

    assert during.headers["Location"].startswith("/in/factor/")
    assert afterwards.status_code == 200
