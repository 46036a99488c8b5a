"""The people of a journey: each at a browser of their own, and every page they see is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, ViewportSize, expect

from baixing.kernel.calendar import now
from baixing.orders.models import Order
from baixing.people.models import Person
from baixing.people.rules import is_staff
from tests.browser import PATIENCE
from tests.people.door import sent_code
from tests.second_step import app_of, shown_by
from tests.town import Town

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BUILD = "[...document.querySelectorAll('*')].map(one => `${one.tagName}.${one.getAttribute('class')}`).join()"
HOUR = timedelta(hours=1)


def led_on(answer: Response) -> bool:
    return answer.status in {302, 303}


@dataclass
class Somebody:
    """A person at a browser, and what was wrong with the pages they have seen."""

    page: Page
    server: str
    language: str
    seen: set[str] | None  # how the pages were built that axe has looked at; None where it need not look
    script: bool = True  # without it a page can be read and tapped, not measured
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server}{path}")
        self.look()

    def tap(self, selector: str) -> None:
        """One tap on the first that fits, then the page it leads to is looked at."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()

    def do(self, verb: str) -> None:
        """Press the button of a verb, once what stands round it is open."""
        form = self.page.locator(f'form[action$="/{verb.replace("_", "-")}/"]').first
        if not form.is_visible():
            self.page.locator("details", has=form).first.locator("summary").first.click()
        if form.get_attribute("hx-post"):
            with self.page.expect_response(lambda answer: answer.request.method == "GET" or not led_on(answer)):
                form.locator("button").first.click()
        else:
            with self.page.expect_navigation():
                form.locator("button").first.click()
        self.look()

    def look(self) -> None:
        """Does it fit the screen, is it in the right language, does axe find nothing?"""
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        where = self.page.url.removeprefix(self.server)
        if self.script and (over := self.page.evaluate(OVERFLOW)) > 0:
            self.faults.append(f"{where} is {over} px too wide")
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.faults.append(f"{where} is not in {self.language}")
        if self.page.locator("h1").count() != 1:
            self.faults.append(f"{where} has not one heading")
        if self.script and self.seen is not None and (build := self.page.evaluate(BUILD)) not in self.seen:
            self.seen.add(build)
            found = Axe().run(self.page).response["violations"]
            self.faults += [f"{where}: {one['id']} {one['nodes'][0]['target']}" for one in found]

    def text(self) -> str:
        return self.page.inner_text("main")


@dataclass
class Cast:
    """Opens a browser for each, signs them in, and gathers what all of them saw."""

    browser: Browser
    server: str
    town: Town
    language: str
    screen: ViewportSize
    seen: set[str] | None = field(default_factory=set)
    everybody: list[Somebody] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def come(self, name: str) -> Somebody:
        """Sign in by phone and code, as the real people do; whoever holds a post by their app too."""
        one, person = self._at_a_browser(), self._person(name)
        app = app_of(person) if is_staff(person, now()) else None
        one.go("/in/")
        one.page.fill("main [name=phone]", person.phone.removeprefix("+86"))
        one.tap("main form:has([name=phone]) button")
        one.page.fill("main [name=code]", sent_code(person.phone))
        one.tap("main form:has([name=code]) button")
        one.tap("main form button[name=who]")
        one.page.fill("main [name=name]", person.name)  # they have not come for half a year
        one.tap("main form:has([name=name]) button")
        if app is not None:
            one.page.fill("main [name=code]", shown_by(app))
            one.tap("main form:has([name=code]) button")
        return one

    def enter(self, name: str, *, script: bool = True, **cookies: str) -> Somebody:
        """Signed in already; `cookies` say how the pages are to look."""
        one, client = self._at_a_browser(script=script), Client()
        client.force_login(self._person(name))
        said = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, **cookies}
        one.page.context.add_cookies([{"name": key, "value": text, "url": self.server} for key, text in said.items()])
        return one

    def _at_a_browser(self, *, script: bool = True) -> Somebody:
        locale = "zh-CN" if self.language == "zh-hans" else "en-GB"
        context = self.browser.new_context(
            viewport=self.screen, locale=locale, timezone_id="Asia/Shanghai", java_script_enabled=script
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        one = Somebody(context.new_page(), self.server, self.language, self.seen, script=script)
        self.everybody.append(one)
        one.page.on("pageerror", lambda error: one.faults.append(f"script: {error}"))
        one.page.on("console", lambda line: one.faults.append(line.text) if line.type == "error" else None)
        return one

    def _person(self, name: str) -> Person:
        person: Person = getattr(self.town, name)
        return person

    def faults(self) -> str:
        return "\n".join(fault for one in self.everybody for fault in one.faults)


def the_hour_comes(order: Order) -> None:
    """The visit that was set for later has begun and ended."""
    order.refresh_from_db()
    visit = order.visit
    assert visit is not None
    visit.start, visit.end = now() - 2 * HOUR, now() - HOUR
    visit.save(update_fields=["start", "end"])
