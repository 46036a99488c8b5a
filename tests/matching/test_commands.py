"""`baixing match` and `baixing flow`, and what is loaded for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from baixing.matching import Weights, match
from baixing.matching.certificate import Certificate
from baixing.matching.commands import main
from baixing.matching.dimacs import Unreadable, read
from baixing.matching.optimum import Match
from baixing.matching.proof import verify
from tests.matching.worlds import drawn

WORLD = drawn(4, teams=9, orders=30)
FLOW = """c two ways from 1 to 4, the cheap one is narrow; one unit must go by 3
p min 4 5
n 1 4
n 4 -4
a 1 2 0 4 1
a 2 4 0 2 1
a 1 3 1 5 3
a 3 4 0 5 3
a 2 3 0 5 0
"""


def save(path: Path, arrays: dict[str, Any]) -> None:
    np.savez(path, **arrays)


def test_a_world_is_matched_and_the_plan_proves_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in.npz", dict(WORLD.arrays()))

    assert main(["match", str(tmp_path / "in.npz"), str(tmp_path / "out.npz"), "--candidates", "3"]) == 0

    told, plan = json.loads(capsys.readouterr().out), np.load(tmp_path / "out.npz")
    prices = Certificate(plan["order_price"], plan["day_price"], plan["week_price"])
    found = Match(plan["team"], plan["day"], int(plan["cost"]), int(plan["bound"]), told["unserved"], True, prices)
    assert told["proven"]
    assert told["cost"] == told["bound"] == found.cost == match(WORLD).cost
    assert verify(WORLD, Weights(), found)


def test_a_plan_is_pinned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in.npz", dict(WORLD.arrays()))
    some = np.where(np.arange(30) < 15, match(WORLD).team, -1)
    np.savez(tmp_path / "pins.npz", team=some, day=np.where(some < 0, -1, match(WORLD).day))

    main(["match", str(tmp_path / "in.npz"), str(tmp_path / "out.npz"), "--pin", str(tmp_path / "pins.npz")])

    assert json.loads(capsys.readouterr().out)["cost"] == match(WORLD).cost
    assert (np.load(tmp_path / "out.npz")["team"][some >= 0] == some[some >= 0]).all()


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arrays = dict(WORLD.arrays()) | {"item": np.full(30, 99)}
    save(tmp_path / "in.npz", arrays)

    assert main(["match", str(tmp_path / "in.npz"), str(tmp_path / "out.npz")]) == 2
    assert main(["match", str(tmp_path / "none.npz"), str(tmp_path / "out.npz")]) == 2

    first, second = capsys.readouterr().err.splitlines()
    assert first == "item, row 0: 99 is not between 0 and 2"
    assert second.endswith("none.npz: No such file or directory")


def test_a_flow_is_solved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flow.min").write_text(FLOW)

    assert main(["flow", str(tmp_path / "flow.min")]) == 0

    assert capsys.readouterr().out == "14\n"


@pytest.mark.parametrize(
    ("line", "instead", "words"),
    [
        ("p min 4 5", "p max 4 5", "line 2: p min NODES ARCS is wanted"),
        ("p min 4 5", "p min 4 6", "5 arcs where 6 are announced"),
        ("p min 4 5\n", "", "line 2: before the line of the problem"),
        ("n 1 4", "n 1 4\np min 4 5", "line 4: a second problem"),
        ("n 4 -4", "n 5 -4", "line 4: there is no node 5"),
        ("n 4 -4", "n 1 -4", "line 4: node 1 has a supply already"),
        ("a 1 2 0 4 1", "a 1 2 0 4", "line 5: 5 numbers are wanted, 4 are there"),
        ("a 1 2 0 4 1", "a 1 2 0 4 x", "line 5: a whole number is wanted"),
        ("a 1 2 0 4 1", "a 1 2 5 4 1", "line 5: at least 5 and at most 4 cannot flow"),
        ("a 1 2 0 4 1", "b 1 2 0 4 1", "line 5: nothing begins with 'b'"),
        ("a 1 2 0 4 1", "a 1 2 0 4 9999999999999999", "line 5: a number is too large"),
    ],
)
def test_a_flow_that_is_none_is_refused_by_its_line(line: str, instead: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(FLOW.replace(line, instead, 1).splitlines())


def test_a_flow_that_cannot_be_met_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flow.min").write_text(FLOW.replace("a 3 4 0 5 3", "a 3 4 0 1 3"))

    assert main(["flow", str(tmp_path / "flow.min")]) == 2

    assert capsys.readouterr().err == "the flow has no optimum: infeasible\n"


def test_to_import_the_matching_loads_no_solver() -> None:
    looked = "import sys, baixing.matching; print(sorted({'ortools', 'scipy', 'numpy', 'django'} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
