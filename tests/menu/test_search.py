"""The menu found the way people speak, on both databases."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TypedDict

import pytest

from baixing.menu.actions import add_item, load_menu
from baixing.menu.models import ServiceItem
from baixing.menu.queries import find
from baixing.network.actions import add_unit, load_tags
from baixing.network.models import Unit
from tests.town import NINE, Town

FIRST = 3  # answers that a person looks at


class Query(TypedDict, total=False):
    text: str
    want: list[str]
    month: int


QUERIES: list[Query] = tomllib.loads(Path(__file__).with_name("spoken.toml").read_text("utf-8"))["query"]
pytestmark = pytest.mark.django_db


def load() -> Unit:
    load_tags()
    city = add_unit(Unit.Kind.CENTRE, "铜城", None, by=None, at=NINE)
    load_menu(city)
    return city


@pytest.mark.both
def test_what_people_say_is_among_the_first_three_answers() -> None:
    load()

    missed = {query["text"] for query in QUERIES if not _found(query)}

    assert missed == set()


@pytest.mark.parametrize(
    "odd", ["", " ", "%", "_", "\\", "'", "；DROP TABLE", "🔧", "\u202e水", "水" * 5000, "x" * 5000, "((((", "=1+1"]
)
def test_odd_words_find_little_and_break_nothing(odd: str) -> None:
    load()

    assert len(find(odd, None, NINE.date())) <= 20


def test_an_item_is_found_in_the_villages_below_its_centre_only(town: Town) -> None:
    facts = {"name": "磨剪刀", "gist": "磨刀", "skill": town.tap_repair.skill, "platform": town.tap_repair.platform}
    other = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)

    item = add_item(town.county, facts, by=town.he, at=NINE)

    assert find("剪刀", town.station, NINE.date()) == [item]
    assert find("剪刀", other, NINE.date()) == []


def _found(query: Query) -> bool:
    day = date(2026, query.get("month", NINE.month), 15)
    return bool({*query["want"]} & {*_codes(find(query["text"], None, day)[:FIRST])})


def _codes(items: list[ServiceItem]) -> list[str]:
    return [item.code for item in items]
