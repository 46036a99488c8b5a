"""Every address × every role × near and far: nobody gets in who should not, and everybody who should."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.planted import NUMBER, TOKEN, in_addresses, shown, too_much
from tests.access.policies import POLICIES
from tests.access.policy import Policy
from tests.access.world import ROLES, Things, World
from tests.asked import Asked
from tests.town import NINE

HEADERS: Final = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
CONTENT: Final = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
READING_WRITES: Final = {
    "people_signin",  # when a browser was last here
    "django_session",  # the steps of the way in
    "journal_entry",  # an auditor's reading is a line itself
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_every_address_has_a_policy_and_every_policy_an_address() -> None:
    assert set(_names(get_resolver())) == set(POLICIES)


@pytest.fixture
def world(same_world: World) -> World:
    return same_world


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_an_address_lets_in_and_shows_exactly_what_it_may(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    policy, seen = POLICIES[name], Seen(world)
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "django.db.backends")  # silent unless a test listens to the queries, as this does
    clients = {role: world.client(role) for role in ROLES}

    near = {role for role, client in clients.items() if _lets_in(client, name, policy, world.near, seen.by(role))}
    far = {role for role, client in clients.items() if _lets_in(client, name, policy, world.far, seen.by(role))}

    assert (sorted(near), sorted(far)) == (sorted(policy.near), sorted(policy.far))
    assert too_much(name, seen.values, post=policy.post) == {}
    assert not TOKEN.findall(caplog.text), "planted words in a log"
    assert not NUMBER.findall(caplog.text), "planted numbers in a log"


@dataclass
class Seen:
    """Which planted values were shown to whom."""

    world: World
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def by(self, role: str) -> Callable[[HttpResponse], None]:
        def see(answer: HttpResponse) -> None:
            assert not in_addresses(answer), "planted values in an address"
            for value in shown(answer, self.world.near, self.world.far, role):
                self.values[value].add(role)

        return see


def _unseen(_answer: HttpResponse) -> None:
    """For walks that ask only who gets in."""


def _lets_in(
    client: Client, name: str, policy: Policy, things: Things, see: Callable[[HttpResponse], None] = _unseen
) -> bool:
    """Did this browser get in? One that did not has left no line in any journal."""
    with Asked() as asked:
        answer = _ask(client, reverse(name, kwargs=policy.arguments(things)), policy)
    see(answer)
    let_in = answer.status_code not in {403, 404} and not _sent_away(answer, policy)
    assert answer.status_code < 500, (name, answer.status_code)
    assert HEADERS.items() <= answer.headers.items(), name
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == CONTENT, name
    assert policy.post or asked.written <= READING_WRITES, (name, asked.written - READING_WRITES)
    assert let_in or "journal_entry" not in asked.written, (name, "left a line")
    return let_in


def _ask(client: Client, address: str, policy: Policy) -> HttpResponse:
    if policy.post:
        return client.post(address, {"key": uuid4().hex, "version": "1"})  # type: ignore[return-value]  # the test's own
    return client.get(address)  # type: ignore[return-value]  # the test's own


def _sent_away(answer: HttpResponse, policy: Policy) -> bool:
    """A page that leads elsewhere did not let in; a verb leads elsewhere when it is done, but never to the door."""
    goal = answer.headers.get("Location", "")
    if goal.startswith("/in/"):
        return not (policy.post and policy.leads)
    return bool(goal) and not (policy.post or policy.leads)


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _names(part, f"{part.app_name}:" if part.app_name else prefix)
        elif isinstance(part, URLPattern):
            yield f"{prefix}{part.name}"
