"""What the six main tasks cost a person: taps, letters typed, words read and seconds, each walked in Chromium.

`.venv/bin/python -m bench.tasks`: on a copy of the demo city that `./run` made (DATA, otherwise `var/`), served by a
server of its own; nothing of the demo is changed. The screen is a phone's, 360 px wide. Words are those on the screens
of the task: a Chinese character is one, as is a word or a number of another script. Seconds are those of the
keystroke-level model (Card, Moran and Newell 1980) for somebody not used to a keyboard: 1.35 to decide and 1.3 to
point and tap for each tap, 1.2 for each letter, and what the server and the browser took here.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from baixing.orders.models import Order

PHONE = ViewportSize(width=360, height=740)
DECIDE, TAP, LETTER = 1.35, 1.3, 1.2  # seconds
WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9*.:-]+")
SEEN = "(document.querySelector('main [id^=order-]') || document.querySelector('main') || document.body)"
READY = 120  # half seconds


@dataclass
class Walk:
    """Somebody at a phone, and what the task has cost them so far."""

    page: Page
    server: str
    taps: int = 0
    letters: int = 0
    words: int = 0
    waited: float = 0

    def open(self, path: str) -> None:
        """Where the task begins: it costs no tap."""
        self.page.goto(self.server + path)
        self.read()

    def tap(self, selector: str, *, leads: bool = True) -> None:
        found = self.page.locator(selector).locator("visible=true").first
        self.taps += 1
        start = time.monotonic()
        if not leads:
            found.click()
            return
        self.page.evaluate(f"{SEEN}.dataset.seen = 1")
        found.click()
        self.page.wait_for_function(f"!{SEEN}.dataset.seen")  # another page, or another state of the same thing
        self.page.wait_for_load_state("load")
        self.waited += time.monotonic() - start
        self.read()

    def type(self, selector: str, text: str) -> None:
        self.page.locator(selector).first.fill(text)
        self.letters += len(text)

    def read(self) -> None:
        self.words += len(WORD.findall(self.page.inner_text("main")))

    def row(self) -> tuple[int, int, int, float]:
        return self.taps, self.letters, self.words, self.taps * (DECIDE + TAP) + self.letters * LETTER + self.waited


def order(walk: Walk) -> None:
    walk.open("/")
    walk.tap('main a[href="/services/drain-clearing/"], main a[href^="/services/"]')
    walk.tap('main a[href$="/order/"]')
    walk.tap("main .form-actions button")


def order_for_another(walk: Walk) -> None:
    walk.open("/orders/new/")
    walk.type("main [name=phone]", "11000009999")
    walk.type("main [name=name]", "秦安")
    walk.type("main [name=item]", "水龙头")
    walk.type("main [name=words]", "水龙头滴水")
    walk.tap("main .form-actions button")


def dispatch(walk: Walk) -> None:
    walk.open("/board/")
    walk.tap(f'main a[href="/orders/{_first("pending").pk}/"]')
    walk.tap('main form[action$="/dispatch/"] button')


def accept_and_appoint(walk: Walk) -> None:
    found = _first("offered")
    walk.open("/inbox/")
    walk.tap(f'main a[href="/orders/{found.pk}/"]')
    walk.tap('main form[action$="/accept/"] button')
    walk.tap('main form[action$="/appoint/"] .btn-main')


def rate(walk: Walk) -> None:
    walk.open("/orders/mine/")
    walk.tap(f'main a[href="/orders/{_first("served").pk}/"]')
    walk.tap("main .face", leads=False)
    walk.tap('main form[action$="/rate/"] .btn-main')


def follow_by_code(walk: Walk) -> None:
    found = _first("appointed")
    walk.open("/")
    walk.tap('main a[href="/track/"]')
    walk.type("main [name=code]", found.code)
    walk.type("main [name=four]", found.phone[-4:])
    walk.tap('main form[action="/track/"] button')


TASKS: dict[str, tuple[Callable[[Walk], None], str, str]] = {
    "order": (order, "resident", "placed"),
    "order for another": (order_for_another, "staff", "placed"),
    "dispatch": (dispatch, "dispatcher", "offered"),
    "accept and appoint": (accept_and_appoint, "leader", "appointed"),
    "rate": (rate, "resident", "closed"),
    "follow by code": (follow_by_code, "", ""),
}


def main() -> int:
    made = Path(os.environ.get("DATA") or "var").resolve()
    if not (made / "baixing.sqlite3").exists():
        print(f"No demo city in {made}: start ./run once, or name its folder in DATA.")
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="baixing-bench-") as folder,
        _served(made, Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print("| task | taps | letters typed | words on screen | seconds |\n| --- | ---: | ---: | ---: | ---: |")
        for name in TASKS:
            taps, letters, words, seconds = _walk(browser, server, name)
            print(f"| {name} | {taps} | {letters} | {words} | {seconds:.0f} |", flush=True)
    return 0


def _walk(browser: Browser, server: str, name: str) -> tuple[int, int, int, float]:
    task, role, end = TASKS[name]
    before = _count(end)
    context = browser.new_context(
        viewport=PHONE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        bypass_csp=True,  # only to wait in the page
    )
    context.set_default_timeout(20_000)
    if role:
        context.add_cookies([{"name": "session", "value": _session(role), "url": server}])
    walk = Walk(context.new_page(), server)
    task(walk)
    said = walk.page.inner_text("main")
    context.close()
    assert not end or _count(end) == before + 1, f"{name} did not end in {end}: {said}"
    return walk.row()


@contextmanager
def _served(made: Path, folder: Path) -> Iterator[str]:
    """A server of a copy of that installation."""
    shutil.copytree(made / "static", folder / "static")
    shutil.copy(made / "keys.env", folder)
    with (
        closing(sqlite3.connect(made / "baixing.sqlite3")) as old,
        closing(sqlite3.connect(folder / "baixing.sqlite3")) as new,
    ):
        old.backup(new)
    os.environ.update(
        DATA=str(folder), BAIXING_DEMO="1", DJANGO_SETTINGS_MODULE="baixing.settings", DJANGO_ALLOW_ASYNC_UNSAFE="1"
    )
    import django

    django.setup()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = str(Path(sys.executable).parent / "granian")
    command = [granian, "--interface", "wsgi", "--log-level", "error", "--port", str(port), "baixing.wsgi:application"]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(port: int) -> None:
    for _half_second in range(READY):
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.5)
    raise TimeoutError


def _session(role: str) -> str:
    """A browser that this person of the demo signed in with earlier, with the second factor where one is owed."""
    from django.db.models import F
    from django.test import Client

    from baixing.people.models import Person, SignIn

    number = {"resident": 1, "staff": 2, "dispatcher": 3, "leader": 9}[role]
    client = Client()
    client.force_login(Person.objects.behind(f"+86110000{number:05}").earliest("pk"))
    SignIn.objects.filter(session_key=client.session.session_key).update(proved_at=F("at"))
    return client.cookies["session"].value


def _first(state: str) -> Order:
    """The first of the demo's orders in this state that the demo's own people have to do with."""
    from django.db.models import F

    from baixing.orders.models import Order
    from baixing.people.models import Person

    orders = Order.objects.filter(state=state).order_by("-pk")
    if state in {"offered", "appointed"}:
        return orders.filter(team__leader__in=Person.objects.behind("+8611000000009")).latest("pk")
    if state == "served":
        return orders.filter(resident__in=Person.objects.behind("+8611000000001")).latest("pk")
    clerks = Person.objects.behind("+8611000000003")
    return orders.filter(owner__posts__person__in=clerks, owner=F("station")).latest("pk")


def _count(state: str) -> int:
    from baixing.orders.models import Order

    return Order.objects.filter(state=state).count()


if __name__ == "__main__":
    sys.exit(main())
