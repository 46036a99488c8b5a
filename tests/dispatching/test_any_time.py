"""What any time means, said once: to the desk, to the menu, to a leader who sets a time, and to a plan."""

from __future__ import annotations

import pytest

from baixing.menu.models import ServiceItem
from baixing.orders.queries import fitness
from baixing.orders.queries.facts import next_day
from baixing.orders.queries.slots import free_slots
from baixing.schedule.models import DaysOff
from baixing.teams.models import Team
from tests.dispatching.stage import dispatcher, located, plan_of, proposal_for, waiting
from tests.town import DAY, HOUR, NINE, Town

THURSDAY = NINE.date()
FRIDAY, SATURDAY, MONDAY = THURSDAY + DAY, THURSDAY + 2 * DAY, THURSDAY + 4 * DAY


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "day"), [("home", SATURDAY), ("station", MONDAY)])
def test_any_time_is_any_day_and_at_a_station_any_on_which_it_is_open(town: Town, place: str, day: object) -> None:
    """The only team is off on Friday."""
    village = located(town)[0]
    ServiceItem.objects.update(place=place)
    Team.objects.exclude(pk=town.plumbers.pk).update(on_duty=False)
    DaysOff.objects.create(team=town.plumbers, first=THURSDAY, last=FRIDAY)
    order = waiting(town, village)
    order.team = town.plumbers

    proposal = proposal_for(plan_of(town.institute, dispatcher(town)), order)

    assert order.item
    assert {
        "the desk": fitness(order, town.plumbers, THURSDAY).next_free,
        "the menu": next_day(order.item, THURSDAY),
        "the leader": free_slots(order, HOUR, NINE)[0].start.date(),
        "the plan": proposal.day,
    } == dict.fromkeys(("the desk", "the menu", "the leader", "the plan"), day)
