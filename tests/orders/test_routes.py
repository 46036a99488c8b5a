"""A team's days as its list tells them: in the order in which they are driven, and what cannot be as promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from baixing.dispatching.models import Policy
from baixing.dispatching.rules.weights import defaults
from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit, place_unit
from baixing.network.models import Unit
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.orders.queries.pages import visit_days
from baixing.orders.queries.routes import Route
from baixing.orders.queries.slots import free_slots
from baixing.orders.queries.team_days import day_of
from baixing.orders.rules import Standing
from baixing.schedule.actions import Slot
from baixing.schedule.models import Session
from baixing.teams.models import Team
from tests.orders.web import Web
from tests.town import HOUR, NINE, TOMORROW, VISIT, Town

KM = 1 / 111.195  # of a degree to the north


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False), translation.override("en"):
        yield


def village(town: Town, name: str, km: float | None) -> Unit:
    """So far to the north of the team's home, by road: ten kilometres of straight line are thirteen."""
    unit = add_unit(Unit.Kind.STATION, name, town.institute, by=None, at=NINE)
    return unit if km is None else located(unit, km)


def located(unit: Unit, km: float) -> Unit:
    place_unit(unit, 36.5 + km / 1.3 * KM, 104.2, source="测量", by=None, at=NINE)
    return unit


def taken_on(town: Town, at: Unit, *windows: Slot, kept: bool = True) -> Order:
    """An order of that village which the plumbers have accepted; a plan has kept tomorrow for it."""
    Order.objects.filter(resident=town.jin).update(resident=town.wei, placed_by=town.wei)  # three in ten minutes
    Team.objects.filter(pk=town.plumbers.pk).update(day_capacity=6)
    town.plumbers.refresh_from_db()
    order = town.place(station=at, windows=windows or (TOMORROW,))
    officer = town.zhou if order.owner == town.station else town.wu
    actions.admit(order, urgency="normal", by=officer, at=NINE)
    actions.dispatch(order, town.plumbers, by=officer, at=NINE, day=TOMORROW.start.date() if kept else None)
    actions.accept(order, by=town.luo, at=NINE)
    return Order.objects.with_nouns().get(pk=order.pk)


def appointed(town: Town, at: Unit, start: timedelta, length: timedelta = HOUR) -> Order:
    order = taken_on(town, at, Slot(VISIT.start - 2 * HOUR, VISIT.start + 9 * HOUR))
    slot = Slot(VISIT.start + start, VISIT.start + start + length)
    actions.appoint(order, slot, volunteers=[town.luo], by=town.luo, at=NINE)
    return order


def only(town: Town) -> Route:
    (route,) = visit_days(Standing(town.luo, NINE)).routes
    return route


def told(route: Route) -> list[tuple[str, str, str]]:
    return [(stop.call.unit.short, stop.clock.replace("\u2060", ""), stop.way) for stop in route.stops]


def test_visits_stand_in_the_order_in_which_they_are_driven(town: Town) -> None:
    located(town.station, 0)
    far, near, between = (village(town, name, km) for name, km in (("远村", 40), ("近村", 10), ("中村", 20)))
    appointed(town, far, timedelta())
    for at in (near, between):
        taken_on(town, at, Slot(VISIT.start - HOUR, VISIT.start + 9 * HOUR))

    route = only(town)

    assert told(route) == [
        ("远村", "09:00", "40 km, 1 h"),
        ("中村", "10:30–11:00", "20 km, 30 min"),
        ("近村", "11:45–12:15", "10 km, 15 min"),
    ]
    assert route.said == "3 visits, about 80 km of road. Leave 柳树村 at 08:00; back at about 13:00."


def test_a_time_that_was_agreed_on_stays_and_the_clash_is_told(town: Town) -> None:
    located(town.station, 0)
    appointed(town, town.station, timedelta())
    appointed(town, village(town, "远村", 20), HOUR)

    page = Web(town.luo).get("/visits/list/")

    assert told(only(town)) == [("柳树村", "09:00", "where the team is at home"), ("远村", "10:00", "20 km, 30 min")]
    assert "远村 was agreed on for 10:00. You are there at 10:30 at the earliest, 30 min late." in page
    assert list(Session.objects.order_by("start").values_list("start", flat=True)) == [VISIT.start, VISIT.start + HOUR]


def test_what_has_no_room_while_somebody_is_at_home_is_told(town: Town) -> None:
    located(town.station, 0)
    appointed(town, town.station, timedelta(), 2 * HOUR)
    taken_on(town, village(town, "远村", 20))

    page = Web(town.luo).get("/visits/")

    assert "远村 has no time yet and does not fit" in page
    assert "it would end 30 min too late" in page


def test_where_nobody_has_measured_the_visits_stand_by_their_times(town: Town) -> None:
    located(town.station, 0)
    appointed(town, village(town, "无名村", None), 2 * HOUR)
    appointed(town, village(town, "近村", 30), timedelta())

    page = Web(town.luo).get("/visits/")

    assert told(only(town)) == [("近村", "09:00", "30 km, 45 min"), ("无名村", "11:00", "way not known")]
    assert "Nobody has measured where this is: 无名村." in page
    assert "km of road" not in page


def test_what_else_the_team_holds_is_driven_to_as_well(town: Town) -> None:
    located(town.station, 0)
    hall = village(town, "礼堂", 10)
    appointed(town, town.station, 2 * HOUR)
    times = {"start": VISIT.start, "end": VISIT.end}
    Session.objects.create(kind="activity", title="讲座", unit=hall, team=town.plumbers, **times)
    Session.objects.create(kind="activity", title="别天", unit=hall, team=town.plumbers, start=NINE, end=NINE + HOUR)

    assert [stop.call.title for stop in only(town).stops] == ["讲座", "水龙头维修"]
    assert "讲座" in Web(town.luo).get("/visits/list/")


def test_nobody_is_sent_to_a_visit_by_phone_nor_on_a_day_that_no_plan_has_kept(town: Town) -> None:
    located(town.station, 0)
    appointed(town, town.station, timedelta())
    taken_on(town, town.station, kept=False)
    before = day_of(town.plumbers, TOMORROW.start.date(), [], NINE)
    assert before is not None
    assert [len(before.stops), len(only(town).stops)] == [1, 1]
    ServiceItem.objects.update(place="online")

    found = visit_days(Standing(town.luo, NINE))

    assert day_of(town.plumbers, TOMORROW.start.date(), [], NINE) is None
    assert ([len(route.stops) for route in found.routes], len(found.afar)) == ([], 1)
    assert "Online or by phone" in Web(town.luo).get("/visits/list/")


def test_what_is_left_of_today_begins_now(town: Town) -> None:
    located(town.station, 0)
    order = taken_on(town, town.station, Slot(NINE, NINE + 3 * HOUR))

    found = [day_of(town.plumbers, NINE.date(), [order], NINE + timedelta(minutes=minutes)) for minutes in (63, 150)]

    assert [route and [(stop.clock[:5], stop.late) for stop in route.stops] for route in found] == [
        [("10:05", 0)],
        [("11:30", 30)],
    ]


def test_the_city_says_how_fast_one_gets_about(town: Town) -> None:
    located(town.station, 0)
    appointed(town, village(town, "远村", 40), timedelta())
    Policy.objects.create(unit=town.city, **{**defaults(), "speed": 80, "road": 195})

    assert told(only(town)) == [("远村", "09:00", "60 km, 45 min")]


def test_a_printed_list_reveals_what_has_no_time_yet_too(town: Town) -> None:
    located(town.station, 0)
    appointed(town, town.station, timedelta())
    taken_on(town, town.station)
    web = Web(town.luo)
    before = web.get("/visits/list/").count("3 号楼 2 单元 501")

    web.post("/visits/print/")

    assert (before, web.get("/visits/list/").count("3 号楼 2 单元 501")) == (0, 2)


def test_times_offered_to_the_leader_leave_room_for_the_road(town: Town) -> None:
    located(town.station, 0)
    order = taken_on(town, town.station)
    before = [slot.start for slot in free_slots(order, HOUR, NINE)]

    appointed(town, village(town, "远村", 20), timedelta())

    assert before == [VISIT.start, VISIT.start + HOUR, VISIT.start + 2 * HOUR]
    beside = [slot.start - VISIT.start for slot in free_slots(order, HOUR, NINE)]
    assert beside == [timedelta(hours=1, minutes=30), 2 * HOUR]


def test_a_time_that_just_leaves_room_before_another_visit_is_offered(town: Town) -> None:
    located(town.station, 0)
    order = taken_on(town, town.station)

    appointed(town, village(town, "近村", 3), timedelta(hours=1, minutes=32))  # five minutes of road

    starts = [slot.start - VISIT.start for slot in free_slots(order, HOUR, NINE)]
    assert starts == [timedelta(), timedelta(minutes=25)]


def test_a_visit_by_phone_needs_no_road(town: Town) -> None:
    located(town.station, 0)
    order = taken_on(town, town.station)
    appointed(town, village(town, "远村", 20), timedelta())
    order.item.place = "online"  # type: ignore[union-attr]  # it has one

    assert [slot.start for slot in free_slots(order, HOUR, NINE)] == [VISIT.start + HOUR, VISIT.start + 2 * HOUR]
