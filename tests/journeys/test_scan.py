"""The leader's camera reads a resident's own code. Chromium is given a film of it instead of a camera."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from baixing.people.models import Person
from baixing.schedule.models import Attendance, Session, Signup
from tests.browser import FLAGS, PATIENCE, PHONE
from tests.journeys.test_list import held_now
from tests.town import build

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH, HEIGHT, DOT = 640, 480, 12
TEN_PICTURES = """async () => {
    const video = document.querySelector("video");
    for (let seen = 0; seen < 10; seen++) await new Promise((next) => video.requestVideoFrameCallback(next));
}"""
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def film(code: str, path: Path) -> Path:
    """One grey picture with the code in its middle, as a film of uncompressed frames."""
    matrix = [list(row) for row in segno.make(code, error="m", micro=False).matrix]
    left, top = (WIDTH - DOT * len(matrix)) // 2, (HEIGHT - DOT * len(matrix)) // 2
    grey = bytearray(b"\xe0" * (WIDTH * HEIGHT))
    for y, row in enumerate(matrix):
        line = b"".join((b"\x10" if dot else b"\xe0") * DOT for dot in row)
        for step in range(DOT):
            start = (top + y * DOT + step) * WIDTH + left
            grey[start : start + len(line)] = line
    frame = b"FRAME\n" + bytes(grey) + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)
    return path


def enter(phone: BrowserContext, person: Person, url: str) -> None:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    phone.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


@pytest.fixture
def eye(browser: Browser, chromium: str, tmp_path: Path, live_server: LiveServer) -> Iterator[BrowserContext]:
    """The clerk's phone, which looks at jin's code."""
    people = build()
    session = held_now(people)
    code = Signup.objects.get(session=session, person=people.jin).code
    shown = film(f"https://x.cn/s/{code}/", tmp_path / "code.y4m")
    flags = [*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={shown}"]
    own = browser.browser_type.launch(executable_path=chromium, args=flags)
    phone = own.new_context(viewport=PHONE, locale="zh-CN", permissions=["camera"])
    phone.set_default_timeout(PATIENCE)
    enter(phone, people.zhou, live_server.url)
    yield phone
    own.close()


def test_a_code_in_the_picture_checks_in(eye: BrowserContext, live_server: LiveServer) -> None:
    page = eye.new_page()

    page.goto(f"{live_server.url}/sessions/{Session.objects.get().pk}/scan/")
    expect(page.locator("main")).to_contain_text("jin到了", timeout=3 * PATIENCE)
    expect(page.locator("video")).to_be_visible()
    page.evaluate(TEN_PICTURES)  # jin's code is in all of them still

    expect(page.locator("main")).to_contain_text("jin到了")
    assert [one.arrived_way for one in Attendance.objects.all()] == ["roster"]
