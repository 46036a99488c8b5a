"""Worlds to match on the tree of Baiyin: the tree is real; places, demand and skills are drawn from a seed.

`.venv/bin/python -m bench.instances ORDERS [--seed 1] [--days D] [--reach KM] OUT.npz`. 1,858 teams and 100 items;
kilometres on a flat map. The same seed draws the same world everywhere, in the order in which things are drawn here.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import numpy as np

from baixing.matching import World

TEAMS, ITEMS, FAMILIES, CITY_WIDE, A_DAY = 1858, 100, 10, 130, 357
TREE = Path(__file__).resolve().parent.parent / "baixing/network/data/baiyin.csv"
# of each county: latitude and longitude of its seat, square kilometres, share of the city's people
COUNTIES = {
    "620402": (36.545, 104.174, 1372, 0.30), "620403": (36.728, 104.825, 2106, 0.12),
    "620421": (36.571, 104.677, 5809, 0.22), "620422": (35.693, 105.053, 6439, 0.22),
    "620423": (37.184, 104.063, 5485, 0.14),
}  # fmt: skip
MIDDLE = (36.5, 104.6)
NORTH, EAST = 110.57, 111.32 * np.cos(np.radians(MIDDLE[0]))  # kilometres of a degree
VILLAGE, TOWN, COUNTY, CITY = (8.0, 1, 2), (20.0, 1, 3), (60.0, 2, 5), (150.0, 3, 8)  # reach, visits a day and a week
Array = Any


def world(orders: int, seed: int = 1, days: int | None = None, reach: float | None = None) -> World:
    """`days` of 357 orders each where it is not given; `reach` is every team's."""
    return World.of(arrays(orders, seed, days, reach))


def arrays(orders: int, seed: int = 1, days: int | None = None, reach: float | None = None) -> dict[str, Array]:
    rng = np.random.default_rng(seed)
    towns, villages = _map()
    days = days or max(7, round(orders / A_DAY))
    home, far, per_day, per_week = _teams(rng, towns, villages)
    popular = rng.permutation(1 / np.arange(1, ITEMS + 1) ** 0.7)
    at = rng.choice(len(villages), size=orders, p=villages[:, 2] / villages[:, 2].sum())
    serves = _skills(rng)
    item = rng.choice(ITEMS, size=orders, p=popular / popular.sum())
    place = villages[at, :2] + rng.normal(0, 0.3, (orders, 2))
    weight = rng.choice([1, 2, 3], size=orders, p=[0.7, 0.22, 0.08])
    first = np.sort(rng.integers(0, days, size=orders))
    last = np.minimum(first + rng.integers(2, 11, size=orders), days - 1)
    return {
        "home": home, "reach": np.full(TEAMS, reach) if reach else far, "per_day": per_day, "per_week": per_week,
        "serves": serves, "item": item, "place": place, "weight": weight, "first": first, "last": last,
        "days": np.array(days),
    }  # fmt: skip


def _map() -> tuple[dict[str, Array], Array]:
    """Where towns are, and villages with the weight of their people: the same for all seeds."""
    rng = np.random.default_rng(0)
    towns, urban = {}, {}
    for row in _rows("town"):
        lat, lon, area, _ = COUNTIES[row["parent_code"]]
        urban[row["code"]] = row["name"].endswith("街道")
        if urban[row["code"]]:
            away = rng.normal(0, 2.0, 2)
        else:
            far = np.sqrt(area / np.pi) * np.sqrt(rng.uniform(0.02, 1))
            turn = rng.uniform(0, 2 * np.pi)
            away = np.array([far * np.cos(turn), far * np.sin(turn)])
        towns[row["code"]] = _km(lat, lon) + away
    villages = []
    for row in _rows("village"):
        crowded = urban[row["parent_code"]]
        x, y = towns[row["parent_code"]] + rng.normal(0, 0.8 if crowded else 4.0, 2)
        villages.append((x, y, (6.0 if crowded else 1.0) * rng.lognormal(0, 0.5)))
    return towns, np.array(villages)


def _teams(rng: np.random.Generator, towns: dict[str, Array], villages: Array) -> tuple[Array, Array, Array, Array]:
    """One of each village, six of each town, the rest at the seats of counties, some of them city-wide."""
    home, kind = [village[:2] for village in villages], [VILLAGE] * len(villages)
    for town in towns.values():
        home += [town + rng.normal(0, 0.5, 2) for _ in range(6)]
        kind += [TOWN] * 6
    counties = list(COUNTIES.values())
    people = [share for *_, share in counties]
    for n in range(TEAMS - len(home)):
        everywhere = n < CITY_WIDE
        lat, lon, *_ = counties[0 if everywhere else rng.choice(len(counties), p=people)]
        home.append(_km(lat, lon) + rng.normal(0, 1.5, 2))
        kind.append(CITY if everywhere else COUNTY)
    far, per_day, per_week = (np.array(column) for column in zip(*kind, strict=True))
    return np.array(home), far, per_day, per_week


def _skills(rng: np.random.Generator) -> Array:
    serves = np.zeros((TEAMS, ITEMS), bool)
    size = ITEMS // FAMILIES
    for team in range(TEAMS):
        for family in rng.choice(FAMILIES, size=rng.integers(1, 4), replace=False):
            own = np.arange(family * size, family * size + size)
            serves[team, rng.choice(own, size=rng.integers(1, 6), replace=False)] = True
    return serves


def _km(lat: float, lon: float) -> Array:
    return np.array([(lon - MIDDLE[1]) * EAST, (lat - MIDDLE[0]) * NORTH])


def _rows(kind: str) -> list[dict[str, str]]:
    with TREE.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("orders", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int)
    parser.add_argument("--reach", type=float)
    chosen = parser.parse_args()
    np.savez_compressed(chosen.out, **arrays(chosen.orders, chosen.seed, chosen.days, chosen.reach))


if __name__ == "__main__":
    main()
