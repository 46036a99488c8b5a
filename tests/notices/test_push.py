"""Browsers: subscribing, what they are sent, and that it can be opened there and nowhere else."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import http_ece
import pytest
from py_vapid import Vapid02
from pytest_django import Settings

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.notices import actions, queries
from baixing.notices.actions import Delivered, deliver
from baixing.notices.channels.push import topic
from baixing.notices.models import Outgoing, Subscription
from baixing.people.models import Person
from tests.notices.conftest import AT
from tests.notices.mailbox import Browser
from tests.notices.outside import Fault, Mail, Web
from tests.web import Web as Page

NIGHT = datetime(2026, 11, 24, 23, tzinfo=LOCAL)
MINUTE = timedelta(minutes=1)
PUSH = "baixing.notices.channels.push.WebPush"


@pytest.fixture
def there(outside: tuple[Web, Mail], settings: Settings) -> Web:
    """The push service; the other channels are off."""
    settings.PUSH_PROVIDER, settings.SMS_PROVIDER = PUSH, ""
    return outside[0]


def subscribed(person: Person, there: Web, name: str = "1") -> Browser:
    browser = Browser(f"{there.url}/push/{name}")
    actions.subscribe(person, browser="Firefox, Linux", sign_in=None, by=person, at=AT, **browser.said)
    return browser


@pytest.mark.django_db
def test_a_notice_reaches_the_browser_and_only_there_can_it_be_read(jin: Person, there: Web) -> None:
    mine, other = subscribed(jin, there), Browser("")
    actions.tell([jin], "lamp.lit", at=AT, link="/orders/7/", name="A")

    assert deliver(AT) == Delivered(sent=1)

    key = Outgoing.objects.get(channel="push").key
    sealed = there.bodies[topic(key)]
    told = {"title": "A lamp", "text": "The lamp A is lit", "link": "/orders/7/", "key": key}
    assert mine.open(sealed) == {**told, "from": "22:00", "until": "07:00"}
    assert b"lamp" not in sealed
    with pytest.raises(http_ece.ECEException):
        other.open(sealed)


@pytest.mark.django_db
def test_the_push_service_is_told_who_asks_how_long_and_how_urgent(jin: Person, there: Web) -> None:
    subscribed(jin, there)
    actions.tell([jin], "lamp.lit", at=AT, name="A")
    actions.tell([jin], "lamp.lit", at=AT, urgent=True, name="B")

    deliver(AT + 11 * timedelta(hours=1))

    first, second = (there.headers[key] for key in there.asked)
    assert (first["Urgency"], first["TTL"]) == ("high", str(3600))  # the urgent one overtakes
    assert (second["Urgency"], second["Content-Encoding"]) == ("normal", "aes128gcm")
    assert Vapid02.verify(first["Authorization"])
    assert all(len(key) == 32 for key in there.asked)


@pytest.mark.django_db
def test_in_the_night_only_what_is_urgent_is_pushed_and_it_may_be_heard(jin: Person, there: Web) -> None:
    browser = subscribed(jin, there)
    actions.tell([jin], "lamp.lit", at=NIGHT, name="A")
    actions.tell([jin], "lamp.lit", at=NIGHT, urgent=True, name="B")

    in_the_night = deliver(NIGHT)
    in_the_morning = deliver(NIGHT + timedelta(hours=8))

    urgent, calm = (browser.open(there.bodies[key]) for key in there.asked)
    assert (in_the_night.sent, in_the_morning.sent) == (1, 1)
    assert ("from" in urgent, "from" in calm) == (False, True)


@pytest.mark.django_db
def test_what_could_not_be_sent_in_the_day_is_not_sent_in_the_night(jin: Person, there: Web) -> None:
    subscribed(jin, there)
    late = NIGHT.replace(hour=21, minute=55)
    actions.tell([jin], "lamp.lit", at=late, name="A")
    with there.broken(Fault.FAILS):
        deliver(late)

    sent = [deliver(late + minutes * MINUTE).sent for minutes in (6, 66, 9 * 60 + 5)]

    assert sent == [0, 0, 1]


@pytest.mark.django_db
def test_each_browser_is_told_and_one_that_is_gone_is_forgotten(jin: Person, there: Web) -> None:
    subscribed(jin, there, "1")
    subscribed(jin, there, "2")
    actions.tell([jin], "lamp.lit", at=AT, name="A")
    with there.broken(Fault.GONE):
        assert deliver(AT, limit=1) == Delivered(failed=1)

    assert deliver(AT) == Delivered(sent=1)
    assert [row.endpoint_name for row in map(_Named, queries.browsers(jin))] == ["2"]


class _Named:
    def __init__(self, row: Subscription) -> None:
        self.endpoint_name = row.sealed.split('"')[3].rpartition("/")[2]


@pytest.mark.django_db
def test_a_service_that_was_taken_off_the_list_is_called_no_more(jin: Person, there: Web, settings: Settings) -> None:
    """Whoever subscribed before, or wrote the row by hand, has us call nowhere else."""
    subscribed(jin, there)
    actions.tell([jin], "lamp.lit", at=AT, name="A")
    settings.PUSH_HOSTS = ["fcm.googleapis.com"]

    assert deliver(AT) == Delivered(failed=1)
    assert (there.asked, Subscription.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_what_waits_for_a_browser_that_was_turned_off_is_not_sent(jin: Person, there: Web) -> None:
    subscribed(jin, there)
    actions.tell([jin], "lamp.lit", at=AT, name="A")
    actions.unsubscribe(Subscription.objects.get(), by=jin, at=AT)

    assert deliver(AT) == Delivered(dropped=1)
    assert there.asked == []


@pytest.mark.django_db
def test_a_browser_that_another_signs_in_with_is_theirs(jin: Person, luo: Person, there: Web) -> None:
    browser = subscribed(jin, there)
    actions.tell([jin], "lamp.lit", at=AT, name="A")
    actions.subscribe(luo, browser="Firefox, Linux", sign_in=None, by=luo, at=AT, **browser.said)

    assert deliver(AT) == Delivered(dropped=1)
    assert list(Subscription.objects.values_list("person", flat=True)) == [luo.pk]


@pytest.mark.django_db
def test_subscribing_twice_is_subscribing_once(jin: Person, there: Web) -> None:
    browser = subscribed(jin, there)
    actions.subscribe(jin, browser="Edge, Linux", sign_in=None, by=jin, at=AT, **browser.said)

    assert list(Subscription.objects.values_list("browser", flat=True)) == ["Edge, Linux"]


@pytest.mark.django_db
def test_of_many_browsers_the_oldest_goes(jin: Person, there: Web) -> None:
    for number in range(12):
        actions.subscribe(
            jin,
            browser=str(number),
            sign_in=None,
            by=jin,
            at=AT + number * MINUTE,
            **Browser(f"{there.url}/push/{number}").said,
        )

    assert [row.browser for row in queries.browsers(jin)] == [str(number) for number in range(2, 12)]


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "https://evil.example/1"}, {"p256dh": "AAAA"}, {"auth": "!"}, {"endpoint": "https://[::1"}]
)
@pytest.mark.django_db
def test_what_no_browser_would_say_is_refused(jin: Person, there: Web, wrong: dict[str, str]) -> None:
    said = {**Browser(f"{there.url}/push/1").said, **wrong}

    with pytest.raises(Unfit):
        actions.subscribe(jin, browser="", sign_in=None, by=jin, at=AT, **said)


def test_nobody_turns_the_browser_of_another_on_or_off(jin: Person, luo: Person, there: Web) -> None:
    browser = subscribed(jin, there)

    with pytest.raises(NotAllowed):
        actions.unsubscribe(Subscription.objects.get(), by=luo, at=AT)
    with pytest.raises(NotAllowed):
        actions.subscribe(jin, browser="", sign_in=None, by=luo, at=AT, **browser.said)
    with pytest.raises(NotNow):
        actions.choose(jin, "push", on=True, by=jin, at=AT)


def test_an_address_and_its_keys_are_sealed_and_go_with_the_person(jin: Person, there: Web) -> None:
    subscribed(jin, there)
    assert b"/push/1" not in _raw()

    actions.forget_person(jin, at=AT)

    assert not Subscription.objects.exists()


def _raw() -> bytes:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM notices_subscription")
        return str(cursor.fetchall()).encode()


def test_a_browser_is_turned_on_and_off_on_the_page(jin: Person, there: Web) -> None:
    page, browser = Page(jin), Browser(f"{there.url}/push/1")

    page.post("/notices/browsers/", **browser.said)
    on = page.get("/notices/choices/")
    page.post(f"/notices/browsers/{Subscription.objects.get().pk}/end/")

    assert ("A browser" in on, Subscription.objects.exists()) == (True, False)


def test_a_browser_that_says_nothing_is_told_so(jin: Person, there: Web) -> None:
    answer = Page(jin).post("/notices/browsers/")

    assert (answer.status_code, Subscription.objects.exists()) == (409, False)


def test_quiet_hours_of_ones_own_go_along(jin: Person, there: Web) -> None:
    browser = subscribed(jin, there)
    actions.keep_quiet(jin, on=True, since=time(13), until=time(14, 30), by=jin, at=AT)
    actions.tell([jin], "lamp.lit", at=AT, name="A")

    deliver(AT)

    told = browser.open(there.bodies[there.asked[0]])
    assert (told["from"], told["until"]) == ("13:00", "14:30")
