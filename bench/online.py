"""Orders met day by day: what today's practice, a flow of each morning and the policy cost beside one who knew all.

`.venv/bin/python -m bench.online [--seeds 21,22,23,24,25] [--shapes normal,surge] [--notice 0,1,2] [--orders N]
[--reach KM] [--earlier 3] [--processes 2] [--policy-alone]`. A surge is the same orders in half the days. Costs
are beside the optimum of the full network, without notice, of one who knew all; what he has who knew all but gives
notice is beside it too. Earlier worlds are of other seeds. Prints rows for docs/performance.md: ratios of costs, and
the policy's seconds a day, by the wall.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baixing.matching import World, match
from baixing.matching.online import Crew, Policy, play
from baixing.matching.online.playing import Promises
from bench import instances, judge
from bench.practice import FirstCome, Myopic

EARLIER = 1001  # the seed of the first earlier world
HALF = {"normal": 1, "surge": 2}


@dataclass(frozen=True)
class Row:
    """Ratios to the optimum; today's practice and the morning's flow are 0 where they were not asked."""

    first_come: float
    myopic: float
    ours: float
    bound: float  # of one who knew all, with the notice
    unserved: int
    wall: float

    def __str__(self) -> str:
        costs = self.first_come, self.myopic, self.ours, self.bound
        ratios = " | ".join(f"{one:.3f}" if one else "–" for one in costs)
        return f"{ratios} | {self.unserved:.0f} | {self.wall:.1f}"


def main() -> None:
    chosen = _parser().parse_args()
    print("| shape | notice | seed | first come | flow of the morning | policy | knew all | unserved | s a day |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for shape in chosen.shapes.split(","):
        for notice in _numbers(chosen.notice):
            rows = []
            for seed, row in _rows(chosen, shape, notice):
                print(f"| {shape} | {notice} | {seed} | {row} |", flush=True)
                rows.append(row)
            print(f"| {shape} | {notice} | **mean** | {_mean(rows)} |", flush=True)


def _rows(chosen: argparse.Namespace, shape: str, notice: int) -> Iterator[tuple[int, Row]]:
    days = max(7, round(chosen.orders / instances.A_DAY)) // HALF[shape]
    earlier = [instances.world(chosen.orders, EARLIER + nth, days, chosen.reach) for nth in range(chosen.earlier)]
    with Crew(chosen.processes) as crew:
        for seed in _numbers(chosen.seeds):
            world = instances.world(chosen.orders, seed, days, chosen.reach)
            policy = Policy.of(world, crew, earlier=earlier, notice=notice)
            yield seed, _row(world, policy, with_practice=not chosen.policy_alone)


def _row(world: World, policy: Policy, *, with_practice: bool) -> Row:
    notice, best = policy.notice, match(world).cost
    began = time.perf_counter()
    team, day = play(world, policy.promises, notice)
    wall = time.perf_counter() - began
    cost, unserved = judge.cost(dict(world.arrays()), team, day)
    practice = (_ratio(world, one(world, notice), notice, best) for one in (FirstCome, Myopic) if with_practice)
    first_come, myopic, *_ = [*practice, 0.0, 0.0]
    return Row(first_come, myopic, cost / best, _noticed(world, notice) / best, unserved, wall / world.days)


def _noticed(world: World, notice: int) -> int:
    """What it costs one who knew all, but can promise nothing before the order came, and gives the notice."""
    found = match(replace(world, first=np.minimum(world.first + notice, world.last)))
    return judge.cost(dict(world.arrays()), found.team, found.day)[0]


def _ratio(world: World, promises: Promises, notice: int, best: int) -> float:
    return judge.cost(dict(world.arrays()), *play(world, promises, notice))[0] / best


def _mean(rows: Sequence[Row]) -> Row:
    means = np.mean([list(vars(row).values()) for row in rows], axis=0).tolist()
    return Row(means[0], means[1], means[2], means[3], round(means[4]), means[5])


def _numbers(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="21,22,23,24,25")
    parser.add_argument("--shapes", default="normal,surge")
    parser.add_argument("--notice", default="0,1,2")
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--reach", type=float)
    parser.add_argument("--earlier", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--policy-alone", action="store_true")
    return parser


if __name__ == "__main__":
    main()
