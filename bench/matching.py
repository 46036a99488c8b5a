"""The matching beside raw OR-Tools and HiGHS on the full network.

`.venv/bin/python -m bench.matching [sizes] [seeds]`: of each size (1000,10000,100000) and seed (1,2,3,4,5) a normal
world, a surge (the same orders in half the days) and one where every team goes 150 km. Each is matched from its arrays,
edges included, in a process of its own; then the full network, its arrays ready, is given to OR-Tools in another, and
up to 10,000 orders to HiGHS where highspy is installed. Costs must be equal to the unit. A ratio is of processor times
of one run; peaks are those of the processes. The network of 100,000 orders with 150 km, 72 million arcs, is left out.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from baixing.matching import Weights, World, match, why_not
from baixing.matching.columns import joined
from baixing.matching.commands import main as command
from baixing.matching.edges import arcs, every_edge
from baixing.matching.fees import Fees
from baixing.matching.optimum import room_beside_pins
from baixing.matching.restricted import network
from bench import instances, judge

KINDS = ("normal", "surge", "reach")
MOST, HIGHS = 3_000_000, 10_000  # orders times kilometres of a network that fits; orders that HiGHS is asked for
DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/mcf"
OPTIMA = {"netgen_8_08a.min": 142_274_536, "netgen_8_13a.min": 1_184_953_451}


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(ONE[sys.argv[2]](*_drawn(sys.argv[3:]))))
        return
    sizes, seeds = (
        [int(word) for word in words.split(",")] for words in [*sys.argv[1:], *DEFAULT[len(sys.argv) - 1 :]]
    )
    spent: dict[int, list[float]] = {}
    for size in sizes:
        for kind in KINDS:
            for seed in seeds:
                told = _compared(size, kind, seed)
                spent.setdefault(size, []).append(told)
    least, most = min(sizes), max(sizes)
    if least < most:
        grown = np.log(np.mean(spent[most]) / np.mean(spent[least])) / np.log(most / least)
        print(f"growth from {least} to {most}: exponent {grown:.2f}")
    _flows()


DEFAULT = ("1000,10000,100000", "1,2,3,4,5")


def _compared(size: int, kind: str, seed: int) -> float:
    ours = _one("ours", size, kind, seed)
    said = (
        f"{size} {kind} {seed}: {ours['cost']}, {ours['unserved']} unserved, {ours['seconds']:.2f} s, {ours['mb']} MB"
    )
    for name in _others(size, kind):
        other = _one(name, size, kind, seed)
        assert other["cost"] == ours["cost"], f"{name} says {other['cost']}"
        said += f"; {name} {other['seconds']:.2f} s, {other['mb']} MB, ratio {ours['seconds'] / other['seconds']:.2f}"
    print(said, flush=True)
    return float(ours["seconds"])


def _others(size: int, kind: str) -> Iterator[str]:
    if size * (150 if kind == "reach" else 25) <= MOST:
        yield "raw"
    if size <= HIGHS and importlib.util.find_spec("highspy"):
        yield "highs"


def _one(name: str, size: int, kind: str, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.matching", "--one", name, str(size), kind, str(seed)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told: dict[str, Any] = json.loads(said.splitlines()[-1])  # HiGHS says its name first
    return told


def _drawn(words: list[str]) -> tuple[dict[str, Any], int]:
    size, kind, seed = int(words[0]), words[1], int(words[2])
    normal = max(7, round(size / instances.A_DAY))
    days = max(1, normal // 2) if kind == "surge" else None
    return instances.arrays(size, seed, days, 150.0 if kind == "reach" else None), size


def _ours(arrays: dict[str, Any], _: int) -> dict[str, Any]:
    import scipy.spatial  # noqa: F401 - loaded once in a worker, whatever it matches

    begin = time.process_time()
    world = World.of(arrays)
    found = match(world)
    told = _told(begin, found.cost)
    assert found.proven
    assert not why_not(world, Weights(), found)
    assert judge.cost(arrays, found.team, found.day) == (found.cost, found.unserved)
    return told | {"unserved": found.unserved}


def _told(begin: float, cost: int) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"cost": cost, "seconds": time.process_time() - begin, "mb": peak}


def _full(arrays: dict[str, Any]) -> Any:  # noqa: ANN401 - the network
    world = World.of(arrays)
    fees = Fees.of(world, Weights())
    room = room_beside_pins(fees)
    every = joined([arcs(fees, room, some) for some in every_edge(fees, np.arange(world.orders))])
    return network(every, room, fees.unserved(), fees.weights.fair)


def _raw(arrays: dict[str, Any], _: int) -> dict[str, Any]:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    full = _full(arrays)
    begin = time.process_time()
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(full.tail, full.head, full.capacity, full.cost)
    solver.set_nodes_supplies(np.arange(len(full.supply)), full.supply)
    assert solver.solve() == solver.OPTIMAL
    return _told(begin, solver.optimal_cost())


def _highs(arrays: dict[str, Any], _: int) -> dict[str, Any]:
    import highspy
    from scipy.sparse import csc_array

    full = _full(arrays)
    size = len(full.tail)
    ends = (np.concatenate([full.tail, full.head]), np.tile(np.arange(size), 2))
    balance = csc_array((np.repeat([1.0, -1.0], size), ends), shape=(len(full.supply), size))
    begin = time.process_time()
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = size, len(full.supply)
    program.col_cost_, program.col_lower_ = full.cost.astype(float), np.zeros(size)
    program.col_upper_ = full.capacity.astype(float)
    program.row_lower_ = program.row_upper_ = full.supply.astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = balance.indptr, balance.indices
    program.a_matrix_.value_ = balance.data
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(program)
    solver.run()
    return _told(begin, round(solver.getInfo().objective_function_value))


ONE = {"ours": _ours, "raw": _raw, "highs": _highs}


def _flows() -> None:
    for name, optimum in OPTIMA.items():
        if not (DATA / name).exists():
            print(f"{name} is not in {DATA}: left out")
            continue
        print(f"{name}, of which {optimum} is the optimum:", end=" ", flush=True)
        command(["flow", str(DATA / name)])


if __name__ == "__main__":
    main()
