"""Every form over something that others may change: the second writer gets both texts side by side, and chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.forms import Form, forms_of
from tests.access.policies import POLICIES
from tests.access.test_bad_input import BY, PAGES
from tests.access.world import World
from tests.town import NINE

# the page: its field, what one person writes in it, what the other one writes
EDITED: Final[dict[str, tuple[str, str, str]]] = {
    "dispatching:policy": ("wait", "7", "9"),
    "hours:level": ("name", "九颗星", "第九星"),
    "menu:change": ("gist", "他们写的一句话", "我写的一句话"),
    "menu:synonyms": ("pairs", "滴答 = 水龙头", "哗哗 = 水管"),
    "network:edit": ("address", "甲路 1 号", "乙路 2 号"),
    "network:place": ("source", "甲在门口量的", "乙在院里量的"),
    "network:settle": ("address", "甲楼 101", "乙楼 202"),
    "notices:choices": ("since", "21:15", "20:45"),
    "orders:clock": ("planned", "40", "50"),
    "orders:reason": ("name_en", "Too far away", "Nobody is free"),
    "people:rename": ("name", "甲名", "乙名"),
    "programme:change_activity": ("words", "他们的话", "我的话"),
    "programme:tell_results": ("results", "他们说的", "我说的"),
    "programme:change_campaign": ("words", "他们的话", "我的话"),
    "programme:change_remembrance": ("words", "他们的话", "我的话"),
    "programme:change_contest": ("words", "他们的话", "我的话"),
    "programme:change_list": ("words", "他们的话", "我的话"),
    "programme:change_series": ("words", "他们的话", "我的话"),
    "programme:brand": ("words", "他们的话", "我的话"),
    "programme:theme": ("words", "他们的话", "我的话"),
    "schedule:change": ("words", "他们的话", "我的话"),
    "schedule:edit_space": ("about", "他们写的", "我写的"),
    "schedule:edit_venue": ("about", "他们写的", "我写的"),
    "teams:edit": ("about", "他们写的", "我写的"),
    "teams:mine": ("week_most", "3", "5"),
}
BEGUN: Final[dict[str, str]] = {  # forms that begin with something, yet change no thing that stands there already
    "menu:add": "a new service, with what most have",
    "teams:found": "a new team, with what most have",
    "schedule:roster_row": "it leads to the roster",
    "schedule:roster": "a walk-in is new; how many of a party came is told once",
    "schedule:people": "somebody who rings is new, and comes alone unless they say otherwise",
    "dispatching:ask_what_if": "a new what-if, with the weights as they are",
    "orders:order_item": "a new order, with the address of one's home",
    "orders:order": "each verb has the version of the order, and its own test",
}


@dataclass
class Writer:
    """A browser on one page, with the form that is edited there."""

    client: Client
    address: str
    name: str

    def form(self) -> Form:
        return form_of(self.client.get(self.address).content.decode(), self.name)

    def send(self, form: Form, **typed: str) -> HttpResponse:
        said: dict[str, list[str]] = {}
        for name, value in form.untouched:
            said.setdefault(name, []).append(value)
        sent = {**form.hidden, **said, **typed, "key": uuid4().hex}
        return self.client.post(form.action or self.address, sent)  # type: ignore[return-value]  # the test's own


def form_of(page: str, name: str) -> Form:
    return next(form for form in forms_of(page) if EDITED[name][0] in form.typed)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def client_for(world: World, name: str) -> Client:
    policy = POLICIES[name]
    first = "luo" if name == "teams:mine" else next((role for role in BY if role in policy.near), "shen")
    return world.client(first)


def writer(world: World, name: str) -> Writer:
    return Writer(client_for(world, name), reverse(name, kwargs=POLICIES[name].arguments(world.near)), name)


def both_wrote(one: Writer) -> tuple[HttpResponse, str]:
    """Both opened the page; the other one saved first, then this one saves."""
    field, theirs, mine = EDITED[one.name]
    form = one.form()
    first = one.send(form, **{field: theirs, **also(one)})
    assert first.status_code == 302, first.content.decode()
    second = one.send(form, **{field: mine, **also(one)})
    return second, second.content.decode()


def also(one: Writer) -> dict[str, str]:
    """What these pages ask for besides, in the town of the tests."""
    return {
        "network:place": {"lat": "36.5", "lon": "104.1"},
        "programme:theme": {"title": "学雷锋"},
        "menu:change": {"gets": "修好的水龙头"},
    }.get(one.name, {})


@pytest.mark.parametrize("name", sorted(EDITED))
def test_the_second_writer_gets_both_texts_side_by_side_and_what_they_choose_stays(world: World, name: str) -> None:
    field, theirs, mine = EDITED[name]
    one = writer(world, name)

    answer, page = both_wrote(one)
    beside = page.partition(f'name="take-{field}" value="theirs"')[2].partition("</fieldset>")[0]
    taken = one.send(form_of(page, name), **{f"take-{field}": "theirs"})
    after_theirs = dict(one.form().untouched)[field]
    kept = one.send(one.form(), **{field: mine, f"take-{field}": "mine"})

    assert (answer.status_code, taken.status_code, kept.status_code) == (409, 302, 302)
    assert theirs.partition(" = ")[0] in beside
    assert mine in page
    assert (after_theirs, dict(one.form().untouched)[field]) == (theirs, mine)


def test_every_form_that_begins_with_something_tells_what_its_page_showed(world: World) -> None:
    begun = {name: [form for form in forms_on(world, name) if form.is_filled_in] for name in PAGES}
    found = {name: forms for name, forms in begun.items() if forms and name not in BEGUN}

    silent = {name for name, forms in found.items() for form in forms if not {"version", "seen"} & {*form.hidden}}
    assert (silent, {*found} - {*EDITED}) == (set(), set())


def forms_on(world: World, name: str) -> list[Form]:
    address = reverse(name, kwargs=POLICIES[name].arguments(world.near))
    page = client_for(world, name).get(address, follow=True)
    return forms_of(page.content.decode()) if "html" in page.headers["Content-Type"] else []
