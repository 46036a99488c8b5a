"""At most so many visits a week: of a team, and of a volunteer. Weeks go from Monday to Sunday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest

from baixing.kernel.refusals import NotNow, Unfit
from baixing.orders import actions as orders
from baixing.orders.models import Order
from baixing.orders.queries.eligible import Candidate, fitness
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Slot
from baixing.schedule.models import Session
from baixing.teams.actions import set_week_most
from baixing.teams.models import Team
from tests.kernel.threads import at_once
from tests.town import DAY, HOUR, NINE, VISIT, Town, build

TODAY = NINE.date()  # Thursday 5 March 2026
LATER = Slot(VISIT.end, VISIT.end + HOUR)
NEXT_WEEK = Slot(NINE + 4 * DAY, NINE + 4 * DAY + 8 * HOUR)


def willing(town: Town, most: int) -> None:
    Team.objects.filter(pk=town.plumbers.pk).update(day_capacity=1, week_capacity=most)


def theirs(town: Town, team: Team | None = None, **changes: object) -> Order:
    """An order that the plumbers, or another team, have accepted."""
    order, team = town.place(**changes), team or town.plumbers
    orders.admit(order, urgency="normal", by=town.zhou, at=NINE)
    orders.dispatch(order, team, by=town.shi, at=NINE)
    orders.accept(order, by=team.leader, at=NINE)
    return order


def looked_at(town: Town, *windows: Slot) -> Candidate:
    order = orders.place(town.wanted(resident=town.wei, windows=windows), by=town.wei, at=NINE)
    return fitness(order, town.plumbers, TODAY)


def appoint(order: Order, slot: Slot, *names: Person) -> Session:
    read = Order.objects.with_nouns().get(pk=order.pk)
    return orders.appoint(read, slot, volunteers=names, by=names[0], at=NINE)


def test_team_whose_week_is_full_is_not_offered_more_for_it(town: Town) -> None:
    town.order_in("appointed")
    willing(town, 1)

    full, free = looked_at(town, VISIT), looked_at(town, NEXT_WEEK)

    assert (full.barriers, free.barriers) == (("每周最多上门 1 次，本周已满",), ())


def test_the_week_counted_is_the_one_in_which_the_resident_is_at_home(town: Town) -> None:
    theirs(town, windows=(NEXT_WEEK,))
    willing(town, 1)

    this, next_ = looked_at(town, VISIT), looked_at(town, NEXT_WEEK)

    assert (this.load, this.barriers) == (0, ())
    assert (next_.load, next_.barriers) == (1, ("每周最多上门 1 次，下周已满",))


def test_a_resident_at_home_in_two_weeks_is_served_in_the_one_with_room(town: Town) -> None:
    town.order_in("appointed")
    willing(town, 1)

    assert looked_at(town, VISIT, NEXT_WEEK).barriers == ()


def test_next_free_day_lies_in_a_week_with_room(town: Town) -> None:
    town.order_in("appointed")
    willing(town, 1)

    assert looked_at(town).next_free == TODAY + timedelta(days=4)


def test_dispatcher_cannot_offer_beyond_the_week(town: Town) -> None:
    town.order_in("appointed")
    order = town.order_in("pending")
    willing(town, 1)

    with pytest.raises(NotNow, match="每周最多上门 1 次"):
        orders.dispatch(order, town.plumbers, by=town.shi, at=NINE)


def test_no_visit_is_set_beyond_the_week_and_the_form_says_so(town: Town) -> None:
    first, second = theirs(town), theirs(town, windows=())
    appoint(first, VISIT, town.luo)
    willing(town, 1)

    with pytest.raises(Unfit, match="3月2日") as no:
        appoint(second, LATER, town.luo)

    assert no.value.field == "day"
    assert appoint(second, NEXT_WEEK, town.luo).state == "open"


def test_a_visit_moves_within_a_full_week(town: Town) -> None:
    order = theirs(town)
    appoint(order, VISIT, town.luo)
    willing(town, 1)

    moved = appoint(order, LATER, town.luo)

    assert moved.start == LATER.start


def test_a_volunteer_goes_no_more_often_than_they_want(town: Town) -> None:
    first, second = theirs(town), theirs(town)
    set_week_most(1, version=1, by=town.min, at=NINE)
    appoint(first, VISIT, town.luo, town.min)

    with pytest.raises(Unfit, match="min") as no:
        appoint(second, LATER, town.luo, town.min)

    assert no.value.field == "volunteers"
    assert appoint(second, LATER, town.luo).state == "open"


def two_visits(town: Town, *, second_at: Slot = LATER) -> list[Callable[[], Session]]:
    slots = ((theirs(town), VISIT), (theirs(town), second_at))
    return [partial(appoint, order, slot, town.luo, town.min) for order, slot in slots]


def set_visits() -> int:
    return Session.objects.live().count()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_visits_at_once_one_fits_in_the_week() -> None:
    town = build()
    deeds = two_visits(town)
    willing(town, 1)

    came = at_once(*deeds)

    assert (set_visits(), sorted(type(one).__name__ for one in came)) == (1, ["Session", "Unfit"])


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_counting_the_week_both_visits_are_set() -> None:
    """The control."""
    town = build()
    deeds = two_visits(town)
    willing(town, 1)

    with patch.object(actions.visiting, "_check_week"):
        at_once(*deeds)

    assert set_visits() == 2


def named_by_two_teams(town: Town) -> list[Callable[[], Session]]:
    """Both teams name min for a visit of this week, at different times."""
    town.others.memberships.create(person=town.min, state="member", at=NINE)
    set_week_most(1, version=1, by=town.min, at=NINE)
    mine, other = theirs(town), theirs(town, town.others)
    return [
        partial(appoint, mine, VISIT, town.luo, town.min),
        partial(appoint, other, LATER, town.others.leader, town.min),
    ]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_teams_that_name_a_volunteer_at_once_one_gets_them() -> None:
    deeds = named_by_two_teams(build())

    came = at_once(*deeds)

    assert (set_visits(), sorted(type(one).__name__ for one in came)) == (1, ["Session", "Unfit"])


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_counting_their_visits_both_teams_get_them() -> None:
    """The control."""
    deeds = named_by_two_teams(build())

    with patch.object(actions.visiting, "_check_ready"):
        at_once(*deeds)

    assert set_visits() == 2
