"""What has happened between a plan and the tap that confirms it: said in words, and no other proposal suffers."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from baixing.dispatching import actions
from baixing.dispatching.actions import making, offering
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries import pages
from baixing.dispatching.queries.pages import rows
from baixing.dispatching.queries.seen import over
from baixing.menu.models import ServiceItem
from baixing.orders import actions as orders
from baixing.orders.models import Offer, Order
from baixing.orders.rules import Standing
from baixing.teams.models import Licence, LicenceKind, Team
from tests.dispatching.stage import counts, dispatcher, located, plan_of, proposal_for, team_at, waiting
from tests.town import DAY, HOUR, NINE, Town

pytestmark = pytest.mark.django_db
R = Proposal.State
TODAY = NINE.date()


def now_of(proposal: Proposal) -> Proposal:
    return Proposal.objects.with_nouns().get(pk=proposal.pk)


def test_a_stale_page_does_not_throw_away_what_a_colleague_has_pinned(town: Town) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0], 1, 2)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    as_shown = now_of(proposal)
    actions.pin(proposal, by=shi, at=NINE)

    why = actions.confirm_or_overtake(as_shown, by=shi, at=NINE)

    kept = now_of(proposal)
    assert (bool(why), kept.state, kept.pinned, Offer.objects.count()) == (True, R.PROPOSED, True, 0)


def test_an_order_that_rose_a_tier_holds_up_none_of_the_others(town: Town) -> None:
    located(town)
    shi, (risen, other) = dispatcher(town, town.station), [waiting(town, town.station, 1, 2) for _ in range(2)]
    plan = plan_of(town.station, shi)
    orders.escalate(risen, by=None, at=NINE)

    shown = {row.proposal.order_id: row.overtaken for row in rows(list(plan.proposals.with_nouns()), NINE)}
    done = counts(actions.confirm_all(plan, by=shi, at=NINE))

    assert (shown, done) == ({risen.pk: True, other.pk: False}, (1, 1))
    assert Offer.objects.get().order_id == other.pk


def test_a_unit_that_offers_by_itself_offers_nothing_that_another_owns_by_now(town: Town) -> None:
    located(town)
    order = waiting(town, town.station, 1, 2)
    actions.switch(town.station, on=True, version=None, by=town.gao, at=NINE)
    actions.ask_where_automatic(at=NINE)
    with patch.object(making, "offer_proven", lambda *_, **__: 0):
        assert making.work(lambda: NINE)
    orders.escalate(order, by=None, at=NINE)

    assert (offering.offer_proven(Plan.objects.get(), at=NINE), Offer.objects.count()) == (0, 0)


def test_what_is_open_to_all_or_waits_for_a_co_sign_is_offered_to_nobody(town: Town) -> None:
    shi, village = dispatcher(town), located(town)[0]
    opened, asked = waiting(town, village, 1, 2), waiting(town, village, 1, 2)
    plan = plan_of(town.institute, shi)
    orders.open(opened, by=shi, at=NINE)
    orders.pause(asked, town.reason("pause"), until=NINE + 3 * DAY, words="", by=town.zhou, at=NINE)

    assert counts(actions.confirm_all(plan, by=shi, at=NINE)) == (0, 2)
    assert list(Order.objects.order_by("pk").values_list("opened", "proposal")) == [(True, ""), (False, "pause")]


def test_a_head_who_switches_it_off_stops_the_plan_that_is_being_made(town: Town) -> None:
    located(town)
    waiting(town, town.station, 1, 2)
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)
    actions.ask_where_automatic(at=NINE)
    actions.switch(town.institute, on=False, version=1, by=town.gao, at=NINE)

    assert making.work(lambda: NINE)

    assert (Plan.objects.get().state, Offer.objects.count()) == (Plan.State.MADE, 0)


def test_a_licence_is_to_hold_on_the_day_of_the_visit(town: Town) -> None:
    shi, kind = dispatcher(town), LicenceKind.objects.create(slug="k", name="证")
    ServiceItem.objects.update(licence=kind)
    for team in Team.objects.all():
        Licence.objects.create(team=team, kind=kind, valid_from=TODAY - 9 * DAY, valid_until=TODAY + 90 * DAY)
    order = waiting(town, located(town)[0], 3)
    proposal = proposal_for(plan_of(town.institute, shi), order)
    Licence.objects.update(valid_until=TODAY + DAY)

    why = actions.confirm_or_overtake(proposal, by=shi, at=NINE)

    assert ("资质" in why, Offer.objects.count()) == (True, 0)


@pytest.mark.parametrize(("day", "later"), [(0, 9 * HOUR), (1, 2 * DAY)], ids=["the hours are over", "the day is over"])
def test_nobody_is_asked_to_come_at_a_time_that_is_over(town: Town, day: int, later: object) -> None:
    shi, order = dispatcher(town), waiting(town, located(town)[0], day)
    proposal = proposal_for(plan_of(town.institute, shi), order)

    why = actions.confirm_or_overtake(proposal, by=shi, at=NINE + later)  # type: ignore[operator]

    assert ("已过" in why, Offer.objects.count()) == (True, 0)


def test_the_list_and_the_sum_say_which_days_are_over_before_anybody_taps(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    today, later, waits = waiting(town, village, 0, 1), waiting(town, village, 3), waiting(town, village, 1)
    plan = plan_of(town.institute, shi)
    evening = NINE + 9 * HOUR
    planned = [proposal_for(plan, order) for order in (today, later)]
    plan.proposals.filter(pk=planned[0].pk).update(day=TODAY)

    shown = {
        row.proposal.order_id: (row.state, bool(row.why)) for row in rows(list(plan.proposals.with_nouns()), evening)
    }
    detail = pages.detail(now_of(planned[0]), Standing(shi, evening))
    again = plan_of(town.institute, shi, NINE + 2 * DAY)
    said = " ".join(pages.desk(town.institute, Standing(shi, NINE + 2 * DAY)).said)

    assert shown == {today.pk: ("stale", True), later.pk: ("proposed", False), waits.pk: ("proposed", False)}
    assert ("change" in detail.powers, "confirm" in detail.powers) == (True, False)
    left = dict(again.proposals.filter(state=R.SHORT).values_list("order", "shortage__code"))
    assert (again.parts["past"], left) == (2, dict.fromkeys((today.pk, waits.pk), "past"))
    assert "3 张订单中有 1 张" in said
    assert "2 张订单" in said.partition("3 张订单中有 1 张")[2]


def test_the_database_knows_as_the_list_does_what_is_over(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    today, later = waiting(town, village, 0, 1), waiting(town, village, 1, 3)
    plan = plan_of(town.institute, shi)
    plan.proposals.filter(order=today).update(day=TODAY)
    told = []

    for at in (NINE + 2 * HOUR, NINE + 3 * HOUR, NINE + DAY, NINE + 5 * DAY):
        known = {row.proposal.pk for row in rows(list(plan.proposals.with_nouns()), at) if row.over}
        told.append((set(plan.proposals.filter(over(at)).values_list("pk", flat=True)) == known, len(known)))

    assert {today.pk, later.pk} == set(plan.proposals.values_list("order", flat=True))
    assert told == [(True, 0), (True, 1), (True, 1), (True, 2)]


def test_of_more_than_fit_into_one_tap_the_most_pressing_are_offered(town: Town) -> None:
    shi, village = dispatcher(town), located(town)[0]
    planned, urgent = waiting(town, village, 1, 2), waiting(town, village, 1, 2, urgency="urgent")
    plan = plan_of(town.institute, shi)
    plan.proposals.filter(order=urgent).update(team=team_at(town, village, "最后一队"))

    with patch.object(offering, "MOST_AT_ONCE", 1):
        assert counts(actions.confirm_all(plan, by=shi, at=NINE)) == (1, 0)

    assert (Offer.objects.get().order_id, Order.objects.get(pk=planned.pk).state) == (urgent.pk, "pending")
