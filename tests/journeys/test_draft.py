"""What somebody types outlives a lost network and a closed browser, says so, is sent once, and is theirs alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.orders.models import Order
from baixing.people.models import Person
from tests.browser import FLAGS, PATIENCE, PHONE
from tests.people.door import sent_code
from tests.town import Town, build
from tests.wire import Wire, wire_to

pytestmark = pytest.mark.django_db(transaction=True)
FORM, SAYS = "/services/tap-repair/order/", "水龙头滴了一夜"
PLACE = f'main form[action="{FORM}"] .form-actions button'
LINE, UNSENT = "main [data-draft-line]", "main [data-unsent]"
KEPT = "() => Object.entries(localStorage).map(pair => pair.join()).join()"
CACHED = "async () => (await caches.keys()).filter(name => name.startsWith('kept ')).length"
KEEPS = """async ([path, wanted]) => { for (let n = 0; n < 200; n += 1) {
    const found = Boolean(await caches.match(path));
    if (found === wanted) return;
    await new Promise(done => setTimeout(done, 50)); }
    throw new Error(path); }"""
NEW_KEY = """() => { for (const [name, text] of Object.entries(localStorage)) {
    const draft = JSON.parse(text);
    draft.fields = draft.fields.map(([field, said]) => [field, field === "key" ? crypto.randomUUID() : said]);
    localStorage.setItem(name, JSON.stringify(draft)); } }"""


EIGHT_DAYS_LATER = """() => { for (const [name, text] of Object.entries(localStorage))
    localStorage.setItem(name, JSON.stringify({...JSON.parse(text), at: Date.now() - 8 * 86400000})); }"""


@pytest.fixture
def people() -> Town:
    return build()


@pytest.fixture
def wire(live_server: LiveServer) -> Iterator[Wire]:
    with wire_to(live_server.url) as wire:
        yield wire


@pytest.fixture
def phone(browser: Browser, chromium: str, tmp_path: Path, people: Town, wire: Wire) -> Iterator[BrowserContext]:
    """Jin's, signed in."""
    phone = switched_on(browser, chromium, tmp_path)
    enter(phone, people.jin, wire)
    yield phone
    phone.close()


def switched_on(browser: Browser, chromium: str, folder: Path) -> BrowserContext:
    phone = browser.browser_type.launch_persistent_context(
        folder, executable_path=chromium, args=FLAGS, viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    phone.set_default_timeout(PATIENCE)
    return phone


def enter(phone: BrowserContext, person: Person, wire: Wire) -> None:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    said = {"name": name, "value": client.cookies[name].value, "url": wire.url, "expires": now().timestamp() + 86_400}
    phone.add_cookies([said])  # type: ignore[list-item]  # a cookie


def at_the_form(phone: BrowserContext, wire: Wire, path: str = FORM) -> Page:
    page = phone.pages[0]
    page.goto(f"{wire.url}{path}")
    return page


def with_words(phone: BrowserContext, wire: Wire) -> Page:
    page = at_the_form(phone, wire)
    page.fill("main [name=words]", SAYS)
    return page


def is_placed(page: Page) -> Order:
    """One order, it is shown, and nothing of it is left on the device."""
    page.wait_for_url("**/orders/*/")
    order = Order.objects.get()
    expect(page.locator("main")).to_contain_text(order.number)
    assert page.evaluate(KEPT) == ""
    return order


def test_what_is_typed_is_there_again_after_the_browser_was_closed(
    browser: Browser, chromium: str, tmp_path: Path, people: Town, wire: Wire
) -> None:
    phone = switched_on(browser, chromium, tmp_path)
    enter(phone, people.jin, wire)
    page = with_words(phone, wire)
    page.check("main [name=windows] >> nth=2")
    expect(page.locator(LINE)).to_contain_text("已存在本机，还没有发出")
    phone.close()

    phone = switched_on(browser, chromium, tmp_path)
    page = at_the_form(phone, wire, "/")
    expect(page.locator(UNSENT)).to_contain_text("还没有发出")
    page.click(f"{UNSENT} a")

    expect(page.locator(LINE)).to_contain_text("还没有发出")
    expect(page.locator("main [name=words]")).to_have_value(SAYS)
    expect(page.locator("main [name=windows] >> nth=2")).to_be_checked()
    page.click(PLACE)
    assert is_placed(page).words == SAYS
    phone.close()


def test_after_a_week_a_draft_is_gone(phone: BrowserContext, wire: Wire) -> None:
    page = with_words(phone, wire)
    page.wait_for_function("() => localStorage.length === 1")

    page.evaluate(EIGHT_DAYS_LATER)
    page.reload()

    expect(page.locator("main [name=words]")).to_have_value("")
    assert page.evaluate(KEPT) == ""


def test_without_a_network_it_waits_and_goes_out_once(phone: BrowserContext, wire: Wire) -> None:
    page = with_words(phone, wire)
    phone.set_offline(True)

    page.click(PLACE)
    expect(page.locator(LINE)).to_contain_text("联网后会自动发出，只发一次")
    assert Order.objects.count() == 0
    phone.set_offline(False)

    assert is_placed(page).words == SAYS


def test_a_lost_answer_doubles_nothing(phone: BrowserContext, wire: Wire) -> None:
    page, wire.deaf = with_words(phone, wire), True

    page.click(PLACE)
    expect(page.locator(LINE)).to_contain_text("没有网络")
    assert Order.objects.count() == 1
    wire.deaf = False

    assert is_placed(page).words == SAYS
    assert wire.posted > 1


def test_without_its_key_a_lost_answer_would_make_two(phone: BrowserContext, wire: Wire) -> None:
    page, wire.deaf = with_words(phone, wire), True

    page.click(PLACE)
    expect(page.locator(LINE)).to_contain_text("没有网络")
    page.evaluate(NEW_KEY)
    wire.deaf = False
    page.wait_for_url("**/orders/*/")

    assert Order.objects.count() == 2


def test_form_opens_and_is_filled_without_a_network(
    browser: Browser, chromium: str, tmp_path: Path, people: Town, wire: Wire
) -> None:
    phone = switched_on(browser, chromium, tmp_path)
    enter(phone, people.jin, wire)
    at_the_form(phone, wire).evaluate(KEEPS, [FORM, True])
    phone.close()
    wire.cut = True

    phone = switched_on(browser, chromium, tmp_path)
    page = at_the_form(phone, wire, "/menu/")
    expect(page.locator("h1")).to_have_text("没有网络")
    page.click(f'[data-kept-list] a[href="{FORM}"]')
    page.fill("main [name=words]", SAYS)
    page.click(PLACE)
    expect(page.locator(LINE)).to_contain_text("已存在本机，还没有发出")
    wire.cut = False

    assert is_placed(page).words == SAYS
    phone.close()


def test_another_person_on_the_phone_sees_nothing(phone: BrowserContext, people: Town, wire: Wire) -> None:
    page = with_words(phone, wire)
    page.evaluate(KEEPS, [FORM, True])
    enter(phone, people.wei, wire)

    page.goto(f"{wire.url}/")
    expect(page.locator(UNSENT)).to_be_hidden()
    page.evaluate(KEEPS, [FORM, False])
    page.goto(f"{wire.url}/services/tap-repair/")
    assert SAYS not in page.content()
    enter(phone, people.jin, wire)
    page = at_the_form(phone, wire)

    expect(page.locator("main [name=words]")).to_have_value(SAYS)


def test_whose_sign_in_has_ended_signs_in_and_the_order_goes_out(
    phone: BrowserContext, people: Town, wire: Wire
) -> None:
    page = with_words(phone, wire)
    Session.objects.all().delete()

    page.click(PLACE)
    page.wait_for_url("**/in/**")
    assert Order.objects.count() == 0
    walk_in(page, people.jin)

    order = is_placed(page)
    assert (order.words, order.resident) == (SAYS, people.jin)


def walk_in(page: Page, person: Person) -> None:
    page.fill("main [name=phone]", person.phone.removeprefix("+86"))
    page.click("main form:has([name=phone]) button")
    page.wait_for_url("**/in/code/")
    page.fill("main [name=code]", sent_code(person.phone))
    page.click("main form:has([name=code]) button")


def test_what_the_server_refuses_is_shown_with_its_words(phone: BrowserContext, wire: Wire) -> None:
    page = at_the_form(phone, wire, "/wish/")
    page.evaluate("document.querySelector('main form[data-draft]').noValidate = true")
    page.check("main [name=windows] >> nth=1")

    page.click("main form[data-draft] .form-actions button")

    expect(page.locator("main .error-summary")).to_be_focused()
    expect(page.locator("main [name=windows] >> nth=1")).to_be_checked()
    page.fill("main [name=words]", SAYS)
    page.click("main form[data-draft] .form-actions button")
    assert is_placed(page).item is None


def test_nothing_is_left_after_signing_out(phone: BrowserContext, wire: Wire) -> None:
    page = with_words(phone, wire)
    page.evaluate(KEEPS, [FORM, True])

    page.goto(f"{wire.url}/me/")
    page.click('form[action="/out/"] button')
    page.wait_for_url(f"{wire.url}/")

    assert (page.evaluate(KEPT), page.evaluate(CACHED)) == ("", 0)
    wire.cut = True
    with pytest.raises(Exception, match="ERR_"):
        page.goto(f"{wire.url}{FORM}")


def test_a_desk_leaves_no_phone_of_a_resident_behind(phone: BrowserContext, people: Town, wire: Wire) -> None:
    enter(phone, people.zhou, wire)
    page = at_the_form(phone, wire, "/orders/new/")
    page.fill("main [name=phone]", people.jin.phone.removeprefix("+86"))
    page.fill("main [name=name]", people.jin.name)
    page.fill("main [name=words]", SAYS)
    wire.deaf = True

    page.click("main form[data-draft] .form-actions button")
    expect(page.locator(LINE)).to_contain_text("没有网络")
    wire.deaf = False

    assert is_placed(page).resident == people.jin
