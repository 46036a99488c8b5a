"""Every page that somebody can see: drawn by the test client for each role, one of each shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.policies import POLICIES
from tests.access.policy import Policy
from tests.access.world import ROLES, World

STEPS: Final = (  # of one deed, under one title
    {"people:factor", "people:factors"},
    {f"schedule:{step}" for step in ("tablet", "find_on_tablet", "tablet_in", "tablet_out", "tablet_sign_up")},
    {"people:number", "people:number_old"},
    {"network:pick", "network:settle"},
    {"exchange:show", "exchange:upload"},
    {"desks:front", "look:guide_page"},  # the style guide shows the front page
)
FIRST: Final = ("zhou", "jin", "luo", "gao", "nobody", "shen", "editor", "shi", "min", "wu", "he", "wei")
OK: Final = 200
VOID: Final = frozenset({"input", "meta", "link", "br", "hr", "img", "use", "path", "option", "source", "wbr"})
SAID: Final = frozenset({"class", "type", "role", "lang", "rows", "colspan", "scope", "aria-current", "aria-pressed"})


@dataclass(frozen=True)
class Shot:
    """One page as one role sees it."""

    name: str
    role: str
    status: int
    html: str
    whole: bool = True  # its frame is looked at too

    def __str__(self) -> str:
        return f"{self.name} {self.status} as {self.role}"


def shots(world: World, language: str, roles: int) -> Iterator[Shot]:
    """Each shape once: two pages that differ in their words and numbers of rows alone are one.

    What stands in the frame, and the frame: that of each role once, and each shape of it.
    """
    seen: set[tuple[str, str]] = set()
    for shot in _all(world, language, roles):
        around, inside = _parts(shot.html)
        frame = {("role", shot.role), ("frame", shape_of(around))}
        page = {(shot.name, shape_of(inside))}
        if new := (frame | page) - seen:
            seen |= new
            yield replace(shot, whole=bool(new & frame))


def _parts(html: str) -> tuple[str, str]:
    """The frame, and what it holds."""
    head, opened, rest = html.partition("<main")
    inside, closed, foot = rest.partition("</main>")
    return f"{head}{foot}", f"{opened}{inside}{closed}"


def _all(world: World, language: str, roles: int) -> Iterator[Shot]:
    """As so many of the roles that it is for, those first who see most of it; verbs that went wrong when as all."""
    clients = {role: world.client(role) for role in ROLES}
    for name, policy in sorted(POLICIES.items()):
        address = reverse(name, kwargs=policy.arguments(world.near))
        order = FIRST if not policy.leads else ("jin", *FIRST)  # she has a home, so nothing leads her elsewhere
        near = sorted(policy.near, key=order.index)[: 1 if policy.post else roles]
        for role in near if roles > 1 or not policy.post else ():
            clients[role].defaults["HTTP_ACCEPT_LANGUAGE"] = language
            yield from _shots_of(clients[role], name, role, address, policy, faulty=role == near[0])


def _shots_of(client: Client, name: str, role: str, address: str, policy: Policy, *, faulty: bool) -> Iterator[Shot]:
    """The page, and the page with its faults, as after an empty form; nothing is written."""
    answers = [] if policy.post else [client.get(address)]
    if faulty and name != "people:sign_out":
        with transaction.atomic():
            answers.append(client.post(address, {"key": uuid4().hex, "version": "1"}))
            transaction.set_rollback(True)
    for answer in answers:
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_html and answer.status_code in {200, 422} and "<!DOCTYPE" in (html := answer.content.decode()):
            yield Shot(name, role, answer.status_code, html)


def said_twice(shown: list[Shot]) -> list[str]:
    """The titles that two addresses share: nobody could tell their tabs apart."""
    named: dict[str, set[str]] = {}
    for shot in shown:
        if shot.status == OK:
            title = " ".join(shot.html.partition("<title>")[2].partition("</title>")[0].split())
            named.setdefault(title, set()).add(shot.name)
    return [
        f"{title}: {' '.join(sorted(names))}"
        for title, names in sorted(named.items())
        if len(names) > 1 and names not in STEPS
    ]


def shape_of(html: str) -> str:
    """The tree of a page without its words; of alike neighbours, one."""
    reader = _Shape()
    reader.feed(html)
    while len(reader.open) > 1:
        reader.handle_endtag(reader.open[-1][0])
    return "".join(reader.open[0][1])


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = " ".join(f"{name}={value}" for name, value in sorted(attrs) if name in SAID)
        self.open.append((tag, [f"<{tag} {said}>"]))
        if tag in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {name for name, _parts in self.open[1:]}:
            return
        while True:
            name, parts = self.open.pop()
            whole, siblings = "".join(parts) + ">", self.open[-1][1]
            if not siblings or siblings[-1] != whole:
                siblings.append(whole)
            if name == tag:
                return
