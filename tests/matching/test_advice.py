"""Reasons agree with the numbers that they quote."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from baixing.matching import Match, Team, Weights, World, bill, match, options, shortage, worth
from tests.matching.judge import cost
from tests.matching.worlds import drawn, varied, worlds

WEIGHTS = Weights(unserved=900)


@settings(deadline=None, max_examples=25)
@given(worlds(teams=8, orders=20))
def test_what_the_chosen_team_costs_is_what_it_saves_to_leave_the_order(world: World) -> None:
    found = match(world, WEIGHTS)
    for order in np.flatnonzero(found.team >= 0)[:5]:
        chosen = options(world, WEIGHTS, found, int(order))[0]
        without = np.where(np.arange(world.orders) == order, -1, found.team)

        left = cost(world, WEIGHTS, without.tolist(), found.day.tolist())
        promised = world.promised_team is not None and world.promised_team[order] >= 0
        unserved = WEIGHTS.unserved * int(world.weight[order]) + WEIGHTS.changed * promised
        assert (chosen.team, chosen.day, chosen.chosen) == (found.team[order], found.day[order], True)
        assert found.cost - (left - unserved) == chosen.points


@settings(deadline=None, max_examples=25)
@given(worlds(teams=8, orders=20))
def test_no_option_is_better_than_the_chosen_one(world: World) -> None:
    found = match(world, WEIGHTS)
    for order in np.flatnonzero(found.team >= 0)[:5]:
        first, *others = options(world, WEIGHTS, found, int(order))

        assert [other for other in others if other.points + other.others < first.points - WEIGHTS.fair] == []
        _agrees(world, found, int(order))


def _agrees(world: World, found: Match, order: int) -> None:
    for option in options(world, WEIGHTS, found, order):
        apart = np.hypot(*(world.place[order] - world.home[option.team])) * WEIGHTS.road
        assert option.km == apart
        assert option.waited == option.day - world.first[order]
        parts = option.km * WEIGHTS.km + option.waited * WEIGHTS.wait * world.weight[order]
        wishes = (WEIGHTS.changed, WEIGHTS.stranger, WEIGHTS.tongue)
        kept = (option.changed, option.stranger, option.tongue)
        rest = sum(wish for wish, holds in zip(wishes, kept, strict=True) if holds) + WEIGHTS.fair * (option.nth - 1)
        assert option.points == np.rint(parts) + rest


def test_what_stands_in_the_way_is_told_of_the_nearest() -> None:
    sound = varied(
        drawn(1, teams=6, orders=1), serves=np.ones((6, 3)), reach=np.array([2.0, 99, 99, 99, 99, 99]),
        home=np.arange(12).reshape(6, 2), place=np.zeros((1, 2)), per_day=np.ones(6), per_week=np.ones(6),
        first=np.zeros(1), last=np.ones(1), off=np.arange(6)[:, None] * np.ones((1, 9)) == 1,
        holds_until=np.where(np.arange(6)[:, None] == 2, -1, np.full((6, 3), 8)), hands=np.array([2, 2, 2, 1, 2, 2]),
        people=np.array([2]), forbidden=np.array([[0, 4]]),
        booked_week=np.where(np.arange(6)[:, None] == 5, 1, np.zeros((6, 2))),
    )  # fmt: skip
    near = varied(sound, reach=np.where(np.arange(6) == 0, 0.5, 99))

    told = [obstacle.why for obstacle in shortage(near, 0, match(near), n=6)]

    assert told == ["reach", "off", "licence", "hands", "forbidden", "full"]


@settings(deadline=None, max_examples=25)
@given(worlds(teams=6, orders=20))
def test_a_team_more_brings_no_more_than_it_is_worth(world: World) -> None:
    plain = drawn(3, teams=world.teams, orders=world.orders)
    found = match(plain, WEIGHTS)
    team = Team(np.array([5.0, 5.0]), 13.0, np.array([True, True, False]), per_day=2, per_week=3)
    wider = varied(
        plain, home=np.vstack([plain.home, team.home]), reach=np.append(plain.reach, team.reach),
        per_day=np.append(plain.per_day, 2), per_week=np.append(plain.per_week, 3),
        serves=np.vstack([plain.serves, team.serves]),
    )  # fmt: skip

    better = match(wider, WEIGHTS)

    assert 0 <= found.cost - better.cost <= worth(plain, WEIGHTS, found, team)
    assert bill(wider, WEIGHTS, better.team, better.day)[0] == better.cost
