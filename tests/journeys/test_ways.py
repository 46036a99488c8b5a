"""The six main tasks, each with nothing but a keyboard and each without any script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.orders import actions
from baixing.orders.models import Order
from tests.browser import PHONE
from tests.journeys.people import Cast, the_hour_comes
from tests.town import Town, build

pytestmark = pytest.mark.django_db(transaction=True)
S = Order.State
STEPS = 120  # more stops than any page has
AT = "selector => document.activeElement.matches(selector)"
RING = """() => { const at = document.activeElement, around = at.closest(".choice, .face") || at;
    const ringed = style => parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
    return at === document.body || [at, around].some(one => ringed(getComputedStyle(one))); }"""


@dataclass
class Touch:
    """A browser that runs no script."""

    page: Page

    def write(self, selector: str, text: str) -> None:
        self._shown(selector).fill(text)

    def pick(self, selector: str) -> None:
        self._shown(selector).check()

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self._shown(selector).click()

    def _shown(self, selector: str) -> Locator:
        """Whatever it is folded away in is opened first."""
        found = self.page.locator(selector).first
        for fold in self.page.locator("main details:not([open])", has=found).all():
            fold.locator("summary").first.click()
        return found


@dataclass
class Keys:
    """A browser whose mouse is broken."""

    page: Page

    def write(self, selector: str, text: str) -> None:
        self._to(selector)
        self.page.keyboard.type(text)

    def pick(self, selector: str) -> None:
        self._to(selector)
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")

    def press(self, selector: str) -> None:
        self._to(selector)
        if self.page.evaluate("Boolean(document.activeElement.closest('[hx-post]'))"):
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                self.page.keyboard.press("Enter")
        else:
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("networkidle")

    def _to(self, selector: str) -> None:
        """From where the focus is, round the page if need be; it can be seen at every stop, and folds open by Space."""
        for _step in range(STEPS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(RING), self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            if self.page.evaluate(AT, selector):
                return
            if self.page.evaluate(AT, "main summary"):
                self.page.keyboard.press("Space")
        raise AssertionError(f"no way to {selector} by keyboard")


@pytest.fixture(params=["keys", "no script"])
def way(request: pytest.FixtureRequest) -> type[Keys | Touch]:
    return Keys if request.param == "keys" else Touch


@pytest.fixture
def cast(browser: Browser, live_server: LiveServer) -> Iterator[Cast]:
    cast = Cast(browser, live_server.url, build(), "zh-hans", PHONE)
    yield cast
    for context in cast.contexts:
        context.close()


def test_six_tasks_are_done(cast: Cast, way: type[Keys | Touch]) -> None:
    jin, zhou, shi, luo = (way(cast.enter(name, script=way is Keys).page) for name in ("jin", "zhou", "shi", "luo"))

    order = orders(jin, cast)
    orders_for_another(zhou, cast)
    actions.admit(order, urgency="normal", by=cast.town.zhou, at=now())
    dispatches(shi, cast, order)
    accepts_and_appoints(luo, cast, order)
    the_hour_comes(order)
    actions.serve(seen(order), result="换了垫圈", came=[cast.town.luo], by=cast.town.luo, at=now())
    rates(jin, cast, order)
    follows_by_code(way(cast._at_a_browser(script=way is Keys).page), cast, order)

    assert seen(order).state == S.CLOSED


def orders(one: Keys | Touch, cast: Cast) -> Order:
    one.page.goto(f"{cast.server}/")
    one.press('main a[href="/services/tap-repair/"]')
    one.press('main a[href="/services/tap-repair/order/"]')
    one.press("main form[data-draft] .btn-main")
    one.page.wait_for_url("**/orders/*/")
    return Order.objects.get()


def orders_for_another(one: Keys | Touch, cast: Cast) -> None:
    town: Town = cast.town
    one.page.goto(f"{cast.server}/orders/new/")
    one.write("main [name=phone]", town.wei.phone.removeprefix("+86"))
    one.write("main [name=name]", town.wei.name)
    one.write("main [name=words]", "想理个发")
    one.press("main form[data-draft] .btn-main")
    one.page.wait_for_url("**/orders/*/")
    assert Order.objects.latest("pk").resident == town.wei


def dispatches(one: Keys | Touch, cast: Cast, order: Order) -> None:
    one.page.goto(f"{cast.server}/board/")
    one.press(f'main a[href="/orders/{order.pk}/"]')
    one.press(f'form[action="/orders/{order.pk}/dispatch/"] button')
    assert seen(order).state == S.OFFERED


def accepts_and_appoints(one: Keys | Touch, cast: Cast, order: Order) -> None:
    one.page.goto(f"{cast.server}/inbox/")
    one.press(f'main a[href="/orders/{order.pk}/"]')
    one.press(f'form[action="/orders/{order.pk}/accept/"] button')
    assert seen(order).state == S.ACCEPTED
    one.pick("main [name=slot]")
    one.pick("main [name=volunteers]")
    one.press(f'form[action="/orders/{order.pk}/appoint/"] button')
    assert seen(order).state == S.APPOINTED


def rates(one: Keys | Touch, cast: Cast, order: Order) -> None:
    one.page.goto(f"{cast.server}/orders/mine/")
    one.press(f'main a[href="/orders/{order.pk}/"]')
    one.pick("main [name=face]")
    one.press(f'form[action="/orders/{order.pk}/rate/"] button')


def follows_by_code(one: Keys | Touch, cast: Cast, order: Order) -> None:
    one.page.goto(f"{cast.server}/track/")
    one.write("main [name=code]", order.code)
    one.write("main [name=four]", cast.town.jin.phone[-4:])
    one.press("main form .btn-main")
    expect(one.page.locator("main")).to_contain_text(order.number)


def seen(order: Order) -> Order:
    return Order.objects.with_nouns().get(pk=order.pk)
