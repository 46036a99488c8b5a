"""Small worlds, drawn by hypothesis or from a seed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from baixing.matching import World

WISHES = ("off", "holds_until", "hands", "speaks", "asked", "forbidden", "promised", "booked", "suits")


def drawn(seed: int, *, teams: int, orders: int, days: int = 9, wishes: frozenset[str] = frozenset()) -> World:
    """On a grid of half kilometres, so that sums end in halves and rounding matters."""
    rng = np.random.default_rng(seed)
    items = 3
    first = rng.integers(0, days, orders)
    plain: dict[str, Any] = {
        "home": rng.integers(0, 20, (teams, 2)) / 2, "reach": rng.choice([3.0, 6.5, 13.0], teams),
        "per_day": rng.integers(0, 3, teams), "per_week": rng.integers(1, 4, teams),
        "serves": rng.random((teams, items)) < 0.7, "item": rng.integers(0, items, orders),
        "place": rng.integers(0, 20, (orders, 2)) / 2, "weight": rng.integers(1, 4, orders), "first": first,
        "last": np.minimum(first + rng.integers(0, 5, orders), days - 1), "days": days,
    }  # fmt: skip
    asked: dict[str, dict[str, Any]] = {
        "off": {"off": rng.random((teams, days)) < 0.2},
        "holds_until": {"holds_until": rng.integers(-1, days, (teams, items))},
        "hands": {"hands": rng.integers(1, 3, teams), "people": rng.integers(0, 3, orders)},
        "speaks": {"speaks": rng.random((teams, 2)) < 0.5, "language": rng.integers(-1, 2, orders)},
        "asked": {"asked": rng.integers(-1, teams, orders)},
        "forbidden": {
            "forbidden": np.stack([rng.integers(0, max(orders, 1), 3), rng.integers(0, max(teams, 1), 3)], axis=1)
        },
        "booked": {"booked_day": rng.integers(0, 2, (teams, days))},
        "promised": _promised(rng, teams, orders, days),
        "suits": {"suits": rng.random((orders, days)) < 0.6},
    }
    return World(**plain, **{name: value for wish in sorted(wishes) for name, value in asked[wish].items()})


def _promised(rng: np.random.Generator, teams: int, orders: int, days: int) -> dict[str, Any]:
    some = rng.random(orders) < 0.5
    return {
        "promised_team": np.where(some, rng.integers(0, max(teams, 1), orders), -1),
        "promised_day": np.where(some, rng.integers(0, days, orders), -1),
    }


def varied(world: World, **changes: Any) -> World:  # noqa: ANN401 - whatever the world makes of it
    return replace(world, **changes)


def worlds(teams: int, orders: int) -> st.SearchStrategy[World]:
    return st.builds(
        drawn, st.integers(0, 2**32), teams=st.integers(1, teams), orders=st.integers(1, orders),
        wishes=st.frozensets(st.sampled_from(WISHES)),
    )  # fmt: skip
