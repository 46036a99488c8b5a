"""A passkey in a real browser, whose device is one that Chromium itself plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.people.models import Code, Factor, SignIn
from tests.browser import DESK, PATIENCE
from tests.people.door import PHONES, known
from tests.people.test_browser import send, walk_in
from tests.second_step import app_of, shown_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff")]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser on a device that can keep passkeys."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()


def test_a_passkey_is_added_and_opens_the_door_at_the_next_sign_in(phone: Page, live_server: LiveServer) -> None:
    jin = known(at=now())
    walk_in(phone, live_server, PHONES[0])

    phone.goto("/me/factors/passkey/")
    phone.fill("main [name=name]", "办公桌电脑")
    phone.click("form[data-passkey] .btn-main")
    phone.wait_for_url("**/me/factors/codes/")
    phone.click("main .btn-main")
    SignIn.objects.update(ended_at=now())
    Code.objects.all().delete()  # a minute passes
    walk_in(phone, live_server, PHONES[0])
    phone.click("form[data-passkey] .btn-main")
    phone.wait_for_url(live_server.url + "/")

    assert [(row.kind, row.name, row.count) for row in Factor.objects.filter(person=jin)] == [
        ("passkey", "办公桌电脑", 2)
    ]
    assert SignIn.objects.filter(proved_at__isnull=False, ended_at=None).count() == 1


def test_a_passkey_of_another_device_opens_nothing(phone: Page, live_server: LiveServer) -> None:
    known(at=now())
    walk_in(phone, live_server, PHONES[0])
    phone.goto("/me/factors/passkey/")
    phone.fill("main [name=name]", "一把")
    phone.click("form[data-passkey] .btn-main")
    phone.wait_for_url("**/me/factors/codes/")
    Factor.objects.update(handle="another", count=99)
    SignIn.objects.update(proved_at=None)

    phone.goto("/in/factor/")
    phone.click("form[data-passkey] .btn-main")
    phone.wait_for_load_state("networkidle")

    assert phone.locator("main [role=alert]").first.is_visible()
    assert SignIn.objects.filter(proved_at=None).count() == 1


def test_without_any_script_an_app_is_set_up_and_opens_the_door(browser: Browser, live_server: LiveServer) -> None:
    jin = known(at=now())
    app = app_of(jin)
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()

    walk_in(page, live_server, PHONES[0])
    send(page, code=shown_by(app))
    page.goto(f"{live_server.url}/me/factors/")
    page.click("form[action='/me/factors/app/begin/'] button")
    shown = page.locator("main .note strong").inner_text()  # in a demo the page shows the code of the app
    send(page, code=shown)

    assert page.url == f"{live_server.url}/me/factors/codes/"
    assert Factor.objects.get(person=jin).pk != app.pk
    context.close()
