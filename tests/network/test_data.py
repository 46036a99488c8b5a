"""The tree of Baiyin and the tags, as the package carries them."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

DATA = files("baixing.network") / "data"
ROWS = list(csv.DictReader((DATA / "baiyin.csv").read_text("utf-8").splitlines()))
BY_CODE = {row["code"]: row for row in ROWS}
ABOVE = {"city": None, "county": "city", "town": "county", "village": "town"}


def test_the_tree_has_one_city_five_counties_78_towns_and_860_villages() -> None:
    assert Counter(row["kind"] for row in ROWS) == {"city": 1, "county": 5, "town": 78, "village": 860}
    assert len(BY_CODE) == len(ROWS)


def test_every_place_hangs_under_a_place_of_the_tier_above() -> None:
    hung = {(row["kind"], BY_CODE[row["parent_code"]]["kind"] if row["parent_code"] else None) for row in ROWS}

    assert hung == set(ABOVE.items())


def test_every_place_stands_after_the_one_above_it() -> None:
    order = {row["code"]: number for number, row in enumerate(ROWS)}

    assert [row["code"] for row in ROWS if row["parent_code"] and order[row["parent_code"]] > order[row["code"]]] == []


def test_a_code_begins_with_the_code_above_it() -> None:
    lower = [row for row in ROWS if row["kind"] in ("town", "village")]

    assert [row["code"] for row in lower if not row["code"].startswith(row["parent_code"])] == []


def test_a_village_names_its_town_and_county() -> None:
    for row in (row for row in ROWS if row["kind"] == "village"):
        town = BY_CODE[row["parent_code"]]

        assert (row["town"], row["county"]) == (town["name"], BY_CODE[town["parent_code"]]["name"])


def test_names_are_as_people_say_them() -> None:
    endings = {"city": "市", "county": "区|县", "town": "镇|乡|街道", "village": "村|社区"}

    odd = [row["name"] for row in ROWS if not re.fullmatch(f"[\u3400-\u9fff]+(?:{endings[row['kind']]})", row["name"])]

    assert odd == []
    assert [row["name"] for row in ROWS if "委员会" in row["name"]] == []


def test_no_two_places_under_one_have_the_same_name() -> None:
    assert max(Counter((row["parent_code"], row["name"]) for row in ROWS).values()) == 1


@pytest.mark.parametrize("key", ["platform", "task"])
def test_there_are_five_platforms_and_five_tasks(key: str) -> None:
    rows: list[dict[str, str]] = tomllib.loads((DATA / f"{key}s.toml").read_text("utf-8"))[key]

    assert len({row["slug"] for row in rows}) == 5
    assert all(row["name"] and row["name_en"] for row in rows)
