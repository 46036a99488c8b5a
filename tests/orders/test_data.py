"""The lists of reasons, as the package carries them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

from baixing.orders.models import Reason

DATA = files("baixing.orders") / "data"
FEWEST = {"reject": 8, "decline": 8, "hand_back": 6, "miss": 4, "pause": 5, "give_up": 4, "ask": 6}


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
