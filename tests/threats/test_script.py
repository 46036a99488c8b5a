"""Script that somebody has left wherever text is kept: on no page does a real browser run it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from tests.access.policies import POLICIES
from tests.access.world import NOBODY, World
from tests.town import NINE

RUN: Final = "window.__xss=1"
CORPUS: Final = (
    f"</title></textarea></script><img src=x onerror={RUN}>",
    f"\"'><svg onload={RUN}>",
    f'" autofocus onfocus={RUN} x="',
    f"' onmouseover='{RUN}'<script>{RUN}</script>",
    f"javascript:{RUN}",
    "{{" + RUN + "}}${" + RUN + "}",
)
SHORT: Final = "<i id=xss>"  # where there is no room for more
# the columns that people fill, by their names; all others hold keys, digests, and words that the program goes by
TYPED: Final = frozenset(
    "about address device documents fault gets gist gist_en holder instead instead_en name name_en number parts_note "
    "phone place_source prepare result retired_why risks short text title title_en who words words_en".split()
)
BAD_LINKS: Final = ("javascript:", "data:text", "vbscript:")
ESCAPED: Final = ("&lt;svg", "&lt;img", "&lt;i id", "&lt;/title")
SITE: Final = "http://baixing.test"
STATIC: Final = Path(apps.get_app_config("look").path) / "static"
HTML: Final = [name for name, policy in POLICIES.items() if not policy.post]
WHO: Final = ("gao", "zhou", "luo", "jin", "shen", "editor", NOBODY)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture(autouse=True)
def _script_everywhere(world: World) -> None:
    planted = [_plant(model) for model in apps.get_models() if model.__module__.startswith("baixing.")]
    assert sum(planted) > 40


def _plant(model: type[models.Model]) -> int:
    """Script in each text that a person fills. How many such there are."""
    fields = [field for field in model._meta.local_concrete_fields if _is_typed(field)]
    for row in model._base_manager.all() if fields else ():
        planted = {
            field.name: _script(field, number, row) for number, field in enumerate(fields) if getattr(row, field.name)
        }
        if planted:
            model._base_manager.filter(pk=row.pk).update(**planted)
    return len(fields)


def _script(field: models.Field[object, object], number: int, row: models.Model) -> str:
    """With the number of the row where there is room: some texts stand once in their list."""
    script, room = CORPUS[number % len(CORPUS)], field.max_length or 10_000
    return next((one for one in (f"{script} {row.pk}", script, f"{SHORT}{row.pk}") if len(one) <= room), SHORT[:room])


def _is_typed(field: models.Field[object, object]) -> bool:
    ours = field.model._meta.app_label in {"journal", "kernel"}  # the lines themselves cannot be changed
    return isinstance(field, models.CharField | models.TextField) and field.name in TYPED and not (ours or field.unique)


class Windows:
    """A browser that reads our pages without a network. The policy against script is off: escaping alone must hold."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(bypass_csp=True)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.client = Client()
        self.html = ""

    def open(self, address: str) -> str | None:
        """What ran, if anything did. A file is saved and shown by no browser."""
        answer = self.client.get(address, follow=True)
        self.html = answer.content.decode() if "html" in answer.headers["Content-Type"] else ""
        self.page.goto(f"{SITE}{address}", wait_until="load")
        ran: str | None = self.page.evaluate("window.__xss ?? document.querySelector('#xss')?.outerHTML ?? null")
        return ran

    def links(self) -> list[str]:
        found = "[...document.querySelectorAll('[href],[action],[src]')]"
        said = "['href', 'action', 'src'].map(n => e.getAttribute(n) || '').join('').trim().toLowerCase()"
        return list(self.page.evaluate(f"{found}.map(e => {said})"))

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/").partition("?")[0]
            route.fulfill(path=file) if file.is_file() else route.abort()
        elif route.request.resource_type == "document":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        else:
            route.abort()


def _readers(name: str) -> tuple[str, ...]:
    """Who opens a page here: the first who may; what many read is opened by each kind of them."""
    if name in {"orders:order", "desks:front", "desks:unit", "teams:team", "teams:members"}:
        return tuple(role for role in WHO if role in POLICIES[name].near)
    return tuple(role for role in WHO if role in POLICIES[name].near)[:1]


def test_no_page_runs_what_somebody_has_typed(world: World, browser: Browser) -> None:
    windows, shown = Windows(browser), 0
    clients, walk = {role: world.client(role) for role in WHO}, [(page, who) for page in HTML for who in _readers(page)]

    for name, role in walk:
        windows.client = clients[role]
        ran = windows.open(reverse(name, kwargs=POLICIES[name].arguments(world.near)))
        shown += any(mark in windows.html for mark in ESCAPED)

        assert ran is None, name
        assert not [link for link in windows.links() if link.startswith(BAD_LINKS)], name

    windows.context.close()
    assert shown > 30, shown


def test_script_that_is_not_escaped_would_be_seen(browser: Browser) -> None:
    """The control, for each of the corpus that needs nobody's hand."""
    windows = Windows(browser)

    ran = []
    for script in (CORPUS[0], CORPUS[1], CORPUS[3]):
        windows.page.set_content(f"<title>{script}</title>")
        ran.append(windows.page.evaluate("window.__xss"))

    windows.context.close()
    assert ran == [1, 1, 1]
