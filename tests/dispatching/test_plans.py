"""What the worker makes of orders that wait: feasible, explained, and an offer only once somebody confirms."""

from __future__ import annotations

import pytest

from baixing.dispatching import actions
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.apart import come_since
from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed
from baixing.orders import actions as orders
from baixing.orders.models import Offer, Order
from baixing.people.actions import give_consent
from baixing.people.models import Consent
from baixing.schedule.models import DaysOff
from baixing.teams.models import Membership, Team
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
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db
R = Proposal.State
TODAY = NINE.date()


def test_a_confirmed_proposal_is_an_offer_that_keeps_its_day_and_may_be_declined(town: Town) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0], 2, 3)
    plan = plan_of(town.institute, shi)
    proposal = proposal_for(plan, order)

    actions.confirm(proposal, by=shi, at=NINE)

    offer = Offer.objects.get(order=order)
    assert (offer.team_id, offer.day, offer.state) == (proposal.team_id, proposal.day, Offer.State.LIVE)
    assert Plan.objects.get(pk=plan.pk).state == Plan.State.DONE
    order = Order.objects.with_nouns().get(pk=order.pk)
    orders.decline(order, town.reason("decline"), by=offer.team.leader, at=NINE)
    again = proposal_for(plan_of(town.institute, shi), order)
    assert again.team_id != proposal.team_id
    assert proposal.team_id not in {choice["team"] for choice in again.choices}


def test_every_plan_keeps_the_rules_of_teams_and_residents(town: Town) -> None:
    made, teams = busy_place(town, dice_of(7))
    DaysOff.objects.create(team=teams[0], first=TODAY + DAY, last=TODAY + 3 * DAY)
    Membership.objects.create(team=teams[1], person=made[0].resident, state="member", at=NINE)
    plan = plan_of(town.institute, dispatcher(town))

    found = list(plan.proposals.exclude(state=R.SHORT).select_related("team", "order"))

    assert len(found) > len(teams)
    for one in found:
        assert one.team
        assert one.day
        wanted = {window.start.date() for window in one.order.windows.all()}
        assert one.day >= TODAY + DAY
        assert one.day in (wanted or {one.day})
        same_day = [other for other in found if (other.team_id, other.day) == (one.team_id, one.day)]
        assert len(same_day) <= one.team.day_capacity
        assert not (one.team == teams[0] and one.day <= TODAY + 3 * DAY)
    assert proposal_for(plan, made[0]).team_id != teams[1].pk


def test_who_refuses_automatic_matching_stands_in_no_plan(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    of_one, of_all, plain = (waiting(town, village) for _ in range(3))
    Order.objects.filter(pk=of_one.pk).update(by_person=True)
    give_consent(of_all.resident, Consent.Kind.BY_PERSON, channel="web", by=of_all.resident, at=NINE)

    plan = plan_of(town.institute, shi)

    assert list(plan.proposals.values_list("order", flat=True)) == [plain.pk]
    with pytest.raises(NotAllowed):
        orders.dispatch(of_all, town.plumbers, by=None, at=NINE)
    orders.dispatch(of_all, town.plumbers, by=town.shi, at=NINE)


def test_where_a_head_lets_it_plans_offer_by_themselves_and_the_journal_says_so(town: Town) -> None:
    order = waiting(town, located(town)[0])
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)

    asked = actions.ask_where_automatic(at=NINE)
    plan = plan_of(town.institute, None)

    assert (asked, plan.proven, plan.state) == (1, True, Plan.State.DONE)
    assert (Offer.objects.get(order=order).offered_by, actions.ask_where_automatic(at=NINE)) == (None, 0)
    assert [line.verb for line in Entry.objects.of(town.institute)][-1] == "switch"
    with pytest.raises(NotAllowed):
        actions.switch(town.institute, on=False, version=1, by=town.wu, at=NINE)


def test_what_changed_since_is_refused_with_words_and_the_rest_goes_through(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    changed, gone, well = (waiting(town, village, 1, 2) for _ in range(3))
    plan = plan_of(town.institute, shi)
    orders.change(changed, words="", address="", windows=[], by=changed.resident, at=NINE)
    orders.withdraw(gone, by=gone.resident, at=NINE)

    offered = counts(actions.confirm_all(plan, by=shi, at=NINE))

    assert come_since(plan) == 1  # the one that was changed waits for another plan
    assert offered == (1, 2)
    assert proposal_for(plan, well).state == R.OFFERED
    assert [bool(proposal_for(plan, one).why) for one in (changed, gone)] == [True, True]


def test_a_team_that_changed_since_is_refused_with_words(town: Town) -> None:
    order, shi = waiting(town, located(town)[0]), dispatcher(town)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    assert proposal.team
    Team.objects.filter(pk=proposal.team.pk).update(on_duty=False)

    why = actions.confirm_or_overtake(proposal, by=shi, at=NINE)

    assert proposal.team.name in why
    assert (proposal_for(proposal.plan, order).state, Offer.objects.filter(order=order).count()) == (R.STALE, 0)


def test_what_is_pinned_stays_in_the_next_plan(town: Town) -> None:
    villages, shi = located(town), dispatcher(town)
    order = waiting(town, villages[0], 1, 2)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    other = proposal.choices[1]["team"]

    actions.change(proposal, other, by=shi, at=NINE)
    again = proposal_for(plan_of(town.institute, shi), order)

    assert (again.team_id, again.pinned, again.plan.pk > proposal.plan_id) == (other, True, True)
    assert [choice["wait"] for choice in again.choices] == [choice["wait"] for choice in proposal.choices[1::-1]]
    assert Plan.objects.get(pk=proposal.plan_id).state == Plan.State.SUPERSEDED


def test_a_shortage_says_what_is_missing(town: Town) -> None:
    order, shi = waiting(town, located(town)[0], 1), dispatcher(town)
    Team.objects.update(day_capacity=1)
    for _ in range(2):
        waiting(town, town.station, 1)
    full = plan_of(town.institute, shi).proposals.get(state=R.SHORT)
    Team.objects.update(on_duty=False)
    nobody = proposal_for(plan_of(town.institute, shi), order)

    assert (full.shortage["code"], full.shortage["teams"]) == ("full", 2)
    assert (nobody.shortage["code"], len(nobody.shortage["nearest"])) == ("nobody", 2)


def test_the_same_inputs_have_the_same_digest_and_others_another(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    waiting(town, village)
    first, second = (plan_of(town.institute, shi).digest for _ in range(2))
    team_at(town, village, "新队")

    assert (first == second, plan_of(town.institute, shi).digest == first) == (True, False)


def test_what_was_only_proposed_goes_ninety_days_after_its_plan_and_offers_stay(town: Town) -> None:
    shi, village = dispatcher(town), located(town)[0]
    first, second = waiting(town, village, 2, 3), waiting(town, village, 4, 5)
    plan = plan_of(town.institute, shi)
    offered, passed = proposal_for(plan, first), proposal_for(plan, second)
    actions.confirm(offered, by=shi, at=NINE)
    newer = plan_of(town.institute, shi)

    gone = [actions.forget_plans(at=NINE + days * DAY) for days in (89, 91)]

    plan.refresh_from_db()
    assert (gone, bytes(plan.certificate), plan.coverage) == ([0, 1], b"", {})
    assert Proposal.objects.filter(pk=offered.pk).exists()
    assert not Proposal.objects.filter(pk=passed.pk).exists()
    assert newer.proposals.count() == 1
