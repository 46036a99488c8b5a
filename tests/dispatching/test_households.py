"""Orders of one household go together where they can; where they cannot, the desk says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from baixing.dispatching import actions
from baixing.dispatching.actions.making import _solved
from baixing.dispatching.models import Proposal
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries import pages
from baixing.dispatching.queries.choices import Choices
from baixing.dispatching.queries.doors import households_of
from baixing.dispatching.queries.inputs import gather
from baixing.dispatching.rules.weights import defaults
from baixing.matching import bill, verify
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.orders import actions as orders
from baixing.orders.models import Offer, Order
from baixing.orders.queries.pages import order_page
from baixing.orders.rules import Standing
from baixing.people.actions import agree, join_household
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Skill, Team
from tests.dispatching.stage import (
    busy_place,
    counts,
    dice_of,
    dispatcher,
    located,
    officer_of,
    plan_of,
    proposal_for,
    team_at,
    waiting,
)
from tests.town import DAY, HOUR, NINE, Town

pytestmark = pytest.mark.django_db


def grandmother_of(order: Order, *days: int) -> Order:
    """Another order from the same door, by somebody who shares the phone."""
    who = join_household("奶奶", None, by=order.resident, at=NINE)
    agree(who, by=who, at=NINE)
    windows = tuple(Slot(NINE + day * DAY, NINE + day * DAY + 3 * HOUR) for day in days)
    wanted = orders.Wanted(who, order.station, order.item, address=order.address, windows=windows)
    placed = orders.place(wanted, by=who, at=NINE)
    orders.admit(placed, urgency="normal", by=officer_of(placed.owner), at=NINE)
    return Order.objects.with_nouns().get(pk=placed.pk)


def quiet_town(town: Town, *, a_day: int = 2) -> tuple[Unit, Team]:
    """One team alone, in the next village."""
    Team.objects.update(on_duty=False)
    villages = located(town)
    return villages[0], team_at(town, villages[1], "邻村队", a_day=a_day)


def said(proposal: Proposal, by: Person) -> list[str]:
    first = pages.detail(proposal, Standing(by, NINE)).best[0]
    return [line.words for line in first.lines if "同一家" in line.words]


def test_one_household_is_one_way_on_a_day_that_suits_both(town: Town) -> None:
    village, team = quiet_town(town)
    one, shi = waiting(town, village, 1, 2), dispatcher(town)
    other = grandmother_of(one, 2, 3)
    plan = plan_of(town.institute, shi)
    proposals = [proposal_for(plan, order) for order in (one, other)]

    assert {(each.team_id, each.day) for each in proposals} == {(team.pk, NINE.date() + 2 * DAY)}
    assert [each.choices[0]["nth"] for each in proposals] == [1, 1]
    for each, order in zip(proposals, (other, one), strict=True):
        assert order.number in said(each, shi)[0]
    assert counts(actions.confirm_all(plan, by=shi, at=NINE)) == (2, 0)
    assert Offer.objects.live().filter(team=team, day=NINE.date() + 2 * DAY).count() == 2
    page = order_page(Order.objects.with_nouns().get(pk=one.pk), Standing(team.leader, NINE))
    own = order_page(Order.objects.with_nouns().get(pk=one.pk), Standing(one.resident, NINE))
    assert (page.beside, own.beside) == ([other], [])


def apart(town: Town, village: Unit, *orders_: Order) -> list[str]:
    plan = plan_of(town.institute, dispatcher(town))
    proposals = [proposal_for(plan, order) for order in orders_]
    assert {each.state for each in proposals} == {Proposal.State.PROPOSED}
    return [each.beside[0]["apart"] for each in proposals]


def test_where_the_days_do_not_meet_each_has_its_own_and_it_is_said(town: Town) -> None:
    village, _team = quiet_town(town)
    one = waiting(town, village, 1)
    other = grandmother_of(one, 4)

    assert apart(town, village, one, other) == ["days", "days"]


def test_a_team_without_room_for_both_takes_each_on_its_day(town: Town) -> None:
    village, _team = quiet_town(town, a_day=1)
    one = waiting(town, village, 1, 2)
    other = grandmother_of(one, 1, 2)

    assert apart(town, village, one, other) == ["full", "full"]
    assert {each.day for each in Proposal.objects.all()} == {NINE.date() + n * DAY for n in (1, 2)}


def test_where_no_team_knows_both_crafts_they_go_apart(town: Town) -> None:
    village, _team = quiet_town(town)
    skill = Skill.objects.create(slug="another", name="另一行")
    item = ServiceItem.objects.get(pk=town.tap_repair.pk)
    item.pk, item.code, item.skill = None, "another", skill
    item.save(force_insert=True)
    team_at(town, village, "另一行").skills.set([skill])
    one = waiting(town, village, 1, 2)
    other = grandmother_of(one, 1, 2)
    Order.objects.filter(pk=other.pk).update(item=item)

    assert apart(town, village, one, other) == ["team", "team"]


def test_what_somebody_has_pinned_stays_and_the_other_says_so(town: Town) -> None:
    village, _team = quiet_town(town)
    one, shi = waiting(town, village, 1, 2), dispatcher(town)
    other = grandmother_of(one, 1, 2)
    actions.pin(proposal_for(plan_of(town.institute, shi), one), by=shi, at=NINE)

    again = proposal_for(plan_of(town.institute, shi), other)

    assert again.beside == [{"order": one.pk, "apart": "pin"}]
    assert "不" in said(again, shi)[0]


def test_who_changes_one_of_them_reads_that_the_other_goes_alone(town: Town) -> None:
    village, _team = quiet_town(town)
    farther = team_at(town, located(town)[3], "远队")
    one, shi = waiting(town, village, 1, 2), dispatcher(town)
    other = grandmother_of(one, 1, 2)
    proposal = proposal_for(plan_of(town.institute, shi), one)
    lines = pages.detail(proposal, Standing(shi, NINE)).best[1].lines

    actions.change(proposal, farther.pk, by=shi, at=NINE)

    assert any(other.number in line.words for line in lines)
    assert "改" in said(proposal_for(proposal.plan, other), shi)[0]


def test_a_household_is_one_phone_at_one_door(town: Town) -> None:
    village, _team = quiet_town(town)
    one, neighbour = waiting(town, village, 1), waiting(town, village, 1)  # at one door, behind two phones
    other = grandmother_of(one, 1)
    moved = grandmother_of(neighbour, 1)
    Order.objects.filter(pk=moved.pk).update(address="别处 1 号")

    found = households_of(list(Order.objects.order_by("pk")))

    assert found == {one.pk: 0, other.pk: 0}


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_with_households_too_the_plan_is_proven_and_each_price_is_true(town: Town, seed: int) -> None:
    made, _teams = busy_place(town, dice_of(seed))
    for order in made[::3]:
        grandmother_of(order, 1, 2, 3, 4, 5)
    inputs = gather(town.institute, defaults(), 14, NINE)
    found = _solved(inputs)
    choices, row = Choices(inputs, found.team, found.day), {team.pk: n for n, team in enumerate(inputs.teams)}
    world, together = inputs.world, 0
    assert world.household is not None

    assert found.proven
    assert verify(world, inputs.weights, found)
    for n in np.flatnonzero((found.team >= 0) & (choices.kin[:, 1] > 1)):
        alone = replace(world, household=np.where(np.arange(world.orders) == n, -1, world.household))
        for choice in choices.of(int(n))[1:]:
            team, day = found.team.copy(), found.day.copy()
            team[n], day[n] = row[choice.team], inputs.number(as_day(choice.day))
            assert bill(alone, inputs.weights, team, day)[0] - found.cost == choice.extra
            together += 1
    by_day = np.zeros((world.teams, world.days), int)
    np.add.at(by_day, (found.team[found.team >= 0], found.day[found.team >= 0]), 1)
    assert (by_day <= world.per_day[:, None]).all()
    assert together > 0
