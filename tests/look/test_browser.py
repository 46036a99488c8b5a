"""The style guide in a real browser: readable for everybody, on every screen, in every mode."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from baixing.look import example, views

FILES = Path(views.__file__).parent / "static" / "look"
CONTROLS = "a, button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .choice, .check"
SMALLEST = """(controls) => Math.min(...controls
    .filter(one => getComputedStyle(one).display !== "inline" && one.className !== "skip")
    .map(one => one.getBoundingClientRect())
    .filter(box => box.width > 0)
    .map(box => Math.min(box.height, box.width)))"""
SEND_TWICE = """(form) => {
    let sent = 0;
    document.addEventListener("submit", event => { sent += 1; event.preventDefault(); });
    form.requestSubmit();
    form.requestSubmit();
    return sent;
}"""


def remember(page: Page, server: LiveServer, **cookies: str) -> None:
    page.context.add_cookies([{"name": name, "value": said, "url": server.url} for name, said in cookies.items()])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookies", [{}, {"theme": "dark"}, {"elder": "1"}], ids=["light", "dark", "elder"])
@pytest.mark.parametrize("sheet", ["parts", "front", "order", "clerk", "dispatch"])
def test_axe_finds_nothing(page: Page, live_server: LiveServer, sheet: str, cookies: dict[str, str]) -> None:
    remember(page, live_server, **cookies)

    page.goto(f"{live_server.url}/look/{sheet}/")

    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hour", [6, 15], ids=["afternoon", "before midnight"])  # UTC; a visit may last till tomorrow
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_is_wider_than_a_small_phone_in_elder_mode(
    page: Page, live_server: LiveServer, language: str, hour: int
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    remember(page, live_server, elder="1", language=language)
    wide = {}

    with time_machine.travel(datetime(2026, 11, 24, hour, 38, tzinfo=UTC)):
        for sheet in example.PAGES:
            page.goto(f"{live_server.url}/look/{sheet}/")
            wide[sheet] = page.evaluate("document.documentElement.scrollWidth")

    assert wide == dict.fromkeys(example.PAGES, 320)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("elder", "least"), [("", 44), ("1", 60)])
def test_everything_can_be_hit_with_a_thumb(page: Page, live_server: LiveServer, elder: str, least: int) -> None:
    remember(page, live_server, elder=elder or "0")
    smallest = []

    for sheet in example.PAGES:
        page.goto(f"{live_server.url}/look/{sheet}/")
        smallest.append(page.eval_on_selector_all(CONTROLS, SMALLEST))

    assert min(smallest) >= least - 0.5


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_sent_once(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/look/")

    sent = page.eval_on_selector('form[action="/look/elder/"]', SEND_TWICE)

    assert sent == 1


def test_the_first_view_is_light() -> None:
    weight = {
        name: len(gzip.compress((FILES / name).read_bytes()))
        for name in ("baixing.css", "baixing.js", "htmx.min.js", "icons.svg")
    }

    assert weight["baixing.css"] <= 20_000
    assert sum(weight.values()) <= 70_000
