"""Others who may see an order: by its code, of the family, and leaders to whom it is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit
from baixing.network.models import Home, Unit
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.teams.models import Team
from tests.orders.web import Web
from tests.town import NINE, Town


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def follower_of(order: Order, town: Town) -> Web:
    Web(town.jin).do(order, "follow", name=town.wei.name, phone=town.wei.phone)
    return Web(town.wei)


def test_whoever_of_the_family_follows_sees_state_and_dates_alone(town: Town) -> None:
    order = town.order_in("appointed")
    family = follower_of(order, town)

    page = family.get(f"/orders/{order.pk}/")

    assert order.number in page
    assert order.address not in page
    assert town.jin.name not in page
    assert "Orders I follow" in family.get("/orders/mine/")


def test_somebody_unknown_cannot_be_let_follow_and_what_was_typed_stays(town: Town) -> None:
    order, web = town.order_in("appointed"), Web(town.jin)

    answer = web.do(order, "follow", name="nobody at all", phone=town.wei.phone)

    assert answer.status_code == 422
    assert "nobody at all" in answer.content.decode()
    assert not order.followers.exists()


def test_whom_one_names_is_asked_few_times_a_day(town: Town) -> None:
    order, web = town.order_in("appointed"), Web(town.jin)

    answers = [web.do(order, "follow", name="nobody", phone=town.wei.phone).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize("who", ["jin", "wei"])
def test_either_side_may_end_it(town: Town, who: str) -> None:
    order = town.order_in("appointed")
    follower_of(order, town)
    page = Web(getattr(town, who)).get(f"/orders/{order.pk}/")

    address = f"/followers/{order.followers.get().pk}/end/"
    Web(getattr(town, who)).post(address)

    assert address in page
    Web(town.wei).get(f"/orders/{order.pk}/", 404)


def neighbour(town: Town, station: Unit | None = None) -> Web:
    ServiceItem.objects.update(shared=True)
    Home.objects.create(person=town.wei, station=station or town.station, address="9 号楼")
    return Web(town.wei)


def test_a_neighbour_is_told_of_the_same_visit_and_joins_it(town: Town) -> None:
    order, web = town.order_in("appointed"), neighbour(town)
    check = web.get("/services/tap-repair/order/")

    web.post(f"/orders/{order.pk}/join/")
    page = web.get(f"/orders/{order.pk}/")

    assert f'action="/orders/{order.pk}/join/"' in check
    assert town.jin.name not in check
    assert order.number in page
    assert order.address not in page
    assert f'action="/orders/{order.pk}/join/"' not in web.get("/services/tap-repair/order/")


def test_nobody_of_another_village_may_join(town: Town) -> None:
    order = town.order_in("appointed")
    other = add_unit(Unit.Kind.STATION, "杨树村", town.institute, by=None, at=NINE)
    web = neighbour(town, other)

    answer = web.post(f"/orders/{order.pk}/join/")

    assert answer.status_code == 404
    with pytest.raises(NotAllowed):
        actions.join(order, by=town.wei, at=NINE)


def test_what_serves_one_household_cannot_be_joined(town: Town) -> None:
    order, web = town.order_in("appointed"), neighbour(town)
    ServiceItem.objects.update(shared=False)

    assert web.post(f"/orders/{order.pk}/join/").status_code == 404
    assert "join" not in web.get("/services/tap-repair/order/")
    with pytest.raises(NotNow):
        actions.join(Order.objects.with_nouns().get(pk=order.pk), by=town.wei, at=NINE)


def test_whoever_has_ordered_it_already_is_told(town: Town) -> None:
    order = town.place()

    check = Web(town.jin).get("/services/tap-repair/order/")

    assert "You have ordered this already" in check
    assert f'href="/orders/{order.pk}/"' in check


def test_an_open_order_is_seen_by_leaders_whose_teams_could_serve_it(town: Town) -> None:
    order = town.order_in("pending")
    actions.open(order, by=town.shi, at=NINE)
    far = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    Team.objects.create(name="西区水电队", home=far, leader=town.wei, reach=Team.Reach.COUNTY).skills.add(
        town.tap_repair.skill
    )

    Web(town.luo).get(f"/orders/{order.pk}/")

    Web(town.wei).get(f"/orders/{order.pk}/", 404)


def test_an_order_is_followed_by_code_without_signing_in(town: Town) -> None:
    order = town.order_in("appointed")

    page = Web().post("/track/", code=order.spaced_code.lower(), four=order.phone[-4:]).content.decode()

    assert order.number in page
    assert order.address not in page
    assert town.jin.name not in page


def test_ten_wrong_tries_to_follow_an_order_are_the_last(town: Town) -> None:
    order, web = town.place(), Web()
    wrong = "0000" if order.phone[-4:] != "0000" else "1111"

    answers = [web.post("/track/", code=order.code, four=wrong).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]
    assert web.post("/track/", code=order.code, four=order.phone[-4:]).status_code == 429


def test_right_tries_are_not_counted(town: Town) -> None:
    order, web = town.place(), Web()

    answers = {web.post("/track/", code=order.code, four=order.phone[-4:]).status_code for _ in range(12)}

    assert answers == {200}
