"""Whether arrays are a world: shapes, kinds of number, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from baixing.matching.arrays import Flags, Numbers

# rows are counted in teams (M), orders (N), items (S), days (D), weeks (W), languages (L) and pairs (K)
SHAPES = {
    "home": "M2", "reach": "M", "per_day": "M", "per_week": "M", "serves": "MS",
    "item": "N", "place": "N2", "weight": "N", "first": "N", "last": "N",
    "suits": "ND", "off": "MD", "holds_until": "MS", "hands": "M", "people": "N", "speaks": "ML", "language": "N",
    "household": "N",
    "asked": "N", "forbidden": "K2", "promised_team": "N", "promised_day": "N", "pinned": "N",
    "booked_day": "MD", "booked_week": "MW",
}  # fmt: skip
REAL, YES_OR_NO = {"home", "reach", "place"}, {"serves", "suits", "off", "speaks", "pinned"}
FARTHEST = 50_000.0  # km
MOST = 10**6  # of anything that is counted
LONGEST = 10_000  # days
# the least and, where it is not MOST, the greatest value; a letter is the number of those rows, less one
RANGES: dict[str, tuple[int, str]] = {
    "item": (0, "S"), "weight": (1, ""), "first": (0, "D"), "last": (0, "D"), "per_day": (0, ""), "per_week": (0, ""),
    "holds_until": (-1, ""), "hands": (0, ""), "people": (0, ""), "language": (-1, "L"), "household": (-1, ""),
    "asked": (-1, "M"), "promised_team": (-1, "M"), "promised_day": (-1, "D"), "booked_day": (0, ""),
    "booked_week": (0, ""),
}  # fmt: skip

NEEDS = (
    ("people", "hands"), ("language", "speaks"), ("pinned", "promised_team"),
    ("promised_team", "promised_day"), ("promised_day", "promised_team"),
)  # fmt: skip


class Malformed(ValueError):
    """These arrays are no world; `array` and `row` say where."""

    def __init__(self, words: str, array: str = "", row: int | None = None) -> None:
        super().__init__(words)
        self.array, self.row = array, row


def sound(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The same arrays in the kinds of number they are meant to be, or `Malformed`."""
    _together(given)
    sizes = {"2": 2, "D": _days(given["days"])}
    sizes["W"] = sizes["D"] // 7 + 1
    kept: dict[str, Any] = {name: _array(name, given[name], sizes) for name in SHAPES if given[name] is not None}
    kept["days"] = sizes["D"]
    for name, (least, letter) in RANGES.items():
        if name in kept:
            _within(name, kept[name], least, sizes[letter] - 1 if letter else MOST)
    _real(kept)
    _between(kept, sizes)
    yield from kept.items()


def _together(given: Mapping[str, Any]) -> None:
    for one, other in NEEDS:
        if given[one] is not None and given[other] is None:
            raise Malformed(f"{one} is given without {other}", one)


def _days(value: Any) -> int:  # noqa: ANN401 - whatever numpy gave
    found = np.asarray(value)
    if found.shape not in {(), (1,)} or found.dtype.kind not in "iu" or not 1 <= int(found.item()) <= LONGEST:
        raise Malformed(f"days is {value!r}: a number of days from 1 to {LONGEST} is wanted", "days")
    return int(found.item())


def _array(name: str, value: Any, sizes: dict[str, int]) -> Numbers:  # noqa: ANN401 - whatever numpy gave
    found = np.asarray(value)
    if found.ndim != len(SHAPES[name]):
        raise Malformed(f"{name} has {found.ndim} dimensions, not {len(SHAPES[name])}", name)
    for letter, size in zip(SHAPES[name], found.shape, strict=True):
        if sizes.setdefault(letter, size) != size:
            raise Malformed(f"{name} is {size} long where the rest have {sizes[letter]} ({letter})", name)
    return _of_its_kind(name, found)


def _of_its_kind(name: str, found: Numbers) -> Numbers:
    if found.dtype.kind not in "biuf":
        raise Malformed(f"{name} holds {found.dtype}, not numbers", name)
    if name in REAL:
        return found.astype(np.float64)
    _refuse(name, found, ~np.isfinite(found), "is no number")
    if name in YES_OR_NO:
        _refuse(name, found, (found != 0) & (found != 1), "is neither yes nor no")
        return found.astype(np.bool_)
    _refuse(name, found, (found != np.rint(found)) | (np.abs(found.astype(np.float64)) > 2**62), "is no whole number")
    return found.astype(np.int64)


def _within(name: str, found: Numbers, least: int, most: int) -> None:
    _refuse(name, found, (found < least) | (found > most), f"is not between {least} and {most}")


def _real(kept: Mapping[str, Any]) -> None:
    for name in ("home", "place", "reach"):
        _refuse(name, kept[name], ~(np.abs(kept[name]) <= FARTHEST), "is no number of kilometres")
    _refuse("reach", kept["reach"], kept["reach"] < 0, "is no distance")


def _between(kept: Mapping[str, Any], sizes: dict[str, int]) -> None:
    _refuse("last", kept["last"], kept["last"] < kept["first"], "is before its first day")
    if "forbidden" in kept:
        pairs = kept["forbidden"]
        wrong = (pairs < 0) | (pairs >= (sizes["N"], sizes["M"]))
        _refuse("forbidden", pairs, wrong, "is no order and team of this world")
    if "promised_day" in kept:
        _promises(kept)
    if "household" in kept:
        _households(kept)


def _promises(kept: Mapping[str, Any]) -> None:
    team, day = kept["promised_team"], kept["promised_day"]
    _refuse("promised_day", day, (team < 0) != (day < 0), "does not go with the promised team")
    if "pinned" in kept:
        _refuse("pinned", kept["pinned"], kept["pinned"] & (team < 0), "is pinned, and nothing is promised")


def _households(kept: Mapping[str, Any]) -> None:
    """One household lives at one place."""
    own = np.flatnonzero(kept["household"] >= 0)
    _, one, which = np.unique(kept["household"][own], return_index=True, return_inverse=True)
    elsewhere = np.zeros(len(kept["household"]), bool)
    elsewhere[own] = (kept["place"][own] != kept["place"][own][one][which]).any(axis=1)
    _refuse("household", kept["household"], elsewhere, "is served at two places")


def _refuse(name: str, found: Numbers, wrong: Flags, why: str) -> None:
    if wrong.any():
        row = tuple(int(n) for n in np.argwhere(wrong)[0])
        value = found[row].item()
        raise Malformed(f"{name}, row {', '.join(map(str, row))}: {value} {why}", name, row[0])
