"""What nobody accepts for 60 days leaves the menu, and those who look after it are asked."""

from __future__ import annotations

from datetime import timedelta

from baixing.journal.models import Entry
from baixing.menu import actions as menu
from baixing.menu.models import ServiceItem
from baixing.notices.models import Notice
from baixing.orders import actions
from tests.town import DAY, NINE, Town

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

    menu.bring_back(item, version=item.version, by=town.gao, at=LATER + DAY)

    assert actions.retire_unserved(at=LATER + 2 * DAY) == 0
