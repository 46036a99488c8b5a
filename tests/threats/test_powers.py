"""Powers are read at each request: whoever has lost theirs does nothing with a page that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from baixing.kernel.once import new_key
from baixing.network.models import Post
from baixing.orders.models import Order
from baixing.people.models import Person
from baixing.teams.models import Membership, Team
from tests.town import HOUR, NINE, Town, verbs_of


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def press(client: Client, order: Order, verb: str, **said: object) -> int:
    form = {"key": new_key(), "version": order.version, **said}
    return client.post(f"/orders/{order.pk}/{verb}/", form).status_code


def test_a_post_that_ended_lets_do_nothing_from_the_next_request_on(town: Town) -> None:
    order = town.order_in("placed")
    client = signed_in(town.zhou)
    assert client.get(f"/orders/{order.pk}/").status_code == 200

    Post.objects.filter(person=town.zhou).update(until=NINE)

    assert press(client, order, "admit", urgency="normal") == 404
    assert client.get(f"/orders/{order.pk}/").status_code == 404
    assert verbs_of(order) == ["place"]


def test_a_post_that_has_not_begun_lets_do_nothing(town: Town) -> None:
    order = town.order_in("placed")
    Post.objects.create(person=town.wei, unit=town.station, kind=Post.Kind.STAFF, since=NINE + HOUR)

    assert press(signed_in(town.wei), order, "admit", urgency="normal") == 404
    with time_machine.travel(NINE + HOUR, tick=False):
        assert press(signed_in(town.wei), order, "admit", urgency="normal") == 302


def test_whoever_leads_no_more_answers_no_offer(town: Town) -> None:
    order = town.order_in("offered")
    client = signed_in(town.luo)
    Team.objects.filter(pk=town.plumbers.pk).update(leader=town.min)

    assert press(client, order, "accept") in {403, 404}
    assert "accept" not in verbs_of(order)


def test_whoever_left_the_team_sees_no_contact(town: Town) -> None:
    order = town.order_in("accepted")
    client = signed_in(town.min)
    assert press(client, order, "reveal") == 302
    assert "128 0000 0000" in client.get(f"/orders/{order.pk}/").content.decode()

    Membership.objects.filter(person=town.min).update(state="left")

    assert client.get(f"/orders/{order.pk}/").status_code == 404
    with time_machine.travel(NINE + timedelta(minutes=1), tick=False):
        assert client.get("/visits/list/").content.decode().count("0000 0000") == 0
