"""One order from the first tap to the auditor's desk, lived by six people through their browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import LOCAL, now
from baixing.orders.models import Order
from tests.browser import DESK, PHONE
from tests.journeys.people import Cast, Somebody, the_hour_comes
from tests.town import DAY, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(
    params=[("zh-hans", PHONE, True), ("zh-hans", DESK, False), ("en", PHONE, False), ("en", DESK, True)],
    ids=["zh-360", "zh-1280", "en-360", "en-1280"],
)
def cast(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Cast]:
    """Axe sees each language once and each screen once."""
    language: str
    screen: ViewportSize
    language, screen, axe = request.param
    cast = Cast(browser, live_server.url, build(), language, screen, seen=set() if axe else None)
    yield cast
    for context in cast.contexts:
        context.close()


def test_an_order_lives_its_whole_life_through_six_browsers(cast: Cast) -> None:
    resident = cast.come("jin")
    order = _places(resident)
    _admits(cast.come("zhou"), order)
    _dispatches(cast.come("shi"), order)
    leader = cast.come("luo")
    _accepts_and_appoints(leader, order)
    _sees_the_visit(cast.come("min"), order)
    the_hour_comes(order)
    _serves(leader, order)
    _rates(resident, order)
    sheet = _audits(cast.come("shen"), order)

    order.refresh_from_db()
    assert order.state == Order.State.CLOSED
    assert "appoint" in sheet
    assert cast.faults() == ""


def _places(one: Somebody) -> Order:
    """Service, order, place: three taps."""
    one.go("/")
    one.tap('main a[href="/services/tap-repair/"]')
    one.tap('main a[href="/services/tap-repair/order/"]')
    one.tap('main form[action="/services/tap-repair/order/"] .form-actions button')
    return Order.objects.get()


def _admits(one: Somebody, order: Order) -> None:
    one.go("/today/")
    one.tap(f'#desk-list a[href*="order={order.pk}"]')
    one.do("admit")
    assert Order.objects.get(pk=order.pk).state == Order.State.PENDING


def _dispatches(one: Somebody, order: Order) -> None:
    one.go("/board/")
    one.tap(f'main a[href="/orders/{order.pk}/"]')
    assert "铜城水电队" in one.text()
    one.do("dispatch")
    assert Order.objects.get(pk=order.pk).state == Order.State.OFFERED


def _accepts_and_appoints(one: Somebody, order: Order) -> None:
    one.go("/inbox/")
    one.tap(f'main a[href="/orders/{order.pk}/"]')
    address = Order.objects.get(pk=order.pk).address
    assert address not in one.text()
    one.do("accept")
    one.do("reveal")
    assert address in one.text()
    if not one.page.locator("main [name=day]").is_visible():  # times that suit both sides stand in front of it
        one.page.locator("details", has=one.page.locator("[name=day]")).locator("summary").click()
    one.page.fill("main [name=day]", f"{now().astimezone(LOCAL) + DAY:%Y-%m-%d}")
    one.page.fill("main [name=start]", "10:00")
    for choice in one.page.locator("main [name=volunteers]").all():
        choice.check()
    one.do("appoint")
    assert Order.objects.get(pk=order.pk).state == Order.State.APPOINTED


def _sees_the_visit(one: Somebody, order: Order) -> None:
    one.go("/visits/")
    one.tap(f'main a[href="/orders/{order.pk}/"]')
    assert order.number in one.text()


def _serves(one: Somebody, order: Order) -> None:
    one.go(f"/orders/{order.pk}/")
    one.page.fill("main [name=result]", "=换了垫圈")
    one.do("serve")
    assert Order.objects.get(pk=order.pk).state == Order.State.SERVED


def _rates(one: Somebody, order: Order) -> None:
    one.go("/orders/mine/")
    one.tap(f'main a[href="/orders/{order.pk}/"]')
    one.page.locator("main .face").first.click()
    one.do("rate")


def _audits(one: Somebody, order: Order) -> str:
    one.go("/find/")
    one.page.fill("main [name=asked]", order.number)
    one.tap("main form[action='/find/'] button")
    one.tap(f'main a[href="/orders/{order.pk}/journal/"]')
    one.do("journal")
    with one.page.expect_download() as sheet:
        one.page.locator('main a[href$="journal.csv"]').first.click()
    lines = sheet.value.path().read_text("utf-8-sig")
    assert "=换了垫圈" not in lines.replace("'=换了垫圈", "")
    return lines
