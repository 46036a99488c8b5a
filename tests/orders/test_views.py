from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.kernel.once import new_key
from baixing.menu.models import ServiceItem
from baixing.menu.queries import search_text
from baixing.orders.models import Order
from tests.orders.web import Web
from tests.town import NINE, VISIT, Town, verbs_of

S = Order.State


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def test_anybody_reads_what_a_service_gives(town: Town) -> None:
    page = Web().get("/services/tap-repair/")

    assert "Tap repair" in page
    assert "/services/tap-repair/order/" in page


def test_a_known_person_orders_in_three_taps(town: Town) -> None:
    web = Web(town.jin)
    check = web.get("/services/tap-repair/order/")
    assert town.station.short in check
    assert town.jin.phone not in check

    answer = web.post("/services/tap-repair/order/", words="水龙头滴水")

    placed = Order.objects.get(resident=town.jin)
    assert answer.headers["Location"] == f"/orders/{placed.pk}/"
    assert "Your order is placed." in web.get(f"/orders/{placed.pk}/")


def test_words_of_danger_show_the_numbers_to_call_first(town: Town) -> None:
    web = Web(town.jin)
    web.post("/wish/", words="厨房着火了，快来人")

    page = web.get(f"/orders/{Order.objects.get().pk}/")

    assert page.index("tel:119") < page.index("What happened")


def test_a_wish_without_words_is_asked_for_again(town: Town) -> None:
    answer = Web(town.jin).post("/wish/", words="", address="三号楼")

    assert answer.status_code == 422
    assert "三号楼" in answer.content.decode()
    assert Order.objects.count() == 0


def test_an_order_lives_its_whole_life_through_its_pages(town: Town) -> None:
    order = town.place()
    Web(town.zhou).do(order, "admit", urgency="normal")
    Web(town.shi).do(order, "dispatch", team=town.plumbers.pk)
    Web(town.luo).do(order, "accept")
    visit = {"day": "2026-03-06", "start": "09:30", "minutes": 60, "volunteers": town.luo.pk}
    Web(town.luo).do(order, "appoint", **visit)
    with time_machine.travel(VISIT.end, tick=False):
        Web(town.luo).do(order, "serve", result="换了垫圈", came=town.luo.pk)

        Web(town.jin).do(order, "rate", face="good", solved="yes")

    assert state_of(order) == S.CLOSED
    assert verbs_of(order) == ["place", "admit", "dispatch", "accept", "appoint", "serve", "rate"]


@pytest.mark.parametrize("state", S.values)
def test_every_state_has_a_page_for_everybody_concerned(town: Town, state: str) -> None:
    order = town.order_in(state)

    for person in (town.jin, town.zhou, town.shi, town.gao, town.shen):
        assert order.number in Web(person).get(f"/orders/{order.pk}/")
    assert f'href="/orders/{order.pk}/"' in Web(town.jin).get("/orders/mine/")


def test_the_question_stands_over_the_field_for_its_answer(town: Town) -> None:
    order = town.order_in("asked")

    page = Web(town.jin).get(f"/orders/{order.pk}/")

    assert page.index('<p class="said">在哪一户?</p>') < page.index('name="answer"')


def test_whoever_rates_is_offered_no_second_way_to_complain(town: Town) -> None:
    order = town.order_in("served")

    page = Web(town.jin).get(f"/orders/{order.pk}/")

    assert f'action="/orders/{order.pk}/rate/"' in page
    assert f'action="/orders/{order.pk}/dispute/"' not in page


def test_the_leader_sees_the_contact_only_after_asking_for_it(town: Town) -> None:
    order, web = town.order_in("accepted"), Web(town.luo)
    assert order.address not in web.get(f"/orders/{order.pk}/")

    web.do(order, "reveal")

    assert order.address in web.get(f"/orders/{order.pk}/")
    with time_machine.travel(NINE.replace(minute=16), tick=False):
        assert order.address not in web.get(f"/orders/{order.pk}/")


def test_a_stranger_finds_no_order_and_no_paper_of_it(town: Town) -> None:
    order, web = town.order_in("appointed"), Web(town.wei)

    for page in ("", "slip/", "visit.ics", "journal/", "journal.csv"):
        web.get(f"/orders/{order.pk}/{page}", status=404)
    assert web.do(order, "withdraw").status_code == 404


def test_a_stale_page_is_refused_in_words(town: Town) -> None:
    order = town.place()
    Web(town.zhou).do(order, "admit", urgency="normal")

    answer = Web(town.jin).post(f"/orders/{order.pk}/change/", version=1, words="别来了", address="")

    assert answer.status_code == 409
    assert "Somebody has just dealt with this" in answer.content.decode()


def test_words_that_do_not_fit_are_kept_on_the_page(town: Town) -> None:
    order = town.order_in("accepted")
    night = {"day": "2026-03-06", "start": "23:00", "minutes": 60, "volunteers": town.luo.pk}

    answer = Web(town.luo).do(order, "appoint", **night)

    assert answer.status_code == 422
    assert "The resident is not at home then" in answer.content.decode()
    assert 'value="23:00"' in answer.content.decode()


def test_the_same_form_sent_twice_has_one_effect(town: Town) -> None:
    order, web = town.place(), Web(town.jin)
    said = {"key": new_key(), "version": order.version}

    answers = [web.client.post(f"/orders/{order.pk}/urge/", said) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert verbs_of(order) == ["place", "urge"]


def test_htmx_is_answered_with_the_fragment_alone(town: Town) -> None:
    order, web = town.place(), Web(town.jin)

    page = web.client.get(f"/orders/{order.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert page.strip().startswith(f'<div id="order-{order.pk}"')


def test_a_declining_leader_is_led_away_and_the_order_goes_back(town: Town) -> None:
    order = town.order_in("offered")
    code = town.reason("decline").code
    assert f'value="{code}"' in Web(town.luo).get(f"/orders/{order.pk}/")

    answer = Web(town.luo).do(order, "decline", reason=code)

    assert (answer.status_code, state_of(order)) == (302, S.PENDING)


def test_the_dispatcher_reads_why_each_team_can_or_cannot(town: Town) -> None:
    order = town.order_in("pending")

    page = Web(town.shi).get(f"/orders/{order.pk}/")

    assert town.plumbers.name in page
    assert "same village or community" in page
    assert f'name="team" value="{town.plumbers.pk}"' in page


def test_a_slip_is_printed_on_a_roll_or_on_a_sheet(town: Town) -> None:
    order, web = town.order_in("appointed"), Web(town.zhou)

    roll, sheet = web.get(f"/orders/{order.pk}/slip/"), web.get(f"/orders/{order.pk}/slip/?sheet=a4")

    assert ('data-sheet="receipt"' in roll, 'data-sheet="receipt"' in sheet) == (True, False)
    assert 'class="said"' in sheet


def test_a_slip_carries_the_code_and_goes_to_the_resident_not_the_team(town: Town) -> None:
    order = town.order_in("accepted")

    page = Web(town.jin).get(f"/orders/{order.pk}/slip/")

    assert order.spaced_code in page
    assert "data:image/svg+xml" in page
    Web(town.luo).get(f"/orders/{order.pk}/slip/", status=403)


def test_the_calendar_file_says_when_and_not_where_exactly(town: Town) -> None:
    order = town.order_in("appointed")

    page = Web(town.luo).get(f"/orders/{order.pk}/visit.ics")

    assert "DTSTART" in page
    assert order.address not in page
    assert order.phone not in page


def test_staff_order_for_somebody_they_have_never_seen(town: Town) -> None:
    web = Web(town.zhou)
    web.get("/orders/new/")
    told = {"phone": "138 0000 0001", "name": "王秀英", "village": town.station.pk, "proof": "spoken"}

    answer = web.post("/orders/new/", item="水龙头维修", words="漏水", address="5 号", **told)

    order = Order.objects.get(resident__name="王秀英")
    assert answer.headers["Location"] == f"/orders/{order.pk}/"
    assert (order.proof, order.placed_by, order.phone) == ("spoken", town.zhou, "+8613800000001")


def test_staff_name_the_service_in_a_few_words_and_are_asked_when_it_is_not_clear(town: Town) -> None:
    another = ServiceItem.objects.get(pk=town.tap_repair.pk)
    another.pk, another.code, another.name = None, "pipe-repair", "水管维修"
    for item in (town.tap_repair, another):
        item.search_text = search_text(item)
        item.save(force_insert=item.pk is None)
    told = {"phone": "13800000001", "name": "王秀英", "village": town.station.pk, "proof": "spoken"}
    ask = Web(town.zhou).post

    answers = [ask("/orders/new/", item=said, **told) for said in ("维修", "理发", "水龙头")]

    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert "水龙头维修 · 水管维修" in answers[0].content.decode()
    assert 'value="理发"' in answers[1].content.decode()
    assert Order.objects.get().item == town.tap_repair


def test_a_resident_cannot_order_for_others(town: Town) -> None:
    told = {"phone": "13800000001", "name": "王秀英", "village": town.station.pk, "proof": "spoken"}

    answer = Web(town.jin).post("/orders/new/", words="漏水", **told)

    assert answer.status_code == 403
    assert Order.objects.count() == 0


def test_a_printed_list_of_visits_reveals_each_of_them(town: Town) -> None:
    order, web = town.order_in("appointed"), Web(town.luo)
    assert order.address not in web.get("/visits/list/")

    web.post("/visits/print/")

    assert order.address in web.get("/visits/list/")
    assert verbs_of(order)[-1] == "reveal"


def test_an_auditor_reads_the_journal_and_that_is_a_line_of_it(town: Town) -> None:
    order, web = town.order_in("closed"), Web(town.shen)
    assert "The chain holds" not in web.get(f"/orders/{order.pk}/journal/")
    web.get(f"/orders/{order.pk}/journal.csv", status=302)

    web.post(f"/orders/{order.pk}/journal/")

    assert "The chain holds: 8 lines" in web.get(f"/orders/{order.pk}/journal/")
    assert verbs_of(order)[-1] == "read"
    assert "place" in web.get(f"/orders/{order.pk}/journal.csv").lower()


def test_staff_are_no_auditors(town: Town) -> None:
    order = town.place()

    Web(town.zhou).get(f"/orders/{order.pk}/journal/", status=403)

    assert Web(town.zhou).post(f"/orders/{order.pk}/journal/").status_code == 403


def test_an_auditor_is_offered_nothing_to_do(town: Town) -> None:
    order = town.order_in("pending")

    page = Web(town.shen).get(f"/orders/{order.pk}/")

    assert f'action="/orders/{order.pk}/' not in page
