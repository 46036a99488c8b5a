"""What a plan says is what it costs: proof, reasons and prices against reckonings of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baixing.dispatching.actions.making import _solved
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries.choices import Choices
from baixing.dispatching.queries.inputs import Inputs, gather
from baixing.dispatching.queries.practice import first_come
from baixing.dispatching.rules.weights import defaults
from baixing.matching import Match, bill, match, verify
from baixing.network.queries import distance_km
from baixing.orders.models import Offer, Order
from baixing.orders.queries import eligible, fitting
from baixing.schedule.models import DaysOff
from baixing.teams.models import Duty, Membership, Team
from tests.dispatching.stage import busy_place, dice_of, located, waiting
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db


def solved(town: Town, seed: int) -> tuple[Inputs, Match]:
    busy_place(town, dice_of(seed))
    inputs = gather(town.institute, defaults(), 14, NINE)
    return inputs, _solved(inputs)


@pytest.mark.parametrize("seed", range(3))
def test_the_prices_prove_the_plan_and_a_broken_price_does_not(town: Town, seed: int) -> None:
    inputs, found = solved(town, seed)
    broken = replace(found.certificate, order=found.certificate.order + 1)

    assert (found.proven, found.cost == found.bound) == (True, True)
    assert verify(inputs.world, inputs.weights, found)
    assert not verify(inputs.world, inputs.weights, replace(found, certificate=broken))
    assert found.cost <= bill(inputs.world, inputs.weights, *first_come(inputs))[0]


def stretch_by_stretch(inputs: Inputs) -> int:
    """What the plan would cost if each order were tried in one stretch of its days after another."""
    world, tried = inputs.world, dict.fromkeys(range(len(inputs.orders)), 0)
    spans = [inputs.spans[order.pk] for order in inputs.orders]
    for _attempt in range(3):
        own = [(some[tried[n]].first, some[tried[n]].last) for n, some in enumerate(spans)]
        first, last = (np.array([inputs.number(day) for day in some]) for some in zip(*own, strict=True))
        found = match(replace(world, suits=None, first=first, last=last), inputs.weights)
        left = [int(n) for n in np.flatnonzero(found.team < 0) if tried[int(n)] + 1 < len(spans[int(n)])]
        tried |= {n: tried[n] + 1 for n in left}
    return bill(world, inputs.weights, found.team, found.day)[0]


@pytest.mark.parametrize("seed", [0, 2])
def test_all_days_at_once_cost_no_more_than_one_stretch_after_another(town: Town, seed: int) -> None:
    inputs, found = solved(town, seed)

    assert inputs.world.suits is not None
    assert found.cost <= stretch_by_stretch(inputs)


def test_who_has_other_days_makes_way_for_who_has_none(town: Town) -> None:
    """One visit a day; the urgent one would take the only day of the other."""
    village = located(town)[0]
    Team.objects.exclude(pk=town.plumbers.pk).update(on_duty=False)
    Team.objects.update(day_capacity=1)
    both = [waiting(town, village, 1, 5, urgency="urgent"), waiting(town, village, 1)]

    inputs = gather(town.institute, defaults(), 14, NINE)
    found = _solved(inputs)

    assert [inputs.day(day) for day in found.day] == [NINE.date() + 5 * DAY, NINE.date() + DAY]
    assert [order.pk for order in inputs.orders] == [order.pk for order in both]
    assert found.cost < stretch_by_stretch(inputs)


@pytest.mark.parametrize("seed", range(3))
def test_each_price_of_a_change_is_what_the_plan_would_cost_more(town: Town, seed: int) -> None:
    inputs, found = solved(town, seed)
    choices, row = Choices(inputs, found.team, found.day), {team.pk: n for n, team in enumerate(inputs.teams)}
    compared = 0
    for order in np.flatnonzero(found.team >= 0):
        for choice in choices.of(int(order)):
            team, day = found.team.copy(), found.day.copy()
            team[order], day[order] = row[choice.team], inputs.number(as_day(choice.day))
            assert bill(inputs.world, inputs.weights, team, day)[0] - found.cost == choice.extra
            compared += 1

    assert compared > len(inputs.orders)


def test_kilometres_days_and_visits_that_are_quoted_are_true(town: Town) -> None:
    inputs, found = solved(town, 4)
    choices = Choices(inputs, found.team, found.day)
    for n in np.flatnonzero(found.team >= 0):
        order, own = inputs.orders[n], choices.of(int(n))[0]
        team = next(team for team in inputs.teams if team.pk == own.team)
        straight = distance_km(team.home, order.station)
        week = inputs.number(as_day(own.day)) // 7
        visits = sum(found.team[k] == found.team[n] and found.day[k] // 7 == week for k in range(len(found.team)))

        assert abs(own.km - (straight or 0) * 1.3) < 0.3
        assert (own.nth, own.wait >= 0) == (visits, True)


@pytest.mark.parametrize("seed", range(4))
def test_plans_and_desks_know_the_same_teams_that_can_serve(town: Town, seed: int) -> None:
    """One rule, asked for one order or for all: with papers, days off, declines, own teams and full weeks."""
    dice = dice_of(seed)
    made, teams = busy_place(town, dice)
    DaysOff.objects.create(team=dice.choice(teams), first=NINE.date(), last=NINE.date() + 9 * DAY)
    Membership.objects.create(team=dice.choice(teams), person=made[0].resident, state="member", at=NINE)
    said_no = {"team": dice.choice(teams), "offered_by": town.shi, "offered_at": NINE, "due_at": NINE}
    Offer.objects.create(order=made[1], state="declined", round=1, **said_no)
    Duty.objects.create(person=dice.choice(teams).leader, on_duty=False)
    busy = dice.choice(teams)
    Order.objects.filter(pk__in=[one.pk for one in made[6:]]).update(state="offered", team=busy)

    many = fitting(list(Order.objects.filter(state="pending").with_nouns().prefetch_related("windows")), NINE.date())

    for order in made[:6]:
        alone = {one.team.pk for one in eligible(order, NINE.date()) if not one.barriers}
        assert {team.pk for team in many[order.pk]} == alone
