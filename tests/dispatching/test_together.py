"""What a proposal makes of the day of its team, told beside its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.together import together
from baixing.network.queries import distance_km
from baixing.orders.models import Order, Window
from tests.dispatching.stage import dispatcher, located, plan_of, waiting
from tests.town import DAY, HOUR, NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False), translation.override("en"):
        yield


def one_day(town: Town, orders: list[Order]) -> tuple[Plan, list[Proposal]]:
    """A plan that sends one team to all of them on one day."""
    plan = plan_of(town.institute, dispatcher(town))
    own = Proposal.objects.filter(plan=plan)
    own.update(team=town.others, day=(NINE + DAY).date())
    return plan, list(own.with_nouns().order_by("order"))


def test_the_way_of_the_whole_day_is_told(town: Town) -> None:
    places = located(town)[1:3]
    _plan, (one, other) = one_day(town, [waiting(town, place, 1) for place in places])
    spots = (town.institute, *places, town.institute)
    for unit in spots:
        unit.refresh_from_db()
    km = 1.3 * sum(distance_km(*pair) or 0 for pair in pairwise(spots))  # there and back: one ring

    found = together(one, NINE)

    assert found is not None
    assert found == together(other, NINE)
    assert found.words.startswith(f"2 visits on that day: about {km:.0f} km of road in all, away from ")
    assert found.faults == ()


def test_a_day_that_does_not_fit_is_told_on_the_desk(town: Town) -> None:
    orders = [waiting(town, place, 1) for place in located(town)[1:3]]
    plan, (one, _other) = one_day(town, orders)
    Window.objects.filter(order__in=orders).update(start=NINE + DAY, end=NINE + DAY + HOUR)

    page = Web(dispatcher(town)).get(f"{reverse('dispatching:desk', args=[plan.unit_id])}?proposal={one.pk}")

    assert "The day does not fit: " in page


def test_of_a_visit_alone_and_of_a_day_that_is_over_nothing_is_told(town: Town) -> None:
    _plan, (one, other) = one_day(town, [waiting(town, place, 1) for place in located(town)[1:3]])
    later = NINE + 2 * DAY
    gone = together(one, later)

    Proposal.objects.filter(pk=other.pk).update(day=later.date())

    assert (gone, together(one, NINE)) == (None, None)
