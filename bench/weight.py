"""What a page weighs on the wire, and how long an order takes on a slow network.

`.venv/bin/python -m bench.weight`: a demo city in a folder of its own (or in DATA, where one stands already), served by
`./run` as in production (granian, compressed static files) on PORT (8159). Each page is opened in Chromium with a cold
cache: the bytes of all answers with their headers, as Chromium counts them. Then what the service worker fetches after
the first page of somebody signed in, beyond what is in the cache. Then the road of an order at 300 ms and 40 kB/s.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser import FLAGS, NAMES, PHONE

ROOT = Path(__file__).resolve().parent.parent
HOST, PORT = "127.0.0.1", int(os.environ.get("PORT", "8159"))
SITE = f"http://{HOST}:{PORT}"
RESIDENT = "+8611000000001"  # of the demo city
FORM = "/services/tap-repair/order/"
PUBLIC = (
    "/", "/menu/", "/menu/?page=2", "/menu/?q=水龙头", "/services/tap-repair/", "/units/", "/units/1/",
    "/teams/", "/teams/1/", "/teams/1/licences/", "/track/", "/in/", "/privacy/", "/offline/",
)  # fmt: skip
OWN = ("/", FORM, "/wish/", "/orders/mine/", "/me/")
MOST = 100_000  # bytes
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 40_000, "uploadThroughput": 40_000}
LONGEST = 20  # seconds
WAIT = 600  # seconds until the demo city stands


def main() -> int:
    with ExitStack() as ending:
        folder = os.environ.get("DATA") or ending.enter_context(tempfile.TemporaryDirectory(prefix="baixing-weight-"))
        ending.enter_context(_served(folder))
        playwright = ending.enter_context(sync_playwright())
        path = os.environ.get("CHROMIUM") or next(path for name in NAMES if (path := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        session = _session(folder)
        weights = [_weigh(browser, path, "") for path in PUBLIC] + [_weigh(browser, path, session) for path in OWN]
        seconds = _order_slowly(browser, session)
        print(f"the service worker fetches {_worker() / 1000:.1f} kB more, once, after the page")
        browser.close()
    heaviest = max(weights)
    print(f"heaviest {heaviest / 1000:.1f} kB of {MOST / 1000:.0f}; placed after {seconds:.1f} s of {LONGEST}")
    return 0 if heaviest <= MOST and seconds <= LONGEST else 1


@contextmanager
def _served(folder: str) -> Iterator[None]:
    environment = {**os.environ, "DATA": folder, "PORT": str(PORT), "BAIXING_DEMO": "1"}
    environment.pop("STATIC_STORAGE", None)
    run = subprocess.Popen(["./run"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(run)
        yield
    finally:
        run.terminate()
        run.wait()


def _await(run: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WAIT
    while time.monotonic() < end and run.poll() is None:
        try:
            door = HTTPConnection(HOST, PORT, timeout=5)
            door.request("GET", "/privacy/")
            door.getresponse()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(f"nothing answers on {SITE}")


def _session(folder: str) -> str:
    """The resident of the demo city, signed in."""
    keys = (Path(folder) / "keys.env").read_text()
    os.environ |= {"DATA": folder, "DJANGO_SETTINGS_MODULE": "baixing.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    os.environ |= dict(line.split("=", 1) for line in keys.split())
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from baixing.people.models import Person

    client = Client()
    client.force_login(Person.objects.behind(RESIDENT)[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _open(browser: Browser, session: str) -> tuple[Page, CDPSession]:
    """A phone that was never here."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", service_workers="block")
    if session:
        context.add_cookies([{"name": "session", "value": session, "url": SITE}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    return page, wire


def _weigh(browser: Browser, path: str, session: str) -> float:
    page, wire = _open(browser, session)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(float(event["encodedDataLength"])))
    answer = page.goto(f"{SITE}{path}", wait_until="networkidle")
    assert answer is not None
    assert answer.ok, path
    who = "resident" if session else "anybody"
    print(f"{path:28} {who:9} {len(sizes):3} answers {sum(sizes) / 1000:7.1f} kB")
    page.context.close()
    return sum(sizes)


def _worker() -> int:
    """Bytes of the worker, its other script and the page it keeps for later; without their headers."""
    total = 0
    for path in ("/sw.js", staticfiles_storage.url("look/worker.js"), "/offline/"):
        door = HTTPConnection(HOST, PORT, timeout=30)
        door.request("GET", path, headers={"Accept-Encoding": "gzip"})
        total += len(door.getresponse().read())
    return total


def _order_slowly(browser: Browser, session: str) -> float:
    """From the tap that opens the form, with nothing in the cache, to the page of the placed order."""
    page, wire = _open(browser, session)
    page.set_default_timeout(60_000)
    wire.send("Network.emulateNetworkConditions", SLOW)
    began = time.monotonic()
    page.goto(f"{SITE}{FORM}", wait_until="domcontentloaded")
    usable = time.monotonic() - began
    page.click(f'main form[action="{FORM}"] .form-actions button')
    page.wait_for_url("**/orders/*/", wait_until="domcontentloaded")
    placed = time.monotonic() - began
    print(
        f"at 300 ms and 40 kB/s the form can be used after {usable:.1f} s,"
        f" the order is placed and shown after {placed:.1f} s"
    )
    page.context.close()
    return placed


if __name__ == "__main__":
    sys.exit(main())
