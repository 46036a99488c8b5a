"""The menu that the package carries: complete, consistent, and asking no more than it may."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from baixing.menu.models import ServiceItem

MENU = files("baixing.menu") / "data"
NETWORK = files("baixing.network") / "data"
ELDER, ADULT = 55, 18
# What volunteers never do, however well they mean it.
NEVER = re.compile("身份证号|[0-9]{11}|拍照留痕|打卡|保证治好|包治")


class Tag(TypedDict):
    slug: str
    name: str
    name_en: str


class Item(TypedDict):
    code: str
    name: str
    name_en: str
    gist: str
    gist_en: str
    gets: str
    who: str
    minutes: int
    place: str
    audience: str
    prepare: str
    risks: str
    documents: str
    min_age: NotRequired[int]
    max_age: NotRequired[int]
    lead_days: int
    people: int
    skill: str
    licence: NotRequired[str]
    platform: str
    tasks: list[str]
    free: bool
    parts_payer: str
    parts_note: str
    urgency: str
    scope: str
    months: NotRequired[list[int]]
    words: list[str]


class Asked(TypedDict):
    text: str
    language: str
    want: list[str]
    month: NotRequired[int]


def _items() -> list[Item]:
    found: list[Item] = []
    for file in sorted((MENU / "items").iterdir(), key=lambda one: one.name):
        found += tomllib.loads(file.read_text("utf-8"))["item"]
    return found


def _tags(file: str, key: str, *, of_network: bool = False) -> list[str]:
    rows: list[Tag] = tomllib.loads(((NETWORK if of_network else MENU) / file).read_text("utf-8"))[key]
    assert all(row["name"] and row["name_en"] for row in rows)
    return [row["slug"] for row in rows]


ITEMS = _items()
each_item = pytest.mark.parametrize("item", ITEMS, ids=[item["code"] for item in ITEMS])


def _text(item: Item) -> str:
    words = (item["gist"], item["gets"], item["who"], item["prepare"], item["risks"], item["documents"])
    return "\n".join((item["name"], *words, item["parts_note"], *item["words"]))


def test_the_menu_has_more_than_a_hundred_items_with_codes_and_names_of_their_own() -> None:
    codes, names = [item["code"] for item in ITEMS], [item["name"] for item in ITEMS]

    assert len(ITEMS) >= 112
    assert (len(set(codes)), len(set(names))) == (len(ITEMS), len(ITEMS))
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


def test_skills_and_licences_are_named_once() -> None:
    skills, licences = _tags("skills.toml", "skill"), _tags("licences.toml", "licence")

    assert (len(skills), len(licences)) == (len(set(skills)), len(set(licences)))


def test_every_skill_and_every_platform_is_used_by_an_item() -> None:
    assert {item["skill"] for item in ITEMS} == set(_tags("skills.toml", "skill"))
    assert {item["platform"] for item in ITEMS} == set(_tags("platforms.toml", "platform", of_network=True))
    assert {task for item in ITEMS for task in item["tasks"]} == set(_tags("tasks.toml", "task", of_network=True))


@each_item
def test_what_an_item_names_exists(item: Item) -> None:
    assert item["skill"] in _tags("skills.toml", "skill")
    assert item.get("licence") in (None, *_tags("licences.toml", "licence"))
    assert item["scope"] in ("city", "620402", "620403", "620421", "620422", "620423")
    assert set(item.get("months", [])) <= set(range(1, 13))


@each_item
def test_what_an_item_chooses_is_a_choice(item: Item) -> None:
    assert item["place"] in ServiceItem.Place
    assert item["audience"] in ServiceItem.Audience
    assert item["urgency"] in ServiceItem.Urgency
    assert item["parts_payer"] in ServiceItem.Payer
    assert bool(item["parts_payer"]) == bool(item["parts_note"])


@each_item
def test_an_item_says_enough_and_not_too_much(item: Item) -> None:
    assert 2 <= len(item["name"]) <= 12
    assert 8 <= len(item["gist"]) <= 60
    assert item["name_en"].isascii()
    assert len(item["name_en"]) <= 60
    assert 20 <= len(item["gist_en"]) <= 160
    assert 2 <= len(re.findall("[。！？]", item["gets"])) <= 5
    assert item["who"]


@each_item
def test_an_item_is_known_by_at_least_four_words(item: Item) -> None:
    words = item["words"]

    assert 4 <= len(words) <= 10
    assert len(set(words)) == len(words)
    assert max(map(len, words)) <= 10


@each_item
def test_an_item_is_free_and_asks_for_nothing_it_may_not(item: Item) -> None:
    text = _text(item)

    assert item["free"]
    assert NEVER.search(text) is None
    assert "\0" not in text


@each_item
def test_two_people_visit_a_child_or_an_elder_at_home(item: Item) -> None:
    elder, child = item.get("min_age", 0) >= ELDER, item.get("max_age", ADULT) < ADULT

    assert item["people"] >= (2 if item["place"] == "home" and (elder or child) else 1)


@pytest.mark.parametrize("skill", ["electrics", "nursing", "health", "livestock"])
def test_what_the_law_reserves_needs_a_licence(skill: str) -> None:
    bare = [item["code"] for item in ITEMS if item["skill"] == skill and "licence" not in item]

    assert bare == []


def test_synonyms_mean_something_else_than_themselves() -> None:
    pairs: dict[str, list[str]] = tomllib.loads((MENU / "synonyms.toml").read_text("utf-8"))["synonyms"]

    assert len(pairs) >= 120
    assert [word for word, means in pairs.items() if word in means or not means] == []
    assert max(len(one) for word, means in pairs.items() for one in (word, *means)) <= 20


def test_what_people_ask_for_is_on_the_menu() -> None:
    asked: list[Asked] = tomllib.loads(Path(__file__).with_name("spoken.toml").read_text("utf-8"))["query"]

    assert len([one for one in asked if one["language"] == "zh"]) >= 60
    assert len([one for one in asked if one["language"] == "en"]) >= 8
    assert {code for one in asked for code in one["want"]} <= {item["code"] for item in ITEMS}
    assert len({one["text"] for one in asked}) == len(asked)


def test_the_places_an_item_may_have_are_units_of_the_tree() -> None:
    rows = (NETWORK / "baiyin.csv").read_text("utf-8").splitlines()
    counties = {row.split(",")[0] for row in rows if ",county," in row}

    assert {item["scope"] for item in ITEMS} - counties == {"city"}
