from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baixing.kernel.calendar import now
from baixing.kernel.once import new_key
from baixing.notices import actions, queries
from baixing.notices.models import Choice, Notice
from baixing.people.models import Person


@pytest.fixture
def mine(jin: Person, client: Client) -> Client:
    """The browser of 金."""
    client.force_login(jin)
    return client


def tell(person: Person, times: int = 1, link: str = "/notices/choices/", at: datetime | None = None) -> None:
    for number in range(times):
        actions.tell([person], "lamp.lit", at=at or now(), link=link, name=f"<{number}>")


def test_my_notices_are_mine_alone(mine: Client, jin: Person, luo: Person) -> None:
    tell(jin)
    tell(luo, times=2)

    page = mine.get("/notices/").content.decode()

    assert "The lamp &lt;0&gt; is lit" in page
    assert "&lt;1&gt;" not in page


def test_an_empty_list_says_what_will_stand_there(mine: Client) -> None:
    assert "Nothing to tell you yet" in mine.get("/notices/").content.decode()


def test_a_list_of_three_asks_as_much_as_a_list_of_one(
    mine: Client, jin: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tell(jin)
    mine.get("/notices/")
    with django_assert_max_num_queries(12) as one:
        mine.get("/notices/")
    tell(jin, times=2)

    with django_assert_max_num_queries(len(one.captured_queries)):
        mine.get("/notices/")


def test_looking_at_a_notice_reads_it_and_leads_on(mine: Client, jin: Person) -> None:
    tell(jin)

    answer = mine.post(f"/notices/{Notice.objects.get().pk}/read/", {"key": new_key()})

    assert (answer.status_code, answer["Location"]) == (302, "/notices/choices/")
    assert queries.unread(jin, now()) == 0


def test_the_notice_of_another_is_not_there(mine: Client, luo: Person) -> None:
    tell(luo)

    assert mine.post(f"/notices/{Notice.objects.get().pk}/read/", {"key": new_key()}).status_code == 404
    assert queries.unread(luo, now()) == 1


def test_all_are_read_at_once(mine: Client, jin: Person) -> None:
    tell(jin, times=3)

    mine.post("/notices/read/", {"key": new_key()})

    assert queries.unread(jin, now()) == 0


def test_a_way_is_turned_off_and_on(mine: Client, jin: Person) -> None:
    for said in ({}, {"on": "on"}):
        answer = mine.post("/notices/choices/sms/", {"key": new_key(), **said})
        assert answer["Location"] == "/notices/choices/"

    assert list(Choice.objects.values_list("channel", "on")) == [("sms", True)]


def test_a_wrong_address_is_shown_again_with_its_fault(mine: Client) -> None:
    answer = mine.post("/notices/choices/email/", {"key": new_key(), "on": "on", "address": "jin@"})

    assert answer.status_code == 422
    assert 'value="jin@"' in answer.content.decode()
    assert Choice.objects.count() == 0


def test_mail_without_an_address_is_shown_again_with_its_fault(mine: Client) -> None:
    answer = mine.post("/notices/choices/email/", {"key": new_key(), "on": "on", "address": ""})

    assert answer.status_code == 422
    assert "not an e-mail address" in answer.content.decode()


def test_an_address_that_was_given_is_shown(mine: Client, jin: Person) -> None:
    mine.post("/notices/choices/email/", {"key": new_key(), "on": "on", "address": "jin@example.org"})

    assert "jin@example.org" in mine.get("/notices/choices/").content.decode()


def test_there_is_no_third_way(mine: Client) -> None:
    assert mine.post("/notices/choices/fax/", {"key": new_key()}).status_code == 404


@pytest.mark.parametrize("address", ["/notices/", "/notices/choices/"])
@pytest.mark.django_db
def test_strangers_sign_in_first(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
