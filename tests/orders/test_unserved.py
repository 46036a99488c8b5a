"""What nobody accepts for 60 days leaves the menu, and those who look after it are asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotNow, Overtaken
from baixing.menu import actions as menu
from baixing.menu.models import ServiceItem
from baixing.network.models import Post
from baixing.notices.models import Notice
from baixing.orders import actions
from tests.town import DAY, NINE, Town
from tests.web import Web

LATER = NINE + 60 * DAY


def on_the_menu(town: Town) -> bool:
    return ServiceItem.objects.get(pk=town.tap_repair.pk).active


def told() -> list[str]:
    return [notice.person.name for notice in Notice.objects.filter(kind="menu.unserved").select_related("person")]


def test_item_that_nobody_accepted_for_60_days_leaves_the_menu_and_its_owner_is_asked(town: Town) -> None:
    town.order_in("pending")

    count = actions.retire_unserved(at=LATER)

    assert (count, on_the_menu(town), told()) == (1, False, ["gao"])
    assert Entry.objects.of(town.tap_repair).latest("seq").verb == "retire_item"


def test_the_owner_is_asked_once(town: Town) -> None:
    town.order_in("pending")

    counts = [actions.retire_unserved(at=LATER) for _ in range(2)]

    assert (counts, told()) == ([1, 0], ["gao"])


def test_item_stays_until_the_60_days_are_over(town: Town) -> None:
    town.order_in("pending")

    actions.retire_unserved(at=LATER - timedelta(minutes=1))

    assert on_the_menu(town)


def test_item_that_was_accepted_since_stays(town: Town) -> None:
    town.order_in("pending")
    town.order_in("accepted")

    actions.retire_unserved(at=LATER)

    assert on_the_menu(town)


def test_item_that_nobody_asked_for_stays(town: Town) -> None:
    town.order_in("closed")
    town.order_in("withdrawn")

    actions.retire_unserved(at=LATER)

    assert on_the_menu(town)


def test_item_that_was_brought_back_has_its_60_days_again(town: Town) -> None:
    town.order_in("pending")
    actions.retire_unserved(at=LATER)
    item = ServiceItem.objects.get(pk=town.tap_repair.pk)

    menu.bring_back(item, changed="找到一支新队", version=item.version, by=town.gao, at=LATER + DAY)

    assert actions.retire_unserved(at=LATER + 2 * DAY) == 0
    assert Entry.objects.of(item).latest("seq").words.text == "找到一支新队"


def test_item_that_was_never_ordered_is_not_given_up_on(town: Town) -> None:
    assert actions.retire_unserved(at=NINE + 900 * DAY) == 0


def test_an_order_that_no_station_admitted_is_not_the_teams_refusal(town: Town) -> None:
    town.place()

    assert actions.retire_unserved(at=LATER) == 0


def test_after_days_without_a_clock_the_item_leaves_once(town: Town) -> None:
    town.order_in("pending")

    counts = [actions.retire_unserved(at=LATER + days * DAY) for days in (5, 5, 9)]

    assert (counts, len(told())) == ([1, 0, 0], 1)


def test_live_orders_of_the_item_go_on(town: Town) -> None:
    order = town.order_in("pending")
    actions.retire_unserved(at=LATER)

    actions.dispatch(order, town.plumbers, by=town.shi, at=LATER)

    assert order.state == "offered"


def test_where_nobody_keeps_the_menu_those_above_are_asked(town: Town) -> None:
    ServiceItem.objects.filter(pk=town.tap_repair.pk).update(unit=town.county)
    Post.objects.filter(person=town.he).delete()
    town.order_in("pending")

    actions.retire_unserved(at=LATER)

    assert told() == ["gao"]


def retired(town: Town) -> ServiceItem:
    town.order_in("pending")
    actions.retire_unserved(at=LATER)
    return ServiceItem.objects.get(pk=town.tap_repair.pk)


def test_staff_read_when_and_why_and_decide_with_two_buttons(town: Town) -> None:
    retired(town)

    page = Web(town.gao).get("/menu/edit/tap-repair/change/")

    assert "60 天没有服务队接单。" in page
    assert "Put it back on the menu" in page
    assert "Leave it off for good" in page
    assert "Please decide 1" in Web(town.gao).get(f"/menu/edit/{town.city.pk}/")


def test_it_comes_back_only_with_what_has_changed(town: Town) -> None:
    item = retired(town)
    web = Web(town.gao)

    refused = web.post("/menu/edit/tap-repair/back/", version=item.version, changed=" ")
    back = web.post("/menu/edit/tap-repair/back/", version=item.version, changed="找到一支新队")

    assert (refused.status_code, back.status_code, on_the_menu(town)) == (422, 302, True)


def test_it_is_left_off_for_good_and_nobody_is_asked_again(town: Town) -> None:
    item = retired(town)

    Web(town.gao).post("/menu/edit/tap-repair/keep-off/", version=item.version)

    item.refresh_from_db()
    assert (item.active, item.asked_at) == (False, None)
    assert Entry.objects.of(item).latest("seq").verb == "keep_off"
    with pytest.raises(NotNow):
        menu.keep_off(item, version=item.version, by=town.gao, at=LATER)


def test_of_two_who_decide_the_second_is_told(town: Town) -> None:
    item = retired(town)
    menu.keep_off(item, version=item.version, by=town.gao, at=LATER)

    with pytest.raises(Overtaken):
        menu.bring_back(item, changed="新队", version=item.version - 1, by=town.gao, at=LATER)


def test_its_page_says_so_kindly_and_names_what_there_is_instead(town: Town) -> None:
    other = ServiceItem.objects.create(
        unit=town.city, code="pipes", name="水管疏通", gist="通水管", skill=town.tap_repair.skill,
        platform=town.tap_repair.platform,
    )  # fmt: skip
    retired(town)

    page = Web(town.jin).get("/services/tap-repair/")

    assert "No team has been able to take this on" in page
    assert f"/services/{other.code}/" in page
    assert "Tell us your wish" in page
    assert "/services/tap-repair/order/" not in page


def test_an_old_link_to_its_form_leads_to_its_page(town: Town) -> None:
    retired(town)

    answer = Web(town.jin).client.get("/services/tap-repair/order/")

    assert answer.headers["Location"] == "/services/tap-repair/"
