"""The same pages for those who have no script, no mouse, weak eyes, or an impatient thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.orders import actions
from baixing.orders.models import Order
from tests.browser import DESK, PHONE
from tests.journeys.people import OVERFLOW, Cast, Somebody
from tests.town import Town, build, verbs_of

pytestmark = pytest.mark.django_db(transaction=True)
S = Order.State
PLACE = 'main form[action="/services/tap-repair/order/"] .form-actions button'
FOR_A_RESIDENT = ("/", "/menu/", "/services/tap-repair/", "/services/tap-repair/order/", "/orders/mine/", "/me/")
AT_A_DESK = ("/today/", "/board/", "/orders/new/", "/find/", "/more/")
FOCUS = "document.activeElement.matches.bind(document.activeElement)"
RING = """() => { const style = getComputedStyle(document.activeElement);
    return document.activeElement === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none"; }"""


@pytest.fixture
def cast(browser: Browser, live_server: LiveServer) -> Iterator[Cast]:
    cast = Cast(browser, live_server.url, build(), "zh-hans", PHONE)
    yield cast
    for context in cast.contexts:
        context.close()


def an_order(town: Town, state: str) -> Order:
    """Placed today, as the pages see it."""
    order = actions.place(town.wanted(windows=()), by=town.jin, at=now())
    if state != "placed":
        actions.admit(order, urgency="normal", by=town.zhou, at=now())
    if state == "offered":
        actions.dispatch(order, town.plumbers, by=town.shi, at=now())
    return order


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def press(one: Somebody, order: Order, verb: str) -> None:
    """The button of a verb, without help from any script."""
    one.page.goto(f"{one.server}/orders/{order.pk}/")
    form = one.page.locator(f'form[action="/orders/{order.pk}/{verb}/"]').first
    if not form.is_visible():
        one.page.locator("details", has=form).locator("summary").first.click()
    form.locator("button").first.click()


def test_without_script_everything_goes_its_way(cast: Cast) -> None:
    jin, zhou, shi, luo = (cast.enter(name, script=False) for name in ("jin", "zhou", "shi", "luo"))
    jin.page.goto(f"{cast.server}/services/tap-repair/order/")
    jin.page.locator(PLACE).click()
    order = Order.objects.get()

    for one, verb in ((jin, "urge"), (zhou, "admit"), (shi, "dispatch"), (luo, "accept"), (jin, "withdraw")):
        press(one, order, verb)
        expect(one.page.locator("main")).to_contain_text(order.number)

    assert verbs_of(order) == ["place", "urge", "admit", "dispatch", "accept", "withdraw"]


def to(one: Somebody, selector: str) -> None:
    """Tab until the focus is there; it can be seen wherever it stands."""
    for _step in range(80):
        one.page.keyboard.press("Tab")
        assert one.page.evaluate(RING), one.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if one.page.evaluate(f"selector => {FOCUS}(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def test_a_clerk_needs_no_mouse(cast: Cast) -> None:
    cast.screen = DESK
    clerk = cast.enter("zhou")
    clerk.go("/orders/new/")
    fields = clerk.page.locator("main form .form-control, main form .form-select").count()
    to(clerk, "[name=phone]")
    clerk.page.keyboard.type(cast.town.jin.phone.removeprefix("+86"))
    to(clerk, "[name=name]")
    clerk.page.keyboard.type(cast.town.jin.name)
    to(clerk, "[name=words]")
    clerk.page.keyboard.type("水龙头滴水")
    to(clerk, "main form .btn-main")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")

    assert fields <= 8
    assert Order.objects.get().resident == cast.town.jin


def test_a_clerk_finds_and_takes_on_an_order_by_keys(cast: Cast) -> None:
    order, cast.screen = an_order(cast.town, "placed"), DESK
    clerk = cast.enter("zhou")
    clerk.go("/today/")

    clerk.page.keyboard.press("/")
    clerk.page.keyboard.type(order.number)
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    to(clerk, 'form[action$="/admit/"] button')
    with clerk.page.expect_response(lambda answer: answer.request.method == "POST"):
        clerk.page.keyboard.press("Enter")

    assert state_of(order) == S.PENDING
    assert cast.faults() == ""


@pytest.mark.parametrize(("who", "paths"), [("jin", FOR_A_RESIDENT), ("zhou", AT_A_DESK)], ids=["resident", "clerk"])
def test_elder_mode_fits_a_small_phone(cast: Cast, who: str, paths: tuple[str, ...]) -> None:
    order = an_order(cast.town, "offered")
    one = cast.enter(who, elder="1")

    for path in (*paths, f"/orders/{order.pk}/"):
        one.go(path)

    assert cast.faults() == ""


def test_letters_twice_as_large_are_not_cut(cast: Cast) -> None:
    order, cast.screen = an_order(cast.town, "offered"), DESK
    clerk = cast.enter("zhou")
    wide = {}

    for path in (*AT_A_DESK, f"/orders/{order.pk}/"):
        clerk.page.goto(f"{cast.server}{path}")
        clerk.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[path] = clerk.page.evaluate(OVERFLOW)

    assert wide == dict.fromkeys(wide, 0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_two_taps_place_one_order(cast: Cast, script: bool) -> None:
    one = cast.enter("jin", script=script)
    one.page.goto(f"{cast.server}/services/tap-repair/order/")

    one.page.locator(PLACE).dblclick(no_wait_after=True)
    one.page.wait_for_url("**/orders/*/")

    assert Order.objects.count() == 1


def test_whoever_goes_back_is_told_that_it_is_ordered_already(cast: Cast) -> None:
    one = cast.enter("jin")
    one.go("/services/tap-repair/order/")
    one.tap(PLACE)
    order = Order.objects.get()

    one.page.go_back()
    one.look()

    expect(one.page.locator(f'main .note a[href="/orders/{order.pk}/"]')).to_be_visible()
    assert cast.faults() == ""


def test_a_page_that_is_no_longer_true_says_so(cast: Cast) -> None:
    order = an_order(cast.town, "offered")
    leader = cast.enter("luo")
    leader.go(f"/orders/{order.pk}/")
    actions.recall(Order.objects.with_nouns().get(pk=order.pk), by=cast.town.shi, at=now())

    leader.page.locator('main form[action$="/accept/"] button').first.click()

    expect(leader.page.locator("main")).to_contain_text("已经不在您的服务队")
    assert state_of(order) == S.PENDING
