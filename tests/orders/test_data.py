"""The lists of reasons and the words of danger, as the package carries them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import TypedDict

import pytest

from baixing.orders.models import Reason

DATA = files("baixing.orders") / "data"
FEWEST = {"reject": 8, "decline": 8, "hand_back": 6, "miss": 4, "pause": 5, "give_up": 4, "ask": 6}
# What people may write, and the kind of danger in it; "" is none, however alarming one character looks.
WRITTEN = (
    ("厨房着火了，快来人", "fire"),
    ("烟筒那边一直冒浓烟", "fire"),
    ("想学做火锅底料", ""),
    ("灶打不着火，想请人看看", ""),
    ("小区生意红火，想办个运动会", ""),
    ("我们院想听防火灾的课", ""),
    ("there is smoke everywhere", "fire"),
    ("we would like a fire drill", ""),
    ("屋里有煤气味，头昏", "gas"),
    ("想请人看看软管，没有煤气味", ""),
    ("I smell gas in the kitchen", "gas"),
    ("北屋的墙要倒了", "collapse"),
    ("爸爸昏迷了叫不醒", "medical"),
    ("自行车车胎没气了", ""),
    ("妈妈去年中风了，想请人教翻身", ""),
    ("我不想活了", "harm"),
    ("妈妈想死你们了", ""),
    ("超市跳楼价买的灯不亮", ""),
    ("丈夫喝了酒就打我", "violence"),
    ("修好了请打我电话", ""),
    ("过年要杀猪，想请人搭把手", ""),
    ("how to grow rapeseed and grapes", ""),
    ("昨晚一家人煤烟中毒了", "poison"),
    ("想听听怎么防煤烟中毒", ""),
    ("钱被骗走了怎么办", "fraud"),
)


class Danger(TypedDict):
    kind: str
    name: str
    name_en: str
    call: list[str]
    also: list[str]
    say: str
    say_en: str
    words: list[str]
    not_words: list[str]


def _dangers() -> list[Danger]:
    rows: list[Danger] = tomllib.loads((DATA / "danger.toml").read_text("utf-8"))["danger"]
    return rows


def _found(text: str) -> str:
    """As the head of the file says it is read."""
    for danger in _dangers():
        left = text.lower()
        for harmless in danger["not_words"]:
            left = left.replace(harmless, " ")
        if any(re.search(rf"\b{re.escape(w)}" if w.isascii() else re.escape(w), left) for w in danger["words"]):
            return danger["kind"]
    return ""


def _reasons() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads((DATA / "reasons.toml").read_text("utf-8"))["reason"]
    return rows


def test_there_are_enough_reasons_of_every_kind() -> None:
    count = Counter(row["kind"] for row in _reasons())

    assert set(count) == set(Reason.Kind.values)
    assert [kind for kind, fewest in FEWEST.items() if count[kind] < fewest] == []


def test_a_reason_is_listed_once_and_in_both_languages() -> None:
    rows = _reasons()

    assert len({(row["kind"], row["code"]) for row in rows}) == len(rows)
    assert all(row["name"] and row["name_en"].isascii() for row in rows)
    assert max(len(row["name"]) for row in rows) <= 24


def test_who_is_turned_away_is_told_where_to_go() -> None:
    away = [row for row in _reasons() if row["kind"] in ("reject", "give_up")]

    assert [row["code"] for row in away if not (row.get("instead") and row.get("instead_en"))] == []


def test_every_danger_has_a_number_and_words_in_both_languages() -> None:
    dangers = _dangers()

    assert {number for danger in dangers for number in danger["call"]} == {"110", "119", "120", "12356"}
    assert all(danger["call"] and danger["say"] and danger["say_en"] for danger in dangers)
    assert len({danger["kind"] for danger in dangers}) == len(dangers)


def test_a_harmless_word_is_listed_only_where_it_would_raise_an_alarm() -> None:
    idle = [
        word
        for danger in _dangers()
        for word in danger["not_words"]
        if not any(alarming in word for alarming in danger["words"])
    ]

    assert idle == []


@pytest.mark.parametrize(("text", "kind"), WRITTEN)
def test_danger_is_heard_and_a_harmless_word_is_not(text: str, kind: str) -> None:
    assert _found(text) == kind
