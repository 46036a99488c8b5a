"""Whatever is typed into whatever form there is: an answer in words, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.forms import Form, forms_of
from tests.access.policies import POLICIES
from tests.access.world import NOBODY, World
from tests.town import NINE, WAY, Town

ODD: Final = {
    "nothing": "",
    "NUL": "水\0龙头",
    "emoji": "👩‍👩‍👧‍👦🔧" * 9,
    "marks that turn the text": "\u202e\u2066水\u200f",
    "script": "<script>alert(1)</script>\"'>",
    "a formula": '=HYPERLINK("http://x","y")',
    "far too much": "长" * 300_000,
    "a number that fits nothing": "9" * 40,
    "a day that never was": "2026-02-31",
    "lone surrogates": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
}
WITHOUT_WORDS: Final = (ODD["nothing"], ODD["a number that fits nothing"])  # what differs where nothing is typed
BY: Final = ("gao", "zhou", "luo", "jin", "min", NOBODY)  # of those who get in, the first fills in its forms
PARTS: Final = 6
TURNED_AWAY: Final = {400, 403, 404, 409, 413, 422, 429}
PAGES: Final = sorted(
    name for name, policy in POLICIES.items() if not policy.post and policy.near and not name.startswith("look:guide")
)  # the guide shows forms that go nowhere


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.both
@pytest.mark.parametrize("part", range(PARTS))
def test_no_form_of_any_page_breaks(world: World, part: int) -> None:
    for name in PAGES[part::PARTS]:
        policy = POLICIES[name]
        client = world.client(next(role for role in BY if role in policy.near) if {*BY} & policy.near else "shen")
        _fill(client, reverse(name, kwargs=policy.arguments(world.near)))


@pytest.mark.both
@pytest.mark.parametrize("state", [*WAY, "disputed", "asked", "paused"])
def test_no_verb_of_an_order_breaks(town: Town, state: str) -> None:
    order = town.order_in(state)
    for person in (town.zhou, town.shi, town.jin, town.luo):
        client = Client()
        client.force_login(person)
        _fill(client, f"/orders/{order.pk}/")


def _fill(client: Client, address: str) -> None:
    """Each form with each odd text, every time as the page was shown; of forms that are alike, the first."""
    alike = {(form.action, *form.hidden, *form.chosen, *form.typed): form for form in forms_of(_page(client, address))}
    for form in alike.values():
        for text in ODD.values() if form.typed else WITHOUT_WORDS:
            with transaction.atomic():
                _send(client, address, form, text)
                transaction.set_rollback(True)


def _page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    return answer.content.decode() if "html" in answer.headers["Content-Type"] else ""


def _send(client: Client, address: str, form: Form, text: str) -> None:
    chosen = dict.fromkeys(form.chosen, text) if text.isdigit() else form.chosen  # what no list offers
    said = {**chosen, **form.hidden, **dict.fromkeys(form.typed, text)}
    if "key" in said:
        said["key"] = uuid4().hex
    if form.action in {"/out/", "/me/erase/"} or form.action.startswith("/me/sessions/"):
        return  # it would end the walk
    answer = client.post(form.action or address, said, follow=False)
    assert answer.status_code in TURNED_AWAY | {200, 302}, (address, form.action, answer.status_code)
    assert b"<script>alert(1)</script>" not in answer.content, (address, form.action)
