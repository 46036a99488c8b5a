"""A team that speaks as the resident would like is worth some kilometres, and the desk says in words how it is."""

from __future__ import annotations

from datetime import date

import pytest

from baixing.dispatching.actions.reckoning import sides
from baixing.dispatching.models import Proposal, WhatIf
from baixing.dispatching.queries import pages
from baixing.dispatching.queries.demand import demand
from baixing.dispatching.queries.inputs import gather
from baixing.dispatching.queries.months import Month
from baixing.dispatching.rules.changes import Changes
from baixing.dispatching.rules.weights import defaults
from baixing.matching import match
from baixing.network.models import Unit
from baixing.orders import actions as orders
from baixing.orders.models import Order
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.teams.models import Team
from tests.dispatching.stage import dispatcher, located, plan_of, proposal_for, team_at, waiting
from tests.town import NINE, Town

pytestmark = pytest.mark.django_db
OURS = "陇中方言"


def asking(town: Town, village: Unit, speech: str = OURS) -> Order:
    order = waiting(town, village, 1, 2)
    orders.change(order, words="", address="", windows=[], speech=speech, by=order.resident, at=NINE)
    return Order.objects.with_nouns().get(pk=order.pk)


def near_and_far(town: Town) -> tuple[Unit, Team, Team]:
    """In one village a team, and some kilometres away another that speaks as people there do."""
    Team.objects.update(on_duty=False)
    villages = located(town)
    near, far = team_at(town, villages[0], "近队"), team_at(town, villages[1], "远队")
    Team.objects.filter(pk=far.pk).update(speaks=f"普通话 {OURS}")
    return villages[0], near, far


def said(proposal: Proposal, by: Person) -> dict[int, list[str]]:
    found = pages.detail(proposal, Standing(by, NINE))
    return {one.team.pk: [line.words for line in one.lines if OURS in line.words] for one in found.best}


def test_who_speaks_so_goes_though_farther_and_the_reasons_say_it_of_both(town: Town) -> None:
    village, near, far = near_and_far(town)
    order, shi = asking(town, village), dispatcher(town)

    proposal = proposal_for(plan_of(town.institute, shi), order)

    assert proposal.team_id == far.pk
    assert said(proposal, shi) == {far.pk: [f"会说{OURS}"], near.pk: [f"没有说过会{OURS}"]}


def test_where_a_city_gives_it_no_weight_or_nobody_asks_the_near_one_goes(town: Town) -> None:
    village, near, _far = near_and_far(town)
    order, shi, plain = asking(town, village), dispatcher(town), waiting(town, village, 1, 2)
    plan = plan_of(town.institute, shi)
    by_default = proposal_for(plan, plain)
    none = gather(town.institute, defaults() | {"tongue": 0}, 14, NINE)

    assert (by_default.team_id, by_default.choices[0]["speaks"]) == (near.pk, None)
    assert (none.weights.tongue, none.world.language is not None) == (0, True)
    assert said(by_default, shi)[near.pk] == []
    assert proposal_for(plan, order).team_id != near.pk


def test_another_wish_overtakes_the_plan_and_a_plan_asked_for_long_ago_is_still_made(town: Town) -> None:
    village, *_teams = near_and_far(town)
    order, shi = asking(town, village), dispatcher(town)
    plan = plan_of(town.institute, shi)
    orders.change(order, words="", address="", windows=[], speech="藏语", by=order.resident, at=NINE)

    row = pages.rows([proposal_for(plan, order)], NINE)[0]
    old = {name: value for name, value in defaults().items() if name != "tongue"}

    assert row.overtaken
    assert gather(town.institute, old, 14, NINE).weights.tongue == 100


def test_a_what_if_knows_who_speaks_so_and_what_another_weight_would_change(town: Town) -> None:
    village, near, far = near_and_far(town)
    asking(town, village)
    march, changes = date(2026, 3, 1), Changes(weights={"tongue": 0})
    asked = WhatIf(unit=town.institute, month=march, changes=changes.told(), policy=defaults())

    both = sides(asked, Month(demand(town.institute, march), march, 1), NINE)

    going = [side.crews[int(match(side.world, side.weights).team[0])].team for side in both]
    assert going == [far.pk, near.pk]
