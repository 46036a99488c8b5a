"""`baixing play`: a world lived through, day by day."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

import numpy as np

from baixing.matching.bill import bill
from baixing.matching.online.crew import Crew
from baixing.matching.online.history import earlier_worlds
from baixing.matching.online.playing import play, without_wishes
from baixing.matching.online.policy import Policy
from baixing.matching.weights import Weights
from baixing.matching.world import World


def add_play(parser: ArgumentParser) -> None:
    parser.add_argument("world", type=Path, metavar="IN.npz")
    parser.add_argument("plan", type=Path, metavar="OUT.npz")
    parser.add_argument("--history", type=Path, metavar="DIR", help="earlier worlds, which it may learn from")
    parser.add_argument("--notice", type=_days, default=0, metavar="DAYS", help="days from a promise to its visit")
    parser.add_argument("--processes", type=_days, default=len(os.sched_getaffinity(0)), help="that think side by side")
    parser.set_defaults(run=_play)


def _days(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("a number from 0 is wanted")
    return int(text)


def _play(chosen: Namespace) -> None:
    world = without_wishes(World.read(chosen.world))
    earlier = earlier_worlds(chosen.history, world) if chosen.history else []
    begin = time.perf_counter()
    with Crew(chosen.processes) as crew:
        policy = Policy.of(world, crew, earlier=earlier, notice=chosen.notice)
        team, day = play(world, policy.promises, chosen.notice)
    seconds = time.perf_counter() - begin
    with chosen.plan.open("wb") as file:
        np.savez_compressed(file, team=team, day=day)
    cost, unserved = bill(world, Weights(), team, day)
    told = {
        "cost": cost, "unserved": unserved, "notice": chosen.notice,
        "earlier": len(earlier), "seconds": round(seconds, 1), "seconds_a_day": round(seconds / world.days, 2),
    }  # fmt: skip
    sys.stdout.write(f"{json.dumps(told)}\n")
