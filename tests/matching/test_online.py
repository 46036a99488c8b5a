"""A world met day by day: what may be promised, what may be known, and how well it is done."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from baixing.matching import Malformed, Weights, World, match
from baixing.matching.arrays import Ints
from baixing.matching.commands import main
from baixing.matching.online import Broken, Crew, Policy, earlier_worlds, play
from baixing.matching.online.orders import Orders
from baixing.matching.online.playing import Promises
from bench.practice import FirstCome, Myopic
from tests.matching import judge
from tests.matching.worlds import drawn

WEEKS = drawn(21, teams=70, orders=260, days=12)
EARLIER = [drawn(seed, teams=teams, orders=orders, days=9) for seed, teams, orders in ((31, 40, 150), (32, 70, 90))]
ALONE, FEW = Crew(1), 4
Said = list[tuple[int, tuple[float, ...], int, int]]


def policy(world: World, *, notice: int = 0, earlier: list[World] | None = None) -> Policy:
    return Policy.of(world, ALONE, earlier=EARLIER if earlier is None else earlier, notice=notice, most=FEW)


def said(world: World, promises: Promises, until: int, notice: int = 0) -> Said:
    """All that is promised by the evening of this day: when, what kind of order, to whom, for when."""
    told: Said = []

    def heard(seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> tuple[Ints, Ints]:
        team, day = promises(seen, open_, today, by_day, by_week)
        own = seen.only(open_)
        rows = np.column_stack([own.first, own.last, own.item, own.weight, own.place])
        sure = np.flatnonzero(team >= 0)
        told.extend((today, tuple(rows[n].tolist()), int(team[n]), int(day[n])) for n in sure if today <= until)
        return team, day

    play(world, heard, notice)
    return sorted(told)


def otherwise(world: World, after: int) -> World:
    """Another future: other orders, more of them, and all rows in another order."""
    other = drawn(99, teams=1, orders=2 * world.orders, days=world.days)
    kept, come = np.flatnonzero(world.first <= after), np.flatnonzero(other.first > after)
    shuffled = np.random.default_rng(5).permutation(len(kept) + len(come))
    names = ("item", "place", "weight", "first", "last")
    rows: dict[str, Any] = {
        name: np.concatenate([getattr(world, name)[kept], getattr(other, name)[come]])[shuffled] for name in names
    }
    return replace(world, **rows)


def save(path: Path, world: World, **changes: Any) -> None:  # noqa: ANN401 - arrays, as numpy keeps them
    arrays: dict[str, Any] = dict(world.arrays())
    np.savez(path, **{**arrays, **changes})


@pytest.mark.parametrize("notice", [0, 1, 2])
def test_what_is_promised_keeps_the_rules_and_the_notice(notice: int) -> None:
    own = policy(WEEKS, notice=notice)

    team, day = play(WEEKS, own.promises, notice)

    assert judge.cost(WEEKS, Weights(), team.tolist(), day.tolist()) >= match(WEEKS).bound
    assert all(
        when - today >= notice or when == order[1]
        for today, order, _, when in said(WEEKS, own.promises, WEEKS.days, notice)
    )


@pytest.mark.parametrize("after", [0, 5])
def test_another_future_changes_no_promise(after: int) -> None:
    changed = otherwise(WEEKS, after)

    answers = said(WEEKS, policy(WEEKS).promises, after)

    assert len(answers) > 5
    assert said(changed, policy(changed).promises, after) == answers


def test_who_peeks_is_caught_by_that() -> None:
    def peeking(world: World) -> Promises:
        """As if the orders to come had come already."""
        own, ahead = policy(world), Orders.of(world)

        def promises(seen: Orders, open_: Ints, today: int, by_day: Ints, by_week: Ints) -> tuple[Ints, Ints]:
            later = ahead.only(np.flatnonzero(ahead.first > today))
            both = Orders(*(np.concatenate([getattr(one, n) for one in (seen, later)]) for n in vars(seen)))
            return own.promises(both, open_, today, by_day, by_week)

        return promises

    changed = otherwise(WEEKS, 5)

    assert said(changed, peeking(changed), 5) != said(WEEKS, peeking(WEEKS), 5)


def test_processes_think_the_same_together_as_one_alone() -> None:
    small = drawn(8, teams=20, orders=40, days=5)

    with Crew(2) as crew:
        together = said(small, Policy.of(small, crew, earlier=EARLIER, most=FEW).promises, small.days)

    assert together == said(small, policy(small).promises, small.days)


@pytest.mark.parametrize("earlier", [[], EARLIER])
def test_it_does_better_than_today_and_than_a_flow_of_each_morning(earlier: list[World]) -> None:
    def cost(promises: Promises) -> int:
        team, day = play(WEEKS, promises)
        return judge.cost(WEEKS, Weights(), team.tolist(), day.tolist())

    ours = cost(policy(WEEKS, earlier=earlier).promises)

    assert ours < min(cost(FirstCome(WEEKS)), cost(Myopic(WEEKS)))


def test_a_promise_without_notice_breaks_the_play() -> None:
    with pytest.raises(Broken, match="without notice"):
        play(WEEKS, policy(WEEKS).promises, notice=1)


def test_a_world_is_played_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = drawn(8, teams=20, orders=40, days=5)
    (tmp_path / "earlier").mkdir()
    for name, world in (("in", small), ("earlier/one", EARLIER[0])):
        save(tmp_path / f"{name}.npz", world)
    words = ["play", str(tmp_path / "in.npz"), str(tmp_path / "out.npz"), "--notice", "1", "--processes", "1"]

    assert main([*words, "--history", str(tmp_path / "earlier")]) == 0

    plan, told = np.load(tmp_path / "out.npz"), json.loads(capsys.readouterr().out)
    assert told["cost"] == judge.cost(small, Weights(), plan["team"].tolist(), plan["day"].tolist())
    assert (told["earlier"], told["notice"]) == (1, 1)


def test_a_history_that_is_no_world_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"no arrays")
    with pytest.raises(Malformed, match=r"broken\.npz"):
        earlier_worlds(tmp_path, WEEKS)

    save(tmp_path / "broken.npz", EARLIER[0], serves=np.ones((40, 7), bool))
    with pytest.raises(Malformed, match=r"broken\.npz: serves has 7 items, not 3"):
        earlier_worlds(tmp_path, WEEKS)


def test_a_wish_that_no_morning_looks_at_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path / "in.npz", drawn(8, teams=3, orders=3, wishes=frozenset({"asked"})))

    assert main(["play", str(tmp_path / "in.npz"), str(tmp_path / "out.npz")]) == 2
    assert "asked is not played" in capsys.readouterr().err


def test_with_notice_there_is_more_haste_the_fuller_the_teams() -> None:
    noticed, at_once = policy(WEEKS, notice=1), policy(WEEKS)
    law = noticed.lore.law(Orders.of(WEEKS), WEEKS.days - 1, WEEKS.days)

    hastes = [noticed._haste(replace(law, rate=law.rate * part)) for part in (0.01, 0.02, 1000.0, 2000.0)]

    assert hastes[0] < hastes[1] < hastes[2] == hastes[3]
    assert at_once._haste(law) == at_once._haste(replace(law, rate=1.0))
