"""What becomes of orders when a resident deletes their account, or a team is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from baixing.journal.queries import verify
from baixing.kernel.refusals import NotNow
from baixing.network.models import Home
from baixing.notices.models import Notice
from baixing.orders import actions
from baixing.orders.models import Order, Rating
from baixing.people.actions import erase
from baixing.people.rules.above import holdings, recoverable
from baixing.teams.actions import close_team
from baixing.teams.models import Membership
from tests.town import NINE, VISIT, Town

LATER = VISIT.end


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_nobody_goes_while_their_order_is_open(town: Town) -> None:
    order = town.place()

    with pytest.raises(NotNow, match=order.number):
        erase(town.jin, by=town.jin, at=NINE)


def test_words_and_address_go_and_the_account_of_the_service_stays(town: Town) -> None:
    order = town.order_in("closed")

    erase(town.jin, by=town.jin, at=LATER)

    left = Order.objects.get(pk=order.pk)
    assert (left.words, left.address, left.phone, left.phone_tail, left.result) == ("", "", "", "", "")
    assert (left.state, left.team) == ("closed", town.plumbers)
    assert verify(f"orders.order:{order.pk}").ok
    assert Rating.objects.get().words == ""
    assert Home.objects.get(person=town.jin).address == ""


def test_no_word_of_the_resident_is_left_in_what_others_were_told(town: Town) -> None:
    town.order_in("closed")

    erase(town.jin, by=town.jin, at=LATER)

    assert not any("滴水" in str(notice.said) for notice in Notice.objects.all())


def test_staff_and_leaders_hand_over_before_they_go(town: Town) -> None:
    with pytest.raises(NotNow, match=town.station.name):
        erase(town.zhou, by=town.zhou, at=NINE)

    with pytest.raises(NotNow, match="铜城水电队"):
        erase(town.luo, by=town.luo, at=NINE)


def test_a_volunteer_who_goes_leaves_the_team(town: Town) -> None:
    erase(town.min, by=town.min, at=NINE)

    assert Membership.objects.get(team=town.plumbers, person=town.min).state == Membership.State.LEFT


def test_nothing_can_be_ordered_for_somebody_who_has_gone(town: Town) -> None:
    erase(town.jin, by=town.jin, at=NINE)

    with pytest.raises(NotNow, match="closed"):
        actions.place(town.wanted(proof="spoken"), by=town.zhou, at=NINE)


def test_the_copy_of_ones_data_holds_orders_home_and_teams(town: Town) -> None:
    order = town.order_in("closed")

    copy = str([held.rows for held in holdings(town.jin, LATER)])

    assert order.number in copy
    assert "水龙头一直滴水" in copy
    assert "3 号楼 2 单元 501" in copy
    assert "铜城水电队" in str([held.rows for held in holdings(town.min, LATER)])


def test_a_team_with_open_orders_stays_open(town: Town) -> None:
    order = town.order_in("accepted")

    with pytest.raises(NotNow, match="1 open"):
        close_team(town.plumbers, words="散了", by=town.gao, at=NINE)

    actions.hand_back(order, town.reason("hand_back"), words="", by=town.luo, at=NINE)
    close_team(town.plumbers, words="散了", by=town.gao, at=NINE)
    assert not town.plumbers.active


def test_a_closed_team_is_offered_nothing(town: Town) -> None:
    close_team(town.plumbers, words="散了", by=town.gao, at=NINE)
    order = town.order_in("pending")

    with pytest.raises(NotNow, match="cannot be asked"):
        actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)


def test_a_number_is_changed_only_where_the_person_lives(town: Town) -> None:
    at_desk = {
        name: set(found) if (found := recoverable(getattr(town, name), NINE)) is not None else None
        for name in ("zhou", "gao", "shi", "wei")
    }

    assert town.jin in (at_desk["zhou"] or ())
    assert town.wu not in (at_desk["zhou"] or ())
    assert town.wu in (at_desk["gao"] or ())
    assert (at_desk["shi"], at_desk["wei"]) == (None, None)
