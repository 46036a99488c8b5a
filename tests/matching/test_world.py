"""What is no world is refused, by the array and the row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from baixing.matching import Malformed, Weights, World, match
from tests.matching.worlds import drawn, varied

SOUND = drawn(1, teams=4, orders=6, days=9)
NOBODY = np.full(6, -1)


def spoilt(name: str, row: Any, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any row, any value
    array = np.array(getattr(SOUND, name), dtype=float)
    array[row] = value
    return {name: array}


@pytest.mark.parametrize(
    ("changes", "array", "row"),
    [
        (spoilt("home", (2, 1), np.nan), "home", 2),
        (spoilt("place", (3, 0), np.inf), "place", 3),
        (spoilt("reach", 1, -1), "reach", 1),
        (spoilt("per_day", 3, -1), "per_day", 3),
        (spoilt("per_week", 3, 1.5), "per_week", 3),
        (spoilt("serves", (2, 2), 7), "serves", 2),
        (spoilt("item", 5, 3), "item", 5),
        (spoilt("weight", 4, 0), "weight", 4),
        (spoilt("first", 2, -1), "first", 2),
        (spoilt("last", 1, 9), "last", 1),
        (spoilt("last", 1, np.nan), "last", 1),
        ({"first": np.full(6, 3), "last": np.array([4, 4, 2, 4, 4, 4])}, "last", 2),
        ({"asked": np.array([-1, 0, 4, 0, 0, 0])}, "asked", 2),
        ({"forbidden": np.array([[0, 0], [6, 1]])}, "forbidden", 1),
        ({"off": np.full((4, 9), 2)}, "off", 0),
        ({"promised_team": NOBODY + 1, "promised_day": NOBODY}, "promised_day", 0),
        ({"promised_team": NOBODY, "promised_day": NOBODY, "pinned": np.arange(6) == 4}, "pinned", 4),
        ({"household": np.array([-1, 1, 1, -1, -1, -1]), "place": np.arange(12).reshape(6, 2)}, "household", 2),
        ({"weight": np.ones(5)}, "weight", None),
        ({"home": np.ones((4, 3))}, "home", None),
        ({"item": np.array(list("abcdef"))}, "item", None),
        ({"days": 0}, "days", None),
        ({"people": np.ones(6)}, "people", None),
        ({"booked_week": np.ones((4, 1))}, "booked_week", None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_malformed_arrays_are_refused_by_name_and_row(changes: dict[str, Any], array: str, row: int | None) -> None:
    with pytest.raises(Malformed, match=array) as refusal:
        varied(SOUND, **changes)

    assert (refusal.value.array, refusal.value.row) == (array, row)
    assert row is None or f"row {row}" in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"serves": np.zeros((4, 3))}, "order 2, team 1, day 0: the team does not serve the item"),
        ({"off": np.ones((4, 9))}, "order 2, team 1, day 0: the team is off"),
        ({"first": np.full(6, 1), "last": np.full(6, 5)}, "order 2, team 1, day 0: the day is not one of the order's"),
        ({"reach": np.zeros(4)}, "order 2, team 1, day 0: it is beyond the team's reach"),
        ({"per_day": np.zeros(4)}, "team 1 has no room for 1 visits on day 0"),
        ({"holds_until": np.full((4, 3), -1)}, "order 2, team 1, day 0: the licence does not hold on that day"),
    ],
)
def test_a_pin_that_breaks_a_rule_is_refused_with_its_row(changes: dict[str, Any], words: str) -> None:
    pinned = np.arange(6) == 2
    able = {"serves": np.ones((4, 3)), "first": np.zeros(6), "last": np.full(6, 5), "reach": np.full(4, 99.0)}
    pins = {"promised_team": np.where(pinned, 1, -1), "promised_day": np.where(pinned, 0, -1), "pinned": pinned}
    sound = varied(SOUND, **able, per_day=np.ones(4), **pins)
    assert match(sound).team[2] == 1

    with pytest.raises(Malformed, match=f"pinned: {words}"):
        match(varied(sound, **changes))


def save(path: Path, arrays: dict[str, Any]) -> None:
    np.savez(path, **arrays)


def test_a_world_is_read_as_it_was_written(tmp_path: Path) -> None:
    save(tmp_path / "world.npz", dict(SOUND.arrays()))

    assert {name: value.tolist() for name, value in World.read(tmp_path / "world.npz").arrays()} == {
        name: value.tolist() for name, value in SOUND.arrays()
    }


def test_a_file_that_lacks_an_array_or_is_none_is_refused(tmp_path: Path) -> None:
    arrays = dict(SOUND.arrays())
    save(tmp_path / "world.npz", {name: arrays[name] for name in arrays if name != "reach"})
    (tmp_path / "words.npz").write_text("no arrays")

    with pytest.raises(Malformed, match="reach is missing"):
        World.read(tmp_path / "world.npz")
    with pytest.raises(Malformed, match="not a file of arrays"):
        World.read(tmp_path / "words.npz")


def test_a_weight_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="wait is -1"):
        Weights(wait=-1)
