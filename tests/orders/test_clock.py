"""What happens by itself, under a moved clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from baixing.kernel.calendar import LOCAL
from baixing.orders import actions
from baixing.orders.models import CallBack, Escalation, Offer, Order
from tests.town import DAY, HOUR, NINE, VISIT, Town, verbs_of

S = Order.State
FRIDAY = datetime(2026, 3, 6, 17, tzinfo=LOCAL)
BEFORE_NATIONAL_DAY = datetime(2026, 9, 30, 17, tzinfo=LOCAL)


def lose_the_key_of(order: Order) -> None:
    """What was sealed for it opens no more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET address = 'sealed with a lost key' WHERE id = %s", [order.pk])


def test_unadmitted_order_climbs_one_tier_at_a_time_to_the_city(town: Town) -> None:
    order = town.order_in("placed")

    owners = []
    for days in (3, 6, 9, 12, 15):
        actions.tick(at=NINE + days * DAY)
        order.refresh_from_db()
        owners.append(order.owner)

    assert owners == [town.institute, town.county, town.city, town.city, town.city]
    assert Escalation.objects.filter(order=order).count() == 4


def test_three_days_of_silence_escalate_once(town: Town) -> None:
    order = town.order_in("placed")

    actions.tick(at=NINE + 4 * DAY)
    actions.tick(at=NINE + 4 * DAY)

    assert verbs_of(order) == ["place", "escalate"]


def test_an_entry_is_sent_up_once_a_tier(town: Town) -> None:
    order = town.order_in("placed")

    sent = [actions.escalate(order, by=None, at=NINE + DAY) for _ in range(6)]

    assert sent == [True] * 4 + [False] * 2  # station, institute, county, and the city that has nobody above


def test_lapsed_offer_goes_back_to_the_dispatcher(town: Town) -> None:
    order = town.order_in("offered")

    actions.tick(at=NINE + 2 * DAY)

    order.refresh_from_db()
    assert (order.state, order.team, order.bounces) == (S.PENDING, None, 1)
    assert Offer.objects.get(order=order).state == "lapsed"


def test_an_order_that_cannot_be_moved_holds_up_no_other(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = town.order_in("offered"), town.order_in("offered")
    lose_the_key_of(broken)

    done = actions.tick(at=NINE + 2 * DAY)

    states = [Order.objects.values_list("state", flat=True).get(pk=order.pk) for order in (broken, sound)]
    assert (states, done["lapse_offer"], done["faults"]) == ([S.OFFERED, S.PENDING], 1, 1)
    assert f"lapse_offer of order {broken.pk} broke off" in caplog.text


def test_silence_closes_and_stays_null(town: Town) -> None:
    order = town.order_in("served")

    actions.tick(at=VISIT.end + 8 * DAY)

    order.refresh_from_db()
    assert (order.state, order.solved, order.ratings.count()) == (S.CLOSED, None, 0)


def test_unanswered_question_withdraws_after_seven_days(town: Town) -> None:
    order = town.order_in("asked")

    actions.tick(at=NINE + 6 * DAY)
    order.refresh_from_db()
    assert order.state == S.ASKED

    actions.tick(at=NINE + 7 * DAY)
    order.refresh_from_db()
    assert order.state == S.WITHDRAWN


def test_paused_order_goes_on_by_itself_with_its_clock(town: Town) -> None:
    order = town.order_in("paused")

    actions.tick(at=NINE + 3 * DAY)

    order.refresh_from_db()
    assert (order.state, order.stood_still) == (S.PENDING, 3 * DAY)


def test_visit_without_a_word_makes_one_call_then_climbs(town: Town) -> None:
    order = town.order_in("appointed")

    for hours in (3, 4, 30):
        actions.tick(at=VISIT.end + hours * HOUR)

    order.refresh_from_db()
    assert CallBack.objects.filter(order=order).count() == 1
    assert order.owner == town.institute


def test_a_clock_set_back_moves_nothing(town: Town) -> None:
    order = town.order_in("offered")

    actions.tick(at=NINE - 10 * timedelta(minutes=1))

    order.refresh_from_db()
    assert (order.state, order.elapsed(NINE - HOUR)) == (S.OFFERED, timedelta())


@pytest.mark.parametrize(
    ("placed", "due"),
    [
        (FRIDAY, datetime(2026, 3, 9, 17, tzinfo=LOCAL)),
        (BEFORE_NATIONAL_DAY, datetime(2026, 10, 8, 17, tzinfo=LOCAL)),
    ],
    ids=["over a weekend", "over the National Day"],
)
def test_admission_is_due_after_one_working_day(town: Town, placed: datetime, due: datetime) -> None:
    window = actions.Wanted(resident=town.jin, station=town.station, item=town.tap_repair)

    order = actions.place(window, by=town.jin, at=placed)

    assert order.due_at == due
