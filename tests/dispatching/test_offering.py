"""Many offered by one tap: some in each transaction, each once whatever is sent again, and told honestly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.db import OperationalError, transaction
from django.urls import reverse

from baixing.dispatching import actions
from baixing.dispatching.actions import offering
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.rules import MOST_AT_ONCE
from baixing.kernel.once import new_key
from baixing.orders import actions as orders
from baixing.orders.models import Offer, Order
from baixing.people.models import Person
from baixing.teams.models import Team
from tests.asked import Asked
from tests.dispatching.stage import dispatcher, located, plan_of, team_at, waiting
from tests.town import NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db
PART = offering.PART  # as it is shipped
FEWER = 32  # questions for one more offer; they were 43


class Killed(BaseException):
    """As `kill -9` leaves it."""


@pytest.fixture(autouse=True)
def _two_at_a_time() -> Iterator[None]:
    with patch.multiple(offering, PART=2, MOST_AT_ONCE=6), time_machine.travel(NINE):
        yield


@pytest.fixture
def plan(town: Town) -> Plan:
    """Of seven orders, for which there is room."""
    villages = located(town)
    for village in villages:
        team_at(town, village, f"{village.short}队", a_day=5, a_week=9)
    for n in range(7):
        waiting(town, villages[n % 3], 1, 2, 3)
    return plan_of(town.institute, dispatcher(town))


def breaking(error: BaseException, last: Order) -> AbstractContextManager[object]:
    """The deed breaks off at this order."""
    real = orders.dispatch

    def dispatch(order: Order, team: Team, *, by: Person | None, at: datetime, day: date | None) -> Offer:
        if order.pk == last.pk:
            raise error
        return real(order, team, by=by, at=at, day=day)

    return patch.object(orders, "dispatch", dispatch)


def fourth(plan: Plan) -> Order:
    return plan.proposals.order_by("order__due_at", "order_id")[3].order


def send(web: Web, plan: Plan, key: str) -> str:
    """What the page says after the tap."""
    assert web.post(reverse("dispatching:confirm_all", args=[plan.pk]), key=key).status_code == 302
    return web.get(reverse("dispatching:desk", args=[plan.unit_id]))


def test_what_breaks_off_takes_nothing_of_the_others_with_it_and_sent_again_the_rest_is_done_once(plan: Plan) -> None:
    assert plan.by
    web, key, broken = Web(plan.by), new_key(), fourth(plan)

    with breaking(ZeroDivisionError(), broken):
        first = send(web, plan, key)
    offered = set(Offer.objects.values_list("order", flat=True))
    again, once_more = send(web, plan, key), send(web, plan, key)
    other_words = web.post(reverse("dispatching:confirm_all", args=[plan.pk]), key=key, moves="1")

    said = ["4 orders are offered", "Something went wrong on our side", "4 are offered · 3 wait for you"]
    assert [words for words in said if words not in first] == []
    assert (len(offered), broken.pk in offered) == (4, False)
    assert ["6 orders are offered" in page and "1 waits for you" in page for page in (again, once_more)] == [True] * 2
    assert other_words.status_code == 422
    assert sorted(Offer.objects.values_list("order", flat=True)) == sorted(
        plan.proposals.filter(state="offered").values_list("order", flat=True)
    )
    assert Offer.objects.count() == 6


def test_whoever_is_killed_leaves_whole_parts_and_the_page_says_what_is_left(plan: Plan) -> None:
    assert plan.by
    web = Web(plan.by)

    with breaking(Killed(), fourth(plan)), pytest.raises(Killed):
        web.post(reverse("dispatching:confirm_all", args=[plan.pk]))

    page = web.get(reverse("dispatching:desk", args=[plan.unit_id]))
    assert Offer.objects.count() == 2
    assert "2 are offered · 5 wait for you" in page
    assert "Offer these 5" in page


def test_a_database_that_does_not_answer_is_asked_no_more_and_the_rest_stands(plan: Plan) -> None:
    assert plan.by
    with breaking(OperationalError(), fourth(plan)):
        done = actions.confirm_all(plan, by=plan.by, at=NINE)

    assert (done.offered, done.broken, plan.proposals.loose().count()) == (2, True, 5)


def test_as_shipped_no_part_holds_its_teams_for_more_than_twenty(town: Town) -> None:
    village, shi, parts = located(town)[0], dispatcher(town), list[int]()
    Team.objects.update(day_capacity=9, week_capacity=25)
    for _ in range(21):
        waiting(town, village, 1, 2, 3)
    plan = plan_of(town.institute, shi)

    def apiece(_number: int, deed: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        with transaction.atomic():
            told = deed()
        parts.append(told["offered"])
        return told

    with patch.multiple(offering, PART=PART, MOST_AT_ONCE=MOST_AT_ONCE):
        done = actions.confirm_all(plan, by=shi, at=NINE, apiece=apiece)

    assert (parts, done.offered) == ([20, 1, 0], 21)


def test_which_were_not_offered_and_why_is_told_at_once_and_stays_in_the_list(plan: Plan) -> None:
    assert plan.by
    gone = fourth(plan)
    Order.objects.filter(pk=gone.pk).update(urgency="urgent")

    page = send(Web(plan.by), plan, new_key())

    why = "This order has been changed since the plan was made."
    assert f"1 order is not offered ({gone.number}): {why}" in page
    assert page.count(why) == 2


def test_what_is_over_is_counted_apart_and_takes_no_place_of_what_can_be_offered(plan: Plan) -> None:
    assert plan.by
    first = plan.proposals.order_by("order__due_at", "order_id")[:3].values_list("pk", flat=True)
    Proposal.objects.filter(pk__in=list(first)).update(day=date(2026, 1, 1))

    before = Web(plan.by).get(reverse("dispatching:desk", args=[plan.unit_id]))
    after = send(Web(plan.by), plan, new_key())

    assert ["Offer these 4" in before, "4 wait for you · for 3 the time is over" in before] == [True, True]
    assert ["4 orders are offered" in after, "Offer th" in after] == [True, False]
    assert "4 are offered · for 3 the time is over" in after


def test_an_offer_more_asks_few_questions_more(plan: Plan) -> None:
    """Teams, orders and who wants a person are asked once for all that are offered together."""
    assert plan.by
    asked = []
    for together in (1, 5):
        with (
            patch.object(offering, "PART", together),
            patch.object(offering, "MOST_AT_ONCE", together),
            Asked() as some,
        ):
            assert actions.confirm_all(plan, by=plan.by, at=NINE).offered == together
        asked.append(len(some))

    assert (asked[1] - asked[0]) / 4 <= FEWER
