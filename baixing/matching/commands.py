"""`baixing match`, `baixing play` and `baixing flow`: files in, files out, no database."""

from __future__ import annotations

import json
import resource
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from baixing.matching.dimacs import Unreadable, cheapest, read
from baixing.matching.flow import Unsolved
from baixing.matching.online.commands import add_play
from baixing.matching.optimum import CANDIDATES, Match, match
from baixing.matching.soundness import Malformed
from baixing.matching.world import World, arrays_of

CANNOT = 2


def main(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    run: Callable[[Namespace], None] = chosen.run
    try:
        run(chosen)
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}")
    except (Malformed, Unreadable, Unsolved) as error:
        return _refuse(str(error))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="baixing")
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("match", help="the plan of the least cost for teams and orders, with its proof")
    one.add_argument("world", type=Path, metavar="IN.npz")
    one.add_argument("plan", type=Path, metavar="OUT.npz")
    one.add_argument("--candidates", type=_some, default=CANDIDATES, help="teams of an order that are looked at first")
    one.add_argument("--pin", type=Path, metavar="PLAN.npz", help="a plan whose visits may not move")
    one.set_defaults(run=_match)
    add_play(commands.add_parser("play", help="orders as they come, day by day: who is promised, and who waits"))
    other = commands.add_parser("flow", help="the least cost of a flow in DIMACS form")
    other.add_argument("problem", type=Path, metavar="FILE.min")
    other.set_defaults(run=_flow)
    return parser


def _some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("a number from 1 is wanted")
    return int(text)


def _match(chosen: Namespace) -> None:
    begin = time.perf_counter()
    world = World.read(chosen.world)
    if chosen.pin:
        world = _pinned(world, chosen.pin)
    found = match(world, candidates=chosen.candidates)
    _write(chosen.plan, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "cost": found.cost, "bound": found.bound, "unserved": found.unserved, "proven": found.proven,
        "seconds": round(time.perf_counter() - begin, 3), "peak_mb": round(peak / 1024),
    }  # fmt: skip
    _say(json.dumps(told))


def _pinned(world: World, path: Path) -> World:
    plan = arrays_of(path)
    if missing := {"team", "day"} - plan.keys():
        raise Malformed(f"{path}: {min(missing)} is missing")
    return replace(world, promised_team=plan["team"], promised_day=plan["day"], pinned=plan["team"] >= 0)


def _write(path: Path, found: Match) -> None:
    prices = found.certificate
    with path.open("wb") as file:
        np.savez_compressed(
            file, team=found.team, day=found.day, cost=found.cost, bound=found.bound,
            order_price=prices.order, day_price=prices.day, week_price=prices.week,
        )  # fmt: skip


def _flow(chosen: Namespace) -> None:
    with chosen.problem.open(encoding="ascii", errors="replace") as lines:
        _say(str(cheapest(read(lines))))


def _refuse(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return CANNOT


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
