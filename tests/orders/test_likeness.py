"""While somebody types a wish: what the menu has of it, and what neighbours asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from baixing.menu.actions.editing import stamp
from baixing.menu.models import ServiceItem
from baixing.menu.queries import search_text
from baixing.network.models import Home
from baixing.orders.models import Order
from baixing.orders.queries.likeness import is_like
from tests.town import NINE, Town
from tests.web import Web

WISH = "楼道里的灯坏了，晚上看不见路"


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def wish(town: Town, *, shared: bool = True) -> Order:
    return town.place(item=None, words=WISH, shared=shared)


def neighbour(town: Town) -> Web:
    ServiceItem.objects.update(search_text=search_text(town.tap_repair))
    stamp(town.city)
    Home.objects.create(person=town.wei, station=town.station, address="9 号楼")
    return Web(town.wei)


def said_to(web: Web, words: str) -> str:
    answer = web.client.post("/wish/like/", {"words": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_service_that_the_words_mean_is_suggested(town: Town) -> None:
    assert "水龙头维修" in said_to(neighbour(town), "水龙头维修")


def test_equal_wish_of_a_neighbour_is_suggested_without_saying_whose(town: Town) -> None:
    wish(town)

    said = said_to(neighbour(town), "我们楼道的灯坏了")

    assert WISH in said
    assert town.jin.name not in said


def test_wish_that_was_not_shared_is_never_shown(town: Town) -> None:
    wish(town, shared=False)

    assert WISH not in said_to(neighbour(town), WISH)


def test_equal_order_of_a_neighbour_is_suggested_without_its_words(town: Town) -> None:
    ServiceItem.objects.update(shared=True)
    order = town.place()

    said = said_to(neighbour(town), "水龙头维修")

    assert f"/orders/{order.pk}/join/" in said
    assert order.words not in said


def test_people_of_another_village_see_nothing_of_it(town: Town) -> None:
    wish(town)

    assert WISH not in said_to(Web(town.wei), WISH)


@pytest.mark.parametrize("words", ["", " ", "灯", "\x00", "🙂" * 400, "a" * 100_000])
def test_any_words_have_an_answer(town: Town, words: str) -> None:
    said_to(neighbour(town), words)


def test_neighbour_joins_a_shared_wish(town: Town) -> None:
    order, web = wish(town), neighbour(town)

    web.post(f"/orders/{order.pk}/join/", words="楼道灯")

    assert order.followers.get().person == town.wei
    assert WISH not in web.get(f"/orders/{order.pk}/")


def test_wish_that_was_not_shared_cannot_be_joined(town: Town) -> None:
    order, web = wish(town, shared=False), neighbour(town)

    answer = web.post(f"/orders/{order.pk}/join/")

    assert answer.status_code == 404


def test_resident_shares_a_wish_by_a_tick(town: Town) -> None:
    Web(town.jin).post("/wish/", words=WISH, shared="on")

    assert Order.objects.get().shared


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert is_like(one, other) == is_like(other, one)
