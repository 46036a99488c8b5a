"""A real Chromium for the journeys. It reaches this machine only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

LIGHT = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # which root cannot have
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)
PATIENCE = 10_000  # milliseconds


@pytest.fixture(scope="session")
def whole_chromium() -> str:
    """The one that people have, for what only it can: to show notifications."""
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), "")
    assert found, "No Chromium here: `./run test` installs one, or set CHROMIUM."
    return found


@pytest.fixture(scope="session")
def chromium(whole_chromium: str) -> str:
    """Without a window it draws the same pages for a third of the work. A browser that somebody chose goes before."""
    light = os.environ.get("CHROMIUM_LIGHT") or ("" if "CHROMIUM" in os.environ else shutil.which(LIGHT))
    return light or whole_chromium


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium: str) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose owner reads Chinese. Other people and screens: `browser.new_context` as here."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
