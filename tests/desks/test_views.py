from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.network.models import Post
from baixing.orders import actions
from baixing.orders.models import CallBack, Order
from tests.town import DAY, HOUR, NINE, VISIT, Town, verbs_of
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def asked_to_call(town: Town) -> Order:
    order = town.order_in("appointed")
    assert order.visit is not None
    CallBack.objects.create(order=order, visit=order.visit, asked_at=NINE)
    return order


def test_the_morning_counts_what_waits_and_each_count_is_a_filter(town: Town) -> None:
    town.place()
    asked = town.order_in("asked")
    web = Web(town.zhou)

    assert "2</strong>" not in web.get("/today/?which=disputed").split('id="desk-list"')[1]
    unassigned = web.get("/today/?which=unassigned").split('id="desk-list"')[1]
    assert asked.number not in unassigned


def test_the_chosen_order_stands_beside_the_list_with_its_deeds(town: Town) -> None:
    order = town.place()

    page = Web(town.zhou).get(f"/today/?order={order.pk}")

    assert f"/orders/{order.pk}/admit/" in page
    assert f"?order={order.pk}" in page


def test_an_order_of_others_never_stands_in_the_panel(town: Town) -> None:
    order = town.place()

    page = Web(town.zhou).get("/today/?order=999999")
    assert "/admit/" not in page

    other = Web(town.wu).get(f"/today/?order={order.pk}")
    assert f"/orders/{order.pk}/admit/" not in other


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 30, "１"])
def test_odd_numbers_in_the_address_show_the_morning(town: Town, odd: str) -> None:
    Web(town.zhou).get(f"/today/?order={odd}&unit={odd}&which={odd}&page={odd}")


def test_an_account_in_the_panel_tells_its_list_that_it_moved(town: Town) -> None:
    order, web = town.place(), Web(town.zhou)

    answer = web.client.get(f"/orders/{order.pk}/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Trigger"] == "order-moved"


def test_an_order_is_found_by_number_name_and_last_four_digits(town: Town) -> None:
    order, other = town.place(), town.place()
    web = Web(town.zhou)

    for asked in (order.number, str(order.pk), order.number.replace("-", "")):
        assert web.post("/find/", asked=asked).headers["Location"] == f"/orders/{order.pk}/"
    for asked in ("jin", town.jin.phone[-4:]):
        page = web.post("/find/", asked=asked).content.decode()
        assert order.number in page
        assert other.number in page
        assert town.jin.name not in page.split("<main")[1].replace('value="jin"', "").replace("j*", "")


def test_nobody_finds_what_they_may_not_see(town: Town) -> None:
    order = town.place()
    Post.objects.create(person=town.wei, unit=town.city, kind=Post.Kind.EDITOR, since=NINE)

    answer = Web(town.wei).post("/find/", asked=str(order.pk))

    assert answer.status_code == 200
    assert order.number not in answer.content.decode()


def test_the_numbers_of_a_call_list_are_shown_once_asked_for_and_each_is_a_line(town: Town) -> None:
    order, web = asked_to_call(town), Web(town.zhou)
    hidden = web.get("/today/calls/")

    web.post("/today/calls/print/")

    assert town.jin.phone[-8:] not in hidden.replace(" ", "")
    assert town.jin.phone[3:] in web.get("/today/calls/").replace(" ", "")
    assert verbs_of(order)[-1] == "reveal"


def test_the_board_shows_one_tier_or_all(town: Town) -> None:
    order = town.place()
    web = Web(town.wu)

    assert f"/orders/{order.pk}/" in web.get("/board/")
    assert f"/orders/{order.pk}/" in web.get("/board/?tier=1")
    assert f"/orders/{order.pk}/" not in web.get("/board/?tier=2")


def test_a_leader_sees_what_to_answer_what_lacks_a_time_and_the_visits(town: Town) -> None:
    offered, accepted = town.order_in("offered"), town.order_in("accepted")

    page = Web(town.luo).get("/inbox/")

    assert page.index("To answer") < page.index(f"/orders/{offered.pk}/")
    assert page.index("A time has to be set") < page.index(f"/orders/{accepted.pk}/")
    assert "Visits to come" not in page


def test_the_shelf_holds_what_a_person_may_do_and_nothing_else(town: Town) -> None:
    clerk, auditor, resident = (Web(person).get("/more/") for person in (town.zhou, town.shen, town.wei))

    assert ("/recover/" in clerk, "/recover/" in auditor, "/recover/" in resident) == (True, False, False)
    assert ("/find/" in clerk, "/find/" in auditor, "/find/" in resident) == (True, True, False)
    assert "/menu/edit/" in Web(town.gao).get("/more/")


def test_an_auditor_begins_with_what_is_disputed_or_has_gone_up(town: Town) -> None:
    calm, disputed = town.place(), town.order_in("disputed")

    page = Web(town.shen).get("/find/")

    assert disputed.number in page
    assert calm.number not in page


def test_an_overdue_order_is_marked_and_counted(town: Town) -> None:
    town.place()
    with time_machine.travel(NINE + 3 * DAY, tick=False):
        assert "tone-red" in Web(town.zhou).get("/today/").split('id="desk-list"')[1]


def test_a_visit_that_nobody_reported_is_called_about_from_the_morning(town: Town) -> None:
    order = town.order_in("appointed")
    with time_machine.travel(VISIT.end + 3 * HOUR, tick=False):
        actions.tick(at=VISIT.end + 3 * HOUR)
        page = Web(town.zhou).get("/today/?which=calls")

    assert f"?which=calls&amp;order={order.pk}" in page
