"""A real Chromium turns notices on, and shows what it is pushed.

It reaches no push service of its maker from here, so that what such a service would answer is put in its place; the
page, the service worker and the notification are Chromium's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, Playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.notices.models import Choice, Line, Subscription
from tests.browser import FLAGS, PATIENCE
from tests.notices.mailbox import Browser
from tests.town import Town, build

SERVICE = """(said) => {
  const plain = (text) => atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const raw = (text) => Uint8Array.from(plain(text), (one) => one.charCodeAt(0)).buffer;
  const made = { endpoint: said.endpoint, getKey: (name) => raw(said[name]), unsubscribe: async () => true };
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async (asked) => { window.asked = asked; return made; };
}"""
AWAY = "() => { PushManager.prototype.subscribe = async () => { throw new DOMException('no', 'AbortError'); }; }"
WITHOUT = "() => { delete window.PushManager; }"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser(driver: Playwright, whole_chromium: str) -> Iterator[Chromium]:
    """The one without a window shows no notifications."""
    browser = driver.chromium.launch(executable_path=whole_chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def town() -> Town:
    return build()


@pytest.fixture
def here(town: Town, live_server: LiveServer, context: BrowserContext, settings: Settings) -> Page:
    """金 looks at how to be told, with a browser that would show notices."""
    settings.PUSH_HOSTS = ["push.example"]
    sign_in(context, live_server, town)
    context.grant_permissions(["notifications"], origin=live_server.url)
    page = context.new_page()
    page.set_default_timeout(3 * PATIENCE)  # the first page of a session waits for much to be loaded
    return page


def sign_in(context: BrowserContext, live_server: LiveServer, town: Town) -> None:
    client = Client()
    client.force_login(town.jin)
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])


def test_a_tap_turns_this_browser_on(here: Page, live_server: LiveServer, town: Town) -> None:
    browser = Browser("https://push.example/1")
    here.add_init_script(f"({SERVICE})({json.dumps(browser.said)})")
    here.goto(f"{live_server.url}/notices/choices/")

    here.get_by_role("button", name="在这个浏览器开启").click()
    here.get_by_text("以后会在这个浏览器里通知您").wait_for()

    made = Subscription.objects.get()
    assert (made.person, json.loads(made.sealed)) == (town.jin, browser.said)


@pytest.mark.parametrize("elder", ["0", "1"])
def test_every_state_reads_well_and_fits_a_small_phone(
    here: Page, live_server: LiveServer, town: Town, elder: str
) -> None:
    Line.objects.create(channel="sms", failures=9, since=now() - timedelta(hours=1))
    Choice.objects.create(person=town.jin, channel="email", on=True, refused_at=now())
    said = {"browser": "Edge, Windows", "host": "push.example", "sealed": "{}", "found": "1", "made_at": now()}
    Subscription.objects.create(person=town.jin, **said)
    here.context.add_cookies([{"name": "elder", "value": elder, "url": live_server.url}])
    here.set_viewport_size({"width": 320, "height": 640})

    here.goto(f"{live_server.url}/notices/choices/")

    assert here.get_by_text("暂时发不出", exact=True).is_visible()
    assert here.get_by_text("地址被退回", exact=True).is_visible()
    assert Axe().run(here).response["violations"] == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_push_service_that_is_away_is_said_in_words(here: Page, live_server: LiveServer) -> None:
    here.add_init_script(f"({AWAY})()")
    here.goto(f"{live_server.url}/notices/choices/")

    here.get_by_role("button", name="在这个浏览器开启").click()

    here.get_by_text("连不上浏览器的推送服务").wait_for()
    assert not Subscription.objects.exists()


def test_a_browser_that_cannot_has_no_button(here: Page, live_server: LiveServer) -> None:
    here.add_init_script(f"({WITHOUT})()")
    here.goto(f"{live_server.url}/notices/choices/")

    here.get_by_text("这个浏览器不支持").wait_for()
    assert here.get_by_role("button", name="在这个浏览器开启").count() == 0


@pytest.mark.parametrize(("hours", "silent"), [({"from": "00:00", "until": "23:59"}, True), ({}, False)])
def test_the_service_worker_shows_what_it_is_pushed(
    here: Page, live_server: LiveServer, hours: dict[str, str], silent: bool
) -> None:
    told = {"title": "灯", "text": "灯亮了", "link": "/orders/7/", "key": "notice-1-push-1", **hours}
    here.goto(f"{live_server.url}/notices/choices/")
    here.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)")

    for _ in range(2):  # the same key again replaces what is shown
        push(here, live_server, told)

    shown = here.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map((one) => [one.title, one.body, one.tag, one.silent === true, one.data.link])"""
    )
    assert shown == [["灯", "灯亮了", "notice-1-push-1", silent, "/orders/7/"]]


def push(page: Page, live_server: LiveServer, told: dict[str, str]) -> None:
    """As the browser does when its push service rings."""
    line = page.context.new_cdp_session(page)
    found: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"]),
    )
    line.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    said = {"origin": live_server.url, "registrationId": found[-1], "data": json.dumps(told)}
    line.send("ServiceWorker.deliverPushMessage", said)
    page.wait_for_function("async () => (await (await navigator.serviceWorker.ready).getNotifications()).length > 0")
    line.detach()
