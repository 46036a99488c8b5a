"""What presses at a station: also what has gone up from it since."""

from __future__ import annotations

from baixing.orders import actions
from baixing.orders.models import Order
from baixing.orders.queries.boards import filtered, morning
from tests.town import DAY, NINE, VISIT, Town


def rows(town: Town, which: str) -> list[Order]:
    return list(filtered(town.station, which, VISIT.end + DAY))


def test_what_the_clock_sent_up_is_late_here_and_work_above(town: Town) -> None:
    order = town.place()
    late = NINE + 5 * DAY
    actions.tick(at=late)

    here, above = morning(town.station, late), morning(town.institute, late)

    assert (here.overdue, here.unassigned) == (1, 0)
    assert (above.overdue, above.unassigned) == (0, 1)
    assert rows(town, "overdue") == [order]


def test_a_dispute_stays_in_sight_of_the_station_it_came_from(town: Town) -> None:
    order = town.order_in("disputed")

    assert (morning(town.station, VISIT.end).disputed, morning(town.institute, VISIT.end).disputed) == (1, 1)
    assert rows(town, "disputed") == [order]


def test_a_broken_promise_is_late_though_the_step_is_not(town: Town) -> None:
    order = town.order_in("accepted")
    order.promised_at = NINE
    order.save(update_fields=["promised_at"])

    assert morning(town.station, NINE + DAY / 24).overdue == 1


def test_a_promise_that_was_served_late_presses_nobody_any_more(town: Town) -> None:
    order = town.order_in("served")
    order.promised_at = NINE
    order.save(update_fields=["promised_at"])

    assert morning(town.station, VISIT.end + DAY / 24).overdue == 0
