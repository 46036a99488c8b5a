"""Limits that hold over all processes of a real server, with nothing shared but the database."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from baixing.kernel.http import counted_as
from baixing.kernel.once import new_key
from baixing.kernel.refusals import TooMany
from baixing.menu.actions.editing import stamp
from baixing.menu.models import ServiceItem
from baixing.menu.queries import search_text
from baixing.notices.models import Notice
from baixing.operations.actions import tick
from baixing.orders import actions
from baixing.orders.actions import reading
from baixing.people import actions as people
from baixing.people.models import Code, CodeLimit
from baixing.people.rules import operators
from tests.kernel.threads import at_once
from tests.people.door import PHONES, sent_code, wrong
from tests.threats.server import served
from tests.town import DAY, HOUR, NINE, Town, build

GUESSES, AT_ONCE = 200, 16
PHONE = "12800000777"
HERE = "192.0.2.1"


@pytest.fixture
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@dataclass
class Browser:
    """Cookies and hidden fields of one browser, over a socket of its own each time."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> str:
        return self._ask("GET", path)[1]

    def post(self, path: str, page: str, /, **said: str) -> int:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
        assert token, page[:500]
        return self._ask("POST", path, {"csrfmiddlewaretoken": token[1], "key": new_key(), **said})[0]

    def _ask(self, method: str, path: str, said: dict[str, str] | None = None) -> tuple[int, str]:
        door = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": new_key()}
        door.request(method, path, urlencode(said or {}), headers)
        answer = door.getresponse()
        body = answer.read().decode()
        for kept in answer.headers.get_all("Set-Cookie") or []:
            name, value = kept.split(";")[0].split("=", 1)
            self.cookies[name] = value
        door.close()
        return answer.status, body


def guess(server: str) -> None:
    """200 wrong codes at once, by one browser through two processes."""
    browser = Browser(server)
    assert browser.post("/in/", browser.get("/in/"), phone=PHONE) == 302
    page = browser.get("/in/code/")
    false = wrong(sent_code(f"+86{PHONE}"))
    once = partial(Browser(server, dict(browser.cookies)).post, "/in/code/", page, code=false)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        statuses = {one.result() for one in [crowd.submit(once) for _ in range(GUESSES)]}
    assert statuses == {302}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_hundred_wrong_codes_through_two_processes_are_five_tries() -> None:
    with served() as server:
        guess(server)

    assert Code.objects.get().tries == 5


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_count_that_does_not_look_counts_them_all() -> None:
    """The control."""
    with served("tests.threats.unguarded:application") as server:
        guess(server)

    assert CodeLimit.objects.get(kind="control").turn == GUESSES


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("people", "granted"), [(1, 5), (3, 8)])
def test_questions_at_once_are_counted_a_person_and_an_address(
    monkeypatch: pytest.MonkeyPatch, people: int, granted: int
) -> None:
    town = build()
    monkeypatch.setitem(reading.LOOKS, "search", (5, 8))
    askers = [town.zhou, town.shi, town.wu][:people] * 8

    asked = at_once(*[partial(reading.count_look, "search", by=one, address=HERE, at=NINE) for one in askers])

    assert sum(may is True for may in asked) == granted


def test_the_next_hour_and_the_other_kind_are_counted_anew(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    monkeypatch.setattr(reading, "LOOKS", {"search": (1, 9), "like": (1, 9)})
    ask = partial(reading.count_look, by=town.zhou, address=HERE)

    asked = [ask("search", at=NINE), ask("search", at=NINE), ask("like", at=NINE), ask("search", at=NINE + HOUR)]

    assert asked == [True, False, True, True]


@pytest.mark.usefixtures("_at_nine")
def test_whoever_searches_without_end_is_told_to_wait(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    monkeypatch.setitem(reading.LOOKS, "search", (2, 9))
    client = Client()
    client.force_login(town.zhou)

    answers = [client.post("/find/", {"asked": "no such name"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


@pytest.mark.usefixtures("_at_nine")
def test_whoever_asks_for_likenesses_without_end_types_on_without(monkeypatch: pytest.MonkeyPatch, town: Town) -> None:
    monkeypatch.setitem(reading.LOOKS, "like", (1, 9))
    ServiceItem.objects.update(search_text=search_text(town.tap_repair))
    stamp(town.city)
    client = Client()
    client.force_login(town.jin)

    first, second = (client.post("/wish/like/", {"words": "水龙头维修"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert "tap-repair" in first.content.decode()
    assert "tap-repair" not in second.content.decode()


def test_sixth_open_order_is_too_many(town: Town) -> None:
    for number in range(5):
        actions.place(town.wanted(), by=town.jin, at=NINE + number * HOUR)

    with pytest.raises(TooMany):
        actions.place(town.wanted(), by=town.jin, at=NINE + 6 * HOUR)


def test_whoever_opens_contact_after_contact_is_noticed_then_stopped(
    monkeypatch: pytest.MonkeyPatch, town: Town
) -> None:
    order = town.order_in("accepted")
    monkeypatch.setattr(reading, "CONTACTS", 4)
    monkeypatch.setattr(reading, "CONTACTS_ALARM", 3)
    for _ in range(4):
        actions.reveal(order, by=town.luo, at=NINE)

    with pytest.raises(TooMany):
        actions.reveal(order, by=town.luo, at=NINE)

    assert {note.person for note in Notice.objects.filter(kind="order.many_contacts")} == {*operators(NINE)}
    assert operators(NINE)
    order.refresh_from_db()  # what was refused was taken back
    actions.reveal(order, by=town.luo, at=NINE + HOUR)


def test_the_clock_sweeps_old_counts(town: Town) -> None:
    reading.count_look("search", by=town.zhou, address=HERE, at=NINE)
    assert CodeLimit.objects.filter(kind="search").count() == 2

    tick(at=timezone.now() + 3 * DAY)

    assert not CodeLimit.objects.filter(kind="search").exists()


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
    ],
)
def test_the_addresses_of_one_home_are_one_to_a_limit(address: str, counted: str) -> None:
    assert counted_as(address) == counted


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "sent"), [("2001:db8:1:2::{:x}", 20), ("2001:db8:{:x}::1", 25)])
def test_another_address_of_the_same_home_gives_no_more_codes(address: str, sent: int) -> None:
    assert sum(asked(PHONES[number], address.format(number)) for number in range(25)) == sent


def asked(phone: str, address: str) -> bool:
    try:
        people.ask_code(phone, address=address, at=NINE)
    except TooMany:
        return False
    return True
