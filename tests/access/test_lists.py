"""Every page that lists things asks the database as often for a hundred of them as for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from baixing.orders.models import Order
from tests.access.growing import first_orders, grow, wards
from tests.access.policies import POLICIES
from tests.access.test_bad_input import BY, PAGES
from tests.access.world import World, build
from tests.asked import Asked
from tests.town import NINE, Town

SIZES: Final = (1, 3, 100)
ROW: Final = re.compile(r"<(?:li|tr|article|option|dt|label class=\"choice\")[ >\n]")
# a page that grows with the city (?what is asked of it, #the state of its order): who reads it, how often it asks
LISTS: Final[dict[str, tuple[str, int]]] = {
    "desks:board": ("zhou", 16),
    "desks:calls": ("zhou", 10),
    "desks:find?q=水": ("zhou", 11),
    "desks:find?q=居民": ("zhou", 11),
    "desks:front": ("jin", 12),
    "desks:inbox": ("luo", 9),
    "desks:morning": ("zhou", 11),
    "desks:morning?show=calls": ("zhou", 11),
    "desks:unit": ("jin", 22),
    "dispatching:coverage": ("zhou", 21),
    "dispatching:desk": ("zhou", 16),
    "dispatching:ask_what_if": ("zhou", 13),
    "dispatching:compare": ("zhou", 12),
    "dispatching:what_if": ("zhou", 18),
    "dispatching:what_ifs": ("zhou", 13),
    "exchange:desk": ("zhou", 19),
    "hours:certificates": ("he", 9),
    "hours:claims": ("zhou", 9),
    "hours:flags": ("zhou", 10),
    "hours:mine": ("min", 23),
    "hours:own_file": ("min", 8),
    "hours:publicity": ("jin", 8),
    "hours:record": ("luo", 11),
    "hours:records": ("luo", 11),
    "hours:report": ("zhou", 12),
    "hours:roots": ("jin", 8),
    "hours:roots_file": ("jin", 4),
    "hours:transfers": ("gao", 10),
    "hours:whole_file": ("gao", 7),
    "menu:add": ("gao", 17),
    "menu:browse": ("jin", 10),
    "menu:browse?q=水龙头": ("jin", 11),
    "menu:change": ("gao", 18),
    "menu:edit_list": ("gao", 12),
    "menu:synonyms": ("gao", 11),
    "network:pick?q=村": ("jin", 10),
    "network:posts": ("gao", 13),
    "network:units?q=村": ("gao", 11),
    "notices:list": ("jin", 10),
    "orders:add_reason": ("gao", 9),
    "orders:journal": ("shen", 13),
    "orders:mine": ("jin", 10),
    "orders:on_behalf": ("zhou", 11),
    "orders:order": ("luo", 35),
    "orders:order#pending": ("shi", 39),
    "orders:reason": ("gao", 10),
    "orders:reasons": ("gao", 8),
    "orders:visit_list": ("luo", 16),
    "orders:visits": ("luo", 15),
    "people:consents": ("jin", 8),
    "people:data": ("jin", 45),
    "people:data_csv": ("jin", 41),
    "people:data_json": ("jin", 41),
    "people:family": ("jin", 7),
    "people:household": ("jin", 7),
    "people:sessions": ("jin", 7),
    "programme:activity": ("jin", 18),
    "programme:activity_list": ("zhou", 11),
    "programme:add_list": ("zhou", 7),
    "programme:campaign": ("jin", 16),
    "programme:campaigns": ("jin", 11),
    "programme:tallies": ("wu", 13),
    "programme:announce": ("zhou", 11),
    "programme:contests": ("jin", 9),
    "programme:contest": ("jin", 15),
    "programme:judge": ("luo", 15),
    "programme:jury": ("zhou", 12),
    "programme:work": ("jin", 11),
    "programme:works": ("zhou", 11),
    "programme:remembrance": ("jin", 13),
    "programme:remembrances": ("jin", 9),
    "programme:words": ("zhou", 11),
    "programme:plan": ("zhou", 14),
    "programme:plan_rows": ("zhou", 11),
    "programme:lists": ("jin", 9),
    "programme:series": ("jin", 13),
    "programme:change_activity": ("zhou", 17),
    "programme:desk": ("zhou", 11),
    "programme:edit_list": ("gao", 10),
    "schedule:book": ("luo", 12),
    "schedule:booking": ("zhou", 10),
    "schedule:bookings": ("zhou", 13),
    "schedule:close_days": ("zhou", 10),
    "schedule:free_spaces?day=2026-03-05&start=15:00&end=16:00&heads=10": ("zhou", 12),
    "schedule:venue": ("zhou", 12),
    "schedule:venue_day": ("luo", 14),
    "schedule:venue_month": ("luo", 14),
    "schedule:venues": ("jin", 15),
    "schedule:board": ("zhou", 10),
    "programme:plan_activity": ("gao", 16),
    "programme:tell_results": ("zhou", 12),
    "programme:whats_on": ("jin", 12),
    "programme:whats_on_map": ("jin", 10),
    "schedule:calendar": ("luo", 13),
    "schedule:feeds": ("min", 9),
    "schedule:closing": ("zhou", 11),
    "schedule:here": ("jin", 12),
    "schedule:offline_list": ("zhou", 13),
    "schedule:change": ("zhou", 16),
    "schedule:mine": ("jin", 10),
    "schedule:people": ("zhou", 14),
    "schedule:plan_team": ("luo", 17),
    "schedule:plan_unit": ("zhou", 17),
    "schedule:roster": ("zhou", 13),
    "schedule:run": ("zhou", 14),
    "schedule:session": ("jin", 18),
    "schedule:sheet": ("zhou", 12),
    "schedule:sheet_paper": ("zhou", 11),
    "schedule:sheets": ("zhou", 10),
    "schedule:tablets": ("zhou", 9),
    "schedule:today": ("zhou", 8),
    "teams:edit": ("luo", 13),
    "teams:ending": ("zhou", 8),
    "teams:found": ("zhou", 11),
    "teams:hand_over": ("luo", 13),
    "teams:licences": ("luo", 11),
    "teams:list": ("zhou", 14),
    "teams:members": ("luo", 10),
    "teams:mine": ("luo", 15),
    "teams:team": ("luo", 14),
}
NAMES: Final = frozenset(re.split("[?#]", label)[0] for label in LISTS)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_lists_ask_the_same_of_one_of_three_and_of_a_hundred(town: Town) -> None:
    world, orders = build(town), first_orders(town)
    wards(town, 1)  # whoever has none is not asked for their names
    readers = {label: world.client(who) for label, (who, _queries) in LISTS.items()}
    others = {name: _first_reader(world, name) for name in PAGES if name not in NAMES}
    asked: dict[str, list[int]] = {label: [] for label in LISTS}
    before = {name: _look(client, world, name)[1] for name, client in others.items()}
    _look(readers["hours:own_file"], world, "hours:own_file")  # what stands under a root is gathered once a month

    for size, had in zip(SIZES, (1, *SIZES), strict=False):
        grow(town, world, orders, size - had)
        for label, client in readers.items():
            asked[label].append(_look(client, world, label)[0])

    grown = {name for name, client in others.items() if _look(client, world, name)[1] > before[name]}
    assert grown == set()
    assert {label: found for label, found in asked.items() if found != [LISTS[label][1]] * len(SIZES)} == {}


def _first_reader(world: World, name: str) -> Client:
    near = POLICIES[name].near
    return world.client(next((role for role in BY if role in near), "shen"))


def _look(client: Client, world: World, label: str) -> tuple[int, int]:
    """How often the page asks once its reader is known, and how many rows it shows."""
    address = _address(world, label)
    with Asked() as asked:
        page = client.get(address)
    assert page.status_code in {200, 302}, (label, page.status_code)
    return len(asked), len(ROW.findall(page.content.decode())) if "html" in page.headers["Content-Type"] else 0


def _address(world: World, label: str) -> str:
    """The page of the thing near the cast; after ? what is asked of it, after # the state of another order."""
    name, mark, more = re.split("([?#])", label) if re.search("[?#]", label) else (label, "", "")
    if mark == "#":
        return reverse(name, args=[Order.objects.filter(state=more).earliest("pk").pk])
    return reverse(name, kwargs=POLICIES[name].arguments(world.near)) + mark + more
