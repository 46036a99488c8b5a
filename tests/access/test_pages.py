"""Every page in Chromium: axe, letters, thumbs, narrow screens, keyboard, in light, dark and elder mode.

The usual run looks at each page as one role sees it, in Chinese; `python -m bench.pages` at all that twelve roles see,
in both languages and with all of axe in each mode.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from baixing.network.models import Unit
from tests.access import pages
from tests.access.pages import Shot
from tests.access.world import ROLES, World
from tests.browser import PHONE
from tests.town import NINE

ALL: Final = os.environ.get("EVERY_PAGE") == "1"
CHECKS: Final = (Path(__file__).parent / "looks.js").read_text("utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE: Final = {"runOnly": RULES}
COLOURS: Final = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
ADDRESS: Final = "http://pages.invalid/"
MODE: Final = """([name, value]) => {
    for (const other of ["data-theme", "data-elder"]) document.documentElement.removeAttribute(other);
    if (name) document.documentElement.setAttribute(name, value);
    document.documentElement.style.fontSize = ""; }"""
SMALLEST: Final = {"width": 320, "height": 640}
DESK: Final = {"width": 1280, "height": 800}
LEAST: Final = 60  # addresses with a page
PLAIN, ELDER = 44, 60  # px of what is tapped


@pytest.fixture(autouse=True)
def _every_unit_has_a_phone(world: World) -> None:
    Unit.objects.update(phone="0943-0000000")


@pytest.fixture
def glass(page: Page) -> Page:
    """A page of one site that has our style and no script but the checks."""
    page.route("**/*", lambda route: route.fulfill(body="<!DOCTYPE html><title>.</title>", content_type="text/html"))
    page.goto(ADDRESS)
    page.evaluate(Axe().axe_script)
    page.evaluate(CHECKS)
    return page


@pytest.fixture(scope="session")
def style() -> str:
    found = finders.find("look/baixing.css")
    assert isinstance(found, str)
    return Path(found).read_text("utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", ["zh-hans", "en"] if ALL else ["zh-hans"])
def test_every_page_is_for_everyone(world: World, glass: Page, style: str, language: str, half: int) -> None:
    with time_machine.travel(NINE, tick=False):
        shown = list(pages.shots(world, language, len(ROLES) if ALL else 1))

    faults = [f"{shot}: {fault}" for shot in shown[half::2] for fault in dict.fromkeys(_faults(glass, shot, style))]

    faults += pages.said_twice(shown)
    assert len({shot.name for shot in shown}) > LEAST, len(shown)
    assert not faults, "\n".join([f"{len(shown)} pages", *faults])


def _faults(glass: Page, shot: Shot, style: str) -> Iterator[str]:
    """A frame is looked at when it is new, then what it holds."""
    _show(glass, shot.html, style)
    glass.evaluate("whole => looks.at(whole)", shot.whole)
    yield from _at_a_desk(glass)
    yield from _on_a_phone(glass)
    yield from _for_the_old(glass)


def _show(glass: Page, html: str, style: str) -> None:
    head, link, rest = html.partition('<link rel="stylesheet"')
    whole = f"{head}<style>{style}</style>{rest.partition('>')[2]}" if link else html
    glass.evaluate("html => { document.open(); document.write(html); document.close(); }", _without_scripts(whole))
    assert glass.evaluate("Boolean(window.axe && window.looks)")


def _without_scripts(html: str) -> str:
    return html.replace("<script", "<template").replace("</script>", "</template>")


def _at_a_desk(glass: Page) -> Iterator[str]:
    glass.set_viewport_size(DESK)  # type: ignore[arg-type]  # a size
    yield from glass.evaluate("rules => looks.axe(rules)", WHOLE)
    yield from glass.evaluate("looks.structure()")
    yield from glass.evaluate("looks.focus()")
    glass.evaluate(MODE, ["data-theme", "dark"])
    yield from (f"dark: {one}" for one in glass.evaluate("rules => looks.axe(rules)", WHOLE if ALL else COLOURS))
    glass.evaluate(MODE, ["", ""])
    glass.evaluate("document.documentElement.style.fontSize = '200%'")
    yield from (f"letters twice as large: {one}" for one in glass.evaluate("looks.wide()"))
    glass.evaluate(MODE, ["", ""])


def _on_a_phone(glass: Page) -> Iterator[str]:
    glass.set_viewport_size(SMALLEST)  # type: ignore[arg-type]  # a size
    yield from glass.evaluate("looks.wide()")
    yield from glass.evaluate("least => looks.small(least)", PLAIN)
    yield from glass.evaluate("looks.focus()")
    yield from glass.evaluate("looks.letters(12, 1.3)")


def _for_the_old(glass: Page) -> Iterator[str]:
    glass.evaluate(MODE, ["data-elder", ""])
    found = [
        *glass.evaluate("looks.wide()"),
        *glass.evaluate("least => looks.small(least)", ELDER),
        *glass.evaluate("looks.letters(18, 1.3)"),
        *(glass.evaluate("rules => looks.axe(rules)", WHOLE) if ALL else []),
    ]
    yield from (f"elder: {one}" for one in found)
    glass.set_viewport_size(PHONE)
    glass.evaluate("document.documentElement.style.fontSize = '30px'")
    yield from (f"letters of 30 px: {one}" for one in glass.evaluate("looks.wide()"))
