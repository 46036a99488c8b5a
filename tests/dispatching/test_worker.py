"""What the worker keeps to: pins one by one, days that an item needs, and no plan that kills it for ever."""

from __future__ import annotations

import sys
from datetime import timedelta
from unittest.mock import patch

import pytest

from baixing.dispatching import actions
from baixing.dispatching.actions import making, queueing, reckoning
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries import pages
from baixing.dispatching.rules.changes import Changes, More
from baixing.matching import Match, Weights, World, match
from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit
from baixing.network.models import Unit
from baixing.operations.management.commands import tick
from baixing.orders.models import Offer
from baixing.orders.queries import fitting
from baixing.orders.rules import Standing
from baixing.schedule.models import DaysOff
from baixing.teams.models import Licence, LicenceKind, Team
from tests.dispatching.stage import dispatcher, located, plan_of, proposal_for, team_at, waiting
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db
TODAY = NINE.date()


class Killed(BaseException):
    """As `kill -9` leaves it: nothing runs any more, not even what tidies up."""


def test_a_plan_over_which_workers_die_is_given_up_and_until_then_the_desk_says_that_it_takes_long(town: Town) -> None:
    located(town)
    shi, at = dispatcher(town), NINE
    plan, late = actions.ask(town.institute, by=shi, at=NINE), []
    for _ in range(queueing.TRIES):
        late.append(pages.desk(town.institute, Standing(shi, at)).late)
        with patch.object(making, "_make", side_effect=Killed), pytest.raises(Killed):
            making.work(lambda: at)  # noqa: B023 - asked at once
        assert not making.work(lambda: at)  # noqa: B023 - nobody else takes it up while it may be alive
        at += queueing.LEASE + timedelta(seconds=1)

    assert making.work(lambda: at)
    plan.refresh_from_db()
    assert (plan.state, late) == (Plan.State.FAILED, [False, True, True])


def test_a_pin_that_cannot_be_any_more_takes_no_other_with_it(town: Town) -> None:
    shi, village = dispatcher(town), located(town)[0]
    team_at(town, village, "三队")
    first, second = waiting(town, village, 1, 2, 3), waiting(town, village, 1, 2, 3)
    plan = plan_of(town.institute, shi)
    for order, choice in ((first, 1), (second, 2)):
        proposal = proposal_for(plan, order)
        actions.change(proposal, proposal.choices[choice]["team"], by=shi, at=NINE)
    gone, stays = proposal_for(plan, first), proposal_for(plan, second)
    assert gone.team
    assert gone.day
    DaysOff.objects.create(team=gone.team, first=gone.day, last=gone.day)

    again = plan_of(town.institute, shi)

    assert not proposal_for(again, first).pinned
    kept = proposal_for(again, second)
    assert (kept.pinned, kept.team_id, kept.day) == (True, stays.team_id, stays.day)


def test_a_pin_of_a_day_that_is_over_is_none(town: Town) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0], 1, 2, 3)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    actions.change(proposal, proposal.choices[1]["team"], by=shi, at=NINE)

    again = proposal_for(plan_of(town.institute, shi, NINE + 2 * DAY), order)

    assert (again.pinned, again.day) == (False, TODAY + 3 * DAY)


def test_nobody_comes_before_what_the_item_needs_beforehand(town: Town) -> None:
    shi, _order = dispatcher(town), waiting(town, located(town)[0])
    ServiceItem.objects.update(lead_days=30)

    plan = plan_of(town.institute, shi)

    assert (plan.proposals.count(), plan.parts["later"]) == (0, 1)


def test_days_waited_are_reckoned_from_the_first_that_suits_though_nobody_could_come_then(town: Town) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0], 1, 4)
    DaysOff.objects.bulk_create(DaysOff(team=team, first=TODAY + DAY, last=TODAY + DAY) for team in Team.objects.all())

    proposal = proposal_for(plan_of(town.institute, shi), order)

    assert (proposal.day, proposal.choices[0]["wait"]) == (TODAY + 4 * DAY, 3)


def test_no_kilometres_are_told_of_places_that_nobody_has_measured(town: Town) -> None:
    shi = dispatcher(town)
    Team.objects.update(reach=Team.Reach.VILLAGE)
    Team.objects.exclude(pk=town.plumbers.pk).update(on_duty=False)
    village = add_unit(Unit.Kind.STATION, "远村", town.institute, by=None, at=NINE)
    order = waiting(town, village, 1, 2)
    proposal = proposal_for(plan_of(town.institute, shi), order)

    said = pages.detail(proposal, Standing(shi, NINE)).shortage

    assert any("可借调" in line for line in said)
    assert not [line for line in said if "公里" in line]


def test_no_team_is_borrowed_or_trained_in_vain_and_a_missing_licence_is_named(town: Town) -> None:
    villages, shi = located(town, 6), dispatcher(town)
    kind = LicenceKind.objects.create(slug="k", name="电工证")
    ServiceItem.objects.update(licence=kind)
    Team.objects.update(on_duty=False)
    order = waiting(town, villages[0], 1, 2)
    near, far, farther = (team_at(town, villages[n], name) for n, name in ((1, "近队"), (3, "远队"), (5, "更远队")))
    Team.objects.filter(pk__in=(near.pk, far.pk, farther.pk)).update(reach=Team.Reach.VILLAGE)
    said_no = {"team": near, "offered_by": shi, "offered_at": NINE, "due_at": NINE}
    Offer.objects.create(order=order, state="declined", round=1, **said_no)

    lacking = proposal_for(plan_of(town.institute, shi), order)
    words = pages.detail(lacking, Standing(shi, NINE)).shortage
    Licence.objects.create(team=farther, kind=kind, valid_from=TODAY, valid_until=TODAY + DAY)
    holding = proposal_for(plan_of(town.institute, shi), order).shortage["borrow"]

    assert [(one["team"], one.get("needs")) for one in (*lacking.shortage["borrow"], *holding)] == [
        (far.pk, True),
        (farther.pk, None),
    ]
    assert [line for line in words if "可借调" in line and "远队" in line and "电工证" in line]


def test_a_plan_asked_for_while_a_what_if_is_reckoned_waits_for_one_step_of_it(town: Town) -> None:
    shi, village = dispatcher(town), located(town)[0]
    waiting(town, village, 1, 2)
    more = More(town.tap_repair.skill_id, town.institute.pk, 2, 2, 6)
    what_if = actions.ask_what_if(town.institute, TODAY.replace(day=1), Changes(more=(more,)), by=shi, at=NINE)
    seen: list[str] = []

    def look_and_match(world: World, weights: Weights) -> Match:
        """Before the first step a plan is asked for; before the second it is there."""
        if not seen:
            actions.ask(town.institute, by=shi, at=NINE)
        seen.append(Plan.objects.get().state)
        return match(world, weights)

    with patch.object(reckoning, "match", look_and_match):
        assert tick.work(lambda: NINE)

    what_if.refresh_from_db()
    assert (seen, what_if.state) == (["asked_for", "made"], "made")


def test_the_plans_of_others_do_not_wait_for_one_that_broke_off(town: Town) -> None:
    located(town)
    order = waiting(town, town.station, 1, 2)
    broken = actions.ask(town.institute, by=dispatcher(town), at=NINE)
    other = actions.ask(town.station, by=town.shi, at=NINE)
    real = making._make
    breaks = patch.object(making, "_make", lambda plan, at: real(plan, at) if plan.pk == other.pk else 1 / 0)

    with breaks:
        assert making.work(lambda: NINE)
        assert making.work(lambda: NINE)

    assert Proposal.objects.get().order_id == order.pk
    broken.refresh_from_db()
    assert (broken.state, broken.tries) == (Plan.State.ASKED, 1)


def test_whether_a_team_can_come_is_asked_without_putting_anything_into_words(town: Town) -> None:
    """A plan of a city asks it of a hundred thousand pairs."""
    order = waiting(town, located(town)[0], 1, 2)
    with patch.object(sys.modules[fitting.__module__], "_", side_effect=AssertionError):
        assert fitting([order], TODAY)[order.pk]


def test_a_list_does_not_fetch_the_proof_of_the_plan_with_each_row(town: Town) -> None:
    order = waiting(town, located(town)[0], 1, 2)

    row = proposal_for(plan_of(town.institute, dispatcher(town)), order)

    assert {"certificate", "coverage"} <= row.plan.get_deferred_fields()
