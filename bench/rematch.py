"""A hundred changes to a plan of 10,000 orders, half of them accepted.

`.venv/bin/python -m bench.rematch [rounds]`: sixty new orders, ten of them urgent today, 38 declines and two teams that
are ill. The time is from the changed world to the new plan; beside it a full matching of the same world with the same
pins.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np

from baixing.matching import Match, Standing, Weights, World, bill, match
from bench import instances

ORDERS, NEW, URGENT, DECLINES, ILL = 10_000, 60, 10, 38, 2
WEIGHTS = Weights(changed=0)
OF_ORDERS = ("item", "place", "weight", "first", "last")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    told = [_round(seed) for seed in range(1, rounds + 1)]
    for seed, (seconds, gap, moved) in enumerate(told, start=1):
        print(f"seed {seed}: {seconds * 1000:.0f} ms, {gap:+.4%} over a full matching, {moved} accepted promises moved")
    print(f"median {median(seconds for seconds, *_ in told) * 1000:.0f} ms")


def _round(seed: int) -> tuple[float, float, int]:
    rng = np.random.default_rng(seed)
    arrays = instances.arrays(ORDERS + NEW, seed)
    late = np.isin(np.arange(ORDERS + NEW), rng.choice(ORDERS + NEW, NEW, replace=False))
    plain = World.of(arrays | {name: arrays[name][~late] for name in OF_ORDERS})
    plan = match(plain, WEIGHTS)
    accepted = (rng.random(ORDERS) < 0.5) & (plan.team >= 0)  # noqa: PLR2004 - half
    before = replace(plain, promised_team=plan.team, promised_day=plan.day, pinned=accepted)
    standing = Standing.of(before, WEIGHTS, match(before, WEIGHTS))
    changes = _changes(rng, before, plan, {name: arrays[name][late] for name in OF_ORDERS})
    begin = time.perf_counter()
    now = replace(before, **changes)
    found = standing.rematch(now)
    seconds = time.perf_counter() - begin
    assert bill(now, WEIGHTS, found.team, found.day) == (found.cost, found.unserved)
    pinned = changes["pinned"]
    moved = (found.team != changes["promised_team"]) | (found.day != changes["promised_day"])
    return seconds, found.cost / match(now, WEIGHTS).cost - 1, int((moved & pinned).sum())


def _changes(rng: np.random.Generator, world: World, plan: Match, new: dict[str, Any]) -> dict[str, Any]:
    new["weight"][-URGENT:], new["last"][-URGENT:] = 3, new["first"][-URGENT:]
    grown = {name: np.concatenate([getattr(world, name), new[name]]) for name in OF_ORDERS}
    free = np.flatnonzero(~world.pinned & (plan.team >= 0)) if world.pinned is not None else np.zeros(0, int)
    ill = rng.choice(np.unique(plan.team[free]), ILL, replace=False)
    off = np.isin(np.arange(world.teams), ill)[:, None] & np.ones((1, world.days), bool)
    declined = rng.choice(free, DECLINES, replace=False)
    team, day = np.append(plan.team, np.full(NEW, -1)), np.append(plan.day, np.full(NEW, -1))
    pinned = np.append(np.asarray(world.pinned), np.zeros(NEW, bool)) & ~np.isin(team, ill)
    return grown | {
        "promised_team": team, "promised_day": day, "pinned": pinned, "off": off,
        "forbidden": np.stack([declined, plan.team[declined]], axis=1),
    }  # fmt: skip


if __name__ == "__main__":
    main()
