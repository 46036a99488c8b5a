"""A plan confirmed twice, and two plans that meet: one offer for each order, no team beyond its day. With controls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial
from unittest.mock import patch

import pytest

from baixing.dispatching import actions
from baixing.dispatching.actions import asking, confirming
from baixing.dispatching.actions.reckoning import work as reckon
from baixing.dispatching.models import Plan, Proposal, WhatIf
from baixing.dispatching.rules.changes import Changes, More
from baixing.journal.models import Entry
from baixing.orders import actions as orders
from baixing.orders.actions import dispatching
from baixing.orders.models import Offer, Order
from baixing.orders.queries.eligible import fitness
from baixing.people.models import Person
from tests.access.plans import accepted, changing, made, proposed
from tests.dispatching.stage import dispatcher, located, plan_of, team_at, waiting
from tests.kernel.threads import at_once
from tests.orders.machine.faults import without_compare_and_set
from tests.town import NINE, Town, build

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
R = Proposal.State


@pytest.fixture
def everybody() -> Town:
    return build()


def all_of(plan: Plan, by: Person) -> Callable[[], actions.Offered]:
    return partial(actions.confirm_all, Plan.objects.get(pk=plan.pk), by=by, at=NINE)


def test_a_plan_confirmed_by_two_at_once_is_offered_once(everybody: Town) -> None:
    town, village = everybody, located(everybody)[0]
    made = [waiting(town, village) for _ in range(3)]
    one, other = dispatcher(town), dispatcher(town)
    plan = plan_of(town.institute, one)

    ends = at_once(all_of(plan, one), all_of(plan, other))

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert sorted(Offer.objects.values_list("order", flat=True)) == sorted(order.pk for order in made)
    assert set(plan.proposals.values_list("state", flat=True)) == {R.OFFERED}


def test_two_plans_that_meet_offer_each_order_once(everybody: Town) -> None:
    """The dispatchers of a station and of the township above plan the same orders."""
    town, village = everybody, located(everybody)[0]
    made = [waiting(town, village, 1, 2) for _ in range(3)]
    near, above = dispatcher(town, town.station), dispatcher(town)
    plans = [plan_of(town.station, near), plan_of(town.institute, above)]

    ends = at_once(all_of(plans[0], near), all_of(plans[1], above))

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert sorted(Offer.objects.values_list("order", flat=True)) == sorted(order.pk for order in made)


def test_control_without_looking_again_nothing_but_the_database_stops_the_second_offer(everybody: Town) -> None:
    order, by = waiting(everybody, located(everybody)[0]), dispatcher(everybody)
    plan = plan_of(everybody.institute, by)
    as_seen = [Order.objects.with_nouns().get(pk=order.pk) for _ in range(2)]
    proposals = [Proposal.objects.with_nouns().get(plan=plan) for _ in range(2)]
    stale = patch.object(confirming.Now, "as_planned", lambda _self, _proposal: as_seen.pop())

    with stale, without_compare_and_set():
        ends = at_once(*(partial(actions.confirm, one, by=by, at=NINE) for one in proposals))

    assert sorted(type(end).__name__ for end in ends) == ["IntegrityError", "NoneType"]


def of_township(town: Town) -> Plan:
    plan = made(town)
    plan.unit = town.institute
    plan.save(update_fields=["unit"])
    return plan


def meeting(town: Town, *, looks_again: bool) -> int:
    """Two plans send one team, which goes once a day, to two villages on the same day; how many offers come of it."""
    villages = located(town)
    team = team_at(town, villages[1], "一天一次", a_day=1)
    both = [waiting(town, village, 1) for village in villages[1:3]]
    proposals = [proposed(of_township(town), order, town, team=team) for order in both]
    by = dispatcher(town)
    before = {order.pk: fitness(order, team, NINE.date(), proposals[0].day) for order in both}
    seen = patch.object(dispatching, "fitness", lambda order, *_: before[order.pk])
    with nullcontext() if looks_again else seen:
        at_once(*(partial(actions.confirm_or_overtake, one, by=by, at=NINE) for one in proposals))
    return Offer.objects.live().filter(team=team, day=proposals[0].day).count()


def test_two_plans_fill_no_day_twice(everybody: Town) -> None:
    assert meeting(everybody, looks_again=True) == 1


def test_control_without_looking_again_in_its_turn_a_team_gets_two_for_one(everybody: Town) -> None:
    assert meeting(everybody, looks_again=False) == 2


def promised(town: Town) -> tuple[Proposal, Order]:
    """The plumbers were offered an order and have not answered; a plan would send others."""
    order = accepted(town, answered=False)
    return changing(made(town), order, town), order


def ends_of(*deeds: Callable[[], object]) -> list[str]:
    return sorted(type(end).__name__ for end in at_once(*deeds))


def test_a_promise_changed_by_two_at_once_is_changed_once(everybody: Town) -> None:
    town = everybody
    proposal, order = promised(town)
    by = [dispatcher(town), dispatcher(town, town.station)]
    seen = [Proposal.objects.with_nouns().get(pk=proposal.pk) for _ in by]

    ends = ends_of(*(partial(actions.confirm, one, by=who, at=NINE) for one, who in zip(seen, by, strict=True)))

    assert ends.count("NoneType") == 1
    assert sorted(Offer.objects.filter(order=order).values_list("team", "state")) == sorted(
        [(town.plumbers.pk, "recalled"), (town.others.pk, "live")]
    )


def accepting(town: Town, *, guarded: bool) -> list[str]:
    """The team accepts while the dispatcher gives the order to another; how each of the two ends."""
    proposal, order = promised(town)
    by, one = dispatcher(town), Proposal.objects.with_nouns().get(pk=proposal.pk)
    mine, theirs = (Order.objects.with_nouns().get(pk=order.pk) for _ in range(2))
    stale = patch.object(confirming.Now, "as_planned", lambda _self, _proposal: theirs)
    with nullcontext() if guarded else stale, nullcontext() if guarded else without_compare_and_set():
        return ends_of(
            partial(actions.confirm, one, by=by, at=NINE), partial(orders.accept, mine, by=town.luo, at=NINE)
        )


def test_a_team_that_accepts_just_then_keeps_it_or_has_lost_it_and_never_both(everybody: Town) -> None:
    ends = accepting(everybody, guarded=True)

    states = set(Offer.objects.values_list("state", flat=True))
    assert ends.count("NoneType") == 1
    assert states in ({"accepted"}, {"recalled", "live"})


def test_control_without_compare_and_set_both_are_told_that_they_have_it(everybody: Town) -> None:
    assert accepting(everybody, guarded=False) == ["NoneType", "NoneType"]


def asked_at_once(town: Town) -> list[object]:
    """Two dispatchers ask the same at the same moment."""
    more = More(town.tap_repair.skill_id, town.institute.pk, 2, 2, 6)
    march, changes = date(2026, 3, 1), Changes(more=(more,))
    return at_once(
        *(partial(actions.ask_what_if, town.institute, march, changes, by=dispatcher(town), at=NINE) for _ in range(2))
    )


def test_the_same_what_if_asked_by_two_at_once_is_one_job(everybody: Town) -> None:
    ends = asked_at_once(everybody)

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert {end.pk for end in ends if isinstance(end, WhatIf)} == {WhatIf.objects.get().pk}


def test_control_without_its_key_there_are_two(everybody: Town) -> None:
    keys = iter(("one", "other"))
    with patch.object(asking, "key_of", lambda *_: next(keys)):
        asked_at_once(everybody)

    assert WhatIf.objects.count() == 2


def test_one_what_if_taken_up_by_two_workers_is_reckoned_once(everybody: Town) -> None:
    town = everybody
    waiting(town, located(town)[0], 1)
    more = More(town.tap_repair.skill_id, town.institute.pk, 2, 2, 6)
    asked = actions.ask_what_if(town.institute, date(2026, 3, 1), Changes(more=(more,)), by=town.gao, at=NINE)

    ends = at_once(partial(reckon, lambda: NINE), partial(reckon, lambda: NINE))

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert [line.verb for line in Entry.objects.of(asked)] == ["ask", "make"]
