"""The pages about one's own account in a real browser: on a small phone and without any script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.people.models import Code, Person
from tests.browser import PATIENCE
from tests.people.conftest import Desk
from tests.people.door import PHONES, known, sent_code

pytestmark = pytest.mark.django_db(transaction=True)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = ViewportSize(width=320, height=640)
Look = Callable[[str], None]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """The smallest of phones, whose browser runs no script."""
    context = browser.new_context(viewport=SMALLEST, locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def look(phone: Page, page: Page) -> Look:
    """At the page that is shown now: is it the one, does it fit, does axe find nothing? Axe itself is a script."""

    def at(path: str) -> None:
        assert phone.url.endswith(path)
        page.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]  # as they were given
        page.set_viewport_size(SMALLEST)
        page.goto(phone.url)
        assert page.evaluate(OVERFLOW) <= 0
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []

    return at


def send(page: Page, **typed: str) -> None:
    """Type into the form that asks for these and press its button."""
    for name, text in typed.items():
        page.fill(f"main [name={name}]", text)
    form = f"main form:has([name={next(iter(typed))}])" if typed else "main form"
    page.click(f"{form} button >> nth=0")


def walk_in(page: Page, server: LiveServer, number: str) -> None:
    page.goto(f"{server.url}/in/")
    send(page, phone=number.removeprefix("+86"))
    send(page, code=sent_code(number))


def test_desk_recovers_a_number(phone: Page, live_server: LiveServer, look: Look, desk: Desk) -> None:
    jin, clerk = known(at=now()), known("石", PHONES[5], at=now())
    desk(clerk, jin)
    walk_in(phone, live_server, PHONES[5])

    phone.goto(f"{live_server.url}/recover/")
    look("/recover/")
    send(phone, name="金大爷", four=PHONES[0][-4:])
    look("/recover/who/")
    phone.check("main [value=id_card]")
    send(phone)
    look("/recover/number/")
    send(phone, phone="12800000001")
    look("/recover/code/")
    send(phone, code=sent_code(PHONES[1]))

    look("/recover/")
    assert list(Person.objects.behind(PHONES[1])) == [jin]


def test_number_is_changed(phone: Page, live_server: LiveServer, look: Look) -> None:
    jin = known(at=now())
    walk_in(phone, live_server, PHONES[0])

    phone.goto(f"{live_server.url}/me/number/old/")
    look("/me/number/old/")
    phone.goto(f"{live_server.url}/me/number/")
    look("/me/number/")
    send(phone, phone="12800000001")
    look("/me/number/code/")
    send(phone, code=sent_code(PHONES[1]))

    look("/me/")
    assert list(Person.objects.behind(PHONES[1])) == [jin]


def test_copy_is_taken_and_the_account_is_deleted(phone: Page, live_server: LiveServer, look: Look) -> None:
    known(at=now())
    walk_in(phone, live_server, PHONES[0])

    phone.goto(f"{live_server.url}/me/data/")
    look("/me/data/")
    with phone.expect_download() as copy:
        phone.click("main a[href='/me/data/csv/']")
    phone.goto(f"{live_server.url}/me/erase/")
    look("/me/erase/")
    send(phone, name="金大爷")

    assert copy.value.suggested_filename.endswith(".csv")
    assert Person.objects.get().erased_at is not None
    assert Code.objects.get().phone == ""
