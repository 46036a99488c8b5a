"""What a team has promised stays, unless a dispatcher asks; then each change has its own word, and the team its say."""

from __future__ import annotations

import numpy as np
import pytest

from baixing.dispatching import actions
from baixing.dispatching.actions.making import _solved
from baixing.dispatching.actions.offering import offer_proven
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries import pages
from baixing.dispatching.queries.choices import Choices
from baixing.dispatching.queries.inputs import gather
from baixing.dispatching.rules.weights import defaults
from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken
from baixing.matching import bill, verify
from baixing.network.models import Unit
from baixing.notices.models import Notice
from baixing.orders import actions as orders
from baixing.orders.models import Offer, Order
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.schedule.models import DaysOff
from baixing.teams.actions import set_duty
from baixing.teams.models import Team
from tests.dispatching.stage import (
    busy_place,
    counts,
    dice_of,
    dispatcher,
    located,
    plan_of,
    proposal_for,
    team_at,
    waiting,
)
from tests.town import DAY, HOUR, NINE, Town

pytestmark = pytest.mark.django_db
R, S = Proposal.State, Order.State
TODAY = NINE.date()


def far_promise(town: Town, by: Person, *, to: str = "offered", by_hand: bool = False) -> tuple[Order, Team, Team]:
    """An order that was offered to a team far away when no other was there; now there is one next door."""
    Team.objects.update(on_duty=False)
    villages = located(town, 12)
    far, near = team_at(town, villages[12], "远队"), team_at(town, villages[0], "近队")
    order = waiting(town, villages[0], 2)
    orders.dispatch(order, far, by=by, at=NINE, day=None if by_hand else TODAY + 2 * DAY)
    if to != "offered":
        orders.accept(order, by=far.leader, at=NINE)
    if to == "appointed":
        slot = Slot(NINE + 2 * DAY, NINE + 2 * DAY + HOUR)
        orders.appoint(order, slot, volunteers=[far.leader], by=far.leader, at=NINE)
    return Order.objects.with_nouns().get(pk=order.pk), far, near


def moving(unit: Unit, by: Person) -> Plan:
    actions.ask(unit, by=by, at=NINE, moves=True)
    return plan_of(unit, by)


def test_a_promise_stays_unless_somebody_asks_and_then_says_what_a_change_spares(town: Town) -> None:
    shi = dispatcher(town)
    order, far, near = far_promise(town, shi)
    stays = plan_of(town.institute, shi)
    plan = moving(town.institute, shi)

    proposal = proposal_for(plan, order)
    said = pages.detail(proposal, Standing(shi, NINE)).promise

    assert (stays.proposals.count(), plan.moves, proposal.team_id) == (0, True, near.pk)
    assert (proposal.promise["team"], proposal.promise["state"], proposal.promise["lost"]) == (far.pk, "offered", False)
    assert proposal.promise["spares"] > 0
    assert far.name in said[0]
    assert "公里" in said[1]


def test_nothing_of_what_many_confirm_at_once_or_the_clock_offers_changes_a_promise(town: Town) -> None:
    shi = dispatcher(town)
    order, far, _near = far_promise(town, shi)
    plan = moving(town.institute, shi)

    at_once = counts(actions.confirm_all(plan, by=shi, at=NINE))
    by_clock = offer_proven(plan, at=NINE)

    assert (at_once, by_clock) == ((0, 0), 0)
    assert Order.objects.get(pk=order.pk).team_id == far.pk
    with pytest.raises(NotAllowed):
        actions.confirm(proposal_for(plan, order), by=None, at=NINE)


def test_confirmed_the_former_offer_is_taken_back_and_both_teams_are_told(town: Town) -> None:
    shi = dispatcher(town)
    order, far, near = far_promise(town, shi)
    proposal = proposal_for(moving(town.institute, shi), order)

    actions.confirm(proposal, by=shi, at=NINE)

    assert list(Offer.objects.filter(order=order).values_list("team", "state")) == [
        (far.pk, "recalled"),
        (near.pk, "live"),
    ]
    told = {(one.person_id, one.kind) for one in Notice.objects.filter(kind__startswith="team.")}
    assert {(far.leader_id, "team.recalled"), (near.leader_id, "team.offered")} <= told
    assert [line.verb for line in Entry.objects.of(order)][-2:] == ["recall", "dispatch"]


@pytest.mark.parametrize("to", ["accepted", "appointed"])
def test_what_a_team_has_accepted_it_gives_back_itself(town: Town, to: str) -> None:
    shi = dispatcher(town)
    order, far, near = far_promise(town, shi, to=to)
    plan = moving(town.institute, shi)
    with pytest.raises(NotNow):
        actions.confirm(proposal_for(plan, order), by=shi, at=NINE)

    actions.ask_back(proposal_for(plan, order), by=shi, at=NINE)
    with pytest.raises(NotNow):
        actions.confirm(proposal_for(plan, order), by=shi, at=NINE)
    orders.hand_back(_seen(order), town.reason("hand_back"), words="", by=far.leader, at=NINE)
    waits = pages.detail(proposal_for(plan, order), Standing(shi, NINE))
    actions.confirm(proposal_for(plan, order), by=shi, at=NINE)

    asked = Notice.objects.filter(kind="team.asked_back").values_list("person", flat=True)
    assert (list(asked), sorted(waits.powers), _seen(order).team_id) == ([far.leader_id], ["confirm"], near.pk)
    assert Notice.objects.filter(kind="order.handed_back", person=order.resident).exists()
    assert Plan.objects.get(pk=plan.pk).state == Plan.State.DONE


def _seen(order: Order) -> Order:
    return Order.objects.with_nouns().get(pk=order.pk)


def test_a_promise_that_was_answered_since_is_refused_with_words(town: Town) -> None:
    shi = dispatcher(town)
    order, far, _near = far_promise(town, shi)
    proposal = proposal_for(moving(town.institute, shi), order)
    orders.accept(order, by=far.leader, at=NINE)

    why = actions.confirm_or_overtake(proposal, by=shi, at=NINE)

    assert (bool(why), proposal_for(proposal.plan, order).state, _seen(order).state) == (True, R.STALE, S.ACCEPTED)


def test_a_visit_that_has_begun_is_asked_for_no_more(town: Town) -> None:
    shi = dispatcher(town)
    order, *_teams = far_promise(town, shi, to="appointed")
    proposal = proposal_for(moving(town.institute, shi), order)

    with pytest.raises(NotNow):
        actions.ask_back(proposal, by=shi, at=NINE + 2 * DAY)
    orders.hand_back(order, town.reason("hand_back"), words="", by=order.team.leader, at=NINE)  # type: ignore[union-attr]  # it has one
    with pytest.raises((Overtaken, NotNow)):
        actions.ask_back(proposal_for(proposal.plan, order), by=shi, at=NINE)


@pytest.mark.parametrize("why", ["off duty", "day off", "by hand"])
def test_where_a_team_cannot_keep_its_promise_another_is_proposed_and_nobody_else_moves(town: Town, why: str) -> None:
    shi = dispatcher(town)
    order, far, near = far_promise(town, shi, to="accepted", by_hand=why == "by hand")
    other = waiting(town, order.station, 2)
    orders.dispatch(other, near, by=shi, at=NINE, day=TODAY + 2 * DAY)
    if why != "day off":
        set_duty(far, on=False, until=None, by=far.leader, at=NINE)
    else:
        DaysOff.objects.create(team=far, first=TODAY + 2 * DAY, last=TODAY + 2 * DAY)

    plan = plan_of(town.institute, shi)

    proposal = plan.proposals.get()
    assert (proposal.order_id, proposal.team_id, proposal.promise["lost"]) == (order.pk, near.pk, True)
    assert _seen(other).team_id == near.pk


@pytest.mark.parametrize("seed", range(3))
def test_a_plan_that_may_move_promises_is_proven_and_what_it_spares_is_true(town: Town, seed: int) -> None:
    dice = dice_of(seed)
    made, teams = busy_place(town, dice)
    first = plan_of(town.institute, shi := dispatcher(town))
    for proposal in dice.sample(list(first.proposals.open().with_nouns()), 5):
        actions.confirm(proposal, by=shi, at=NINE)
    Team.objects.filter(pk=teams[0].pk).update(day_capacity=2, week_capacity=6)
    inputs = gather(town.institute, defaults() | {"changed": 100}, 14, NINE, moves=True)
    found = _solved(inputs)
    choices, row = Choices(inputs, found.team, found.day), {team.pk: n for n, team in enumerate(inputs.teams)}

    assert len(inputs.promises) > 0
    assert found.proven
    assert verify(inputs.world, inputs.weights, found)
    for n in np.flatnonzero(found.team >= 0):
        for choice in choices.of(int(n)):
            team, day = found.team.copy(), found.day.copy()
            team[n], day[n] = row[choice.team], inputs.number(as_day(choice.day))
            if inputs.orders[n].pk not in inputs.stays:
                assert bill(inputs.world, inputs.weights, team, day)[0] - found.cost == choice.extra
    assert {order.pk for order in made} >= set(inputs.promises)
