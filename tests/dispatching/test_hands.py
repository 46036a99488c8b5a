"""What a person has in hand the clock neither takes away nor offers; what broke off is given back at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse

from baixing.dispatching import actions
from baixing.dispatching.actions import making, queueing
from baixing.dispatching.models import Plan
from baixing.dispatching.queries.hands import shown
from baixing.network.models import Unit
from baixing.orders.models import Offer
from tests.dispatching.stage import dispatcher, located, plan_of, proposal_for, waiting
from tests.town import DAY, HOUR, NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=29)


def tick(at: datetime) -> int:
    """What the worker does by itself."""
    asked = actions.ask_where_automatic(at=at)
    while making.work(lambda: at):
        pass
    return asked


def by_the_clock(unit: Unit, at: datetime) -> Plan:
    """A plan of which nothing has been offered yet."""
    with patch.object(making, "offer_proven", lambda *_, **__: 0):
        assert tick(at) == 1
    return Plan.objects.filter(unit=unit).latest("pk")


def test_the_clock_plans_and_offers_around_what_a_person_asked_for(town: Town) -> None:
    village, shi = located(town)[0], dispatcher(town)
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)
    mine = waiting(town, village, 2, 3)
    plan = plan_of(town.institute, shi)

    nothing_else = tick(NINE + HOUR)
    new = waiting(town, village, 2, 3)
    tick(NINE + 2 * HOUR)

    plan.refresh_from_db()
    assert (nothing_else, plan.state, list(Offer.objects.values_list("order", flat=True))) == (0, "made", [new.pk])
    assert shown(town.institute, NINE + 2 * HOUR) == plan
    actions.confirm(proposal_for(plan, mine), by=shi, at=NINE + 2 * HOUR)


def test_what_nobody_can_offer_any_more_is_in_nobodys_hands(town: Town) -> None:
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)
    waiting(town, located(town)[0], 1, 5)
    plan = plan_of(town.institute, dispatcher(town))

    tick(NINE + 3 * DAY)

    assert Plan.objects.get(pk=plan.pk).state == Plan.State.SUPERSEDED
    assert Offer.objects.get().day == (NINE + 5 * DAY).date()


@pytest.mark.parametrize(
    ("touch", "ends"),
    [("nothing", ["superseded"] * 2), ("open", ["made", "superseded"]), ("pin", ["made"] * 2)],
    ids=["nobody looks", "somebody looks", "somebody pins"],
)
def test_a_plan_by_the_clock_stays_while_a_dispatcher_looks_at_it_or_has_pinned_in_it(
    town: Town, touch: str, ends: list[str]
) -> None:
    order, shi = waiting(town, located(town)[0], 2, 3), dispatcher(town)
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)
    first = by_the_clock(town.institute, NINE)
    if touch == "open":
        with time_machine.travel(NINE + SOON, tick=False):
            Web(shi).get(reverse("dispatching:desk", args=[town.institute.pk]))
    elif touch == "pin":
        actions.pin(proposal_for(first, order), by=shi, at=NINE)

    found = []
    for later in (2, 5):
        tick(NINE + later * SOON)
        found.append(Plan.objects.get(pk=first.pk).state)

    assert found == ends


def test_what_the_clock_asked_for_is_a_persons_as_soon_as_they_ask(town: Town) -> None:
    waiting(town, located(town)[0], 2, 3)
    actions.switch(town.institute, on=True, version=None, by=town.gao, at=NINE)
    actions.ask_where_automatic(at=NINE)

    plan = plan_of(town.institute, shi := dispatcher(town))

    assert (plan.by, plan.state, Offer.objects.count()) == (shi, Plan.State.MADE, 0)


def test_a_database_that_does_not_answer_leaves_no_plan_in_its_lease(town: Town) -> None:
    waiting(town, located(town)[0], 2, 3)
    plan, web = actions.ask(town.institute, by=(shi := dispatcher(town)), at=NINE), Web(shi)
    with patch.object(making, "gather", side_effect=OperationalError), pytest.raises(OperationalError):
        making.work(lambda: NINE)

    with time_machine.travel(NINE, tick=False):
        page = web.get(reverse("dispatching:desk", args=[town.institute.pk]))
    at = NINE + queueing.SOON + timedelta(seconds=1)

    assert "The database did not answer. It is tried again in a few seconds." in page
    assert making.work(lambda: at)
    plan.refresh_from_db()
    assert (plan.state, plan.why) == (Plan.State.MADE, "")


def test_a_plan_for_which_no_database_ever_answers_is_given_up(town: Town) -> None:
    plan, at = actions.ask(town.institute, by=dispatcher(town), at=NINE), NINE
    with patch.object(making, "gather", side_effect=OperationalError):
        for _ in range(queueing.TRIES):
            with pytest.raises(OperationalError):
                making.work(lambda: at)  # noqa: B023 - asked at once
            at += queueing.SOON + timedelta(seconds=1)

    plan.refresh_from_db()
    assert (plan.state, making.work(lambda: at)) == (Plan.State.FAILED, False)
