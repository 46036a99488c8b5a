"""Who reads which page in a large city: every address that can be read, by somebody of each role who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from baixing.kernel.calendar import now
from baixing.menu.models import ServiceItem
from baixing.network.models import Post, Unit
from baixing.orders.models import Order, Reason
from baixing.people.models import Person
from baixing.programme.models import Brand
from baixing.teams.models import Team

READ = frozenset({200, 302})
NOT_READ = frozenset({"look:guide", "look:guide_page", "one_line"})  # for whoever works on the look; the bench's own
MORE = {  # questions that make a page longer
    "menu:browse": ("?q=水龙头坏了", "?q=shuilongtou", "?page=2"),
    "teams:list": ("?q=志愿", "?page=20"),
    "network:units": ("?q=村",),
    "desks:morning": ("?page=2", "?which=late"),
    "orders:journal": (),
}


@dataclass(frozen=True)
class Reading:
    """One address and who asks for it."""

    role: str
    person: int
    address: str


@dataclass
class _Cast:
    """One person of each role, and the things that are theirs to read."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)


def pages() -> Iterator[Reading]:
    """Each address once for each role that gets in."""
    cast = _cast()
    for name, arguments in sorted(_addresses()):
        for role, person in cast.people.items():
            for address in _of(name, arguments, cast.things[role]):
                if _client(person.pk).get(address).status_code in READ:
                    yield Reading(role, person.pk, address)


def browser(one: Reading) -> Client:
    return _client(one.person)


@cache
def _client(person: int) -> Client:
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "zh-hans"}, raise_request_exception=False)
    if person:
        client.force_login(Person.objects.get(pk=person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _cast() -> _Cast:
    """Those with the most to read: the city's own staff, the busiest team's leader, the most faithful resident."""
    from django.db.models import Count

    cast, at = _Cast(), now()
    for kind in ("head", "staff", "dispatcher", "editor", "auditor"):
        post = Post.objects.held(at).filter(kind=kind).select_related("person", "unit").order_by("unit__path").first()
        if post is not None:
            cast.people[f"{kind} {post.unit.tier}"] = post.person
    village = Post.objects.held(at).filter(unit__tier=1, kind="staff", unit__orders_owned__isnull=False).first()
    if village is not None:
        cast.people["village staff"] = village.person
    team = Team.objects.annotate(number=Count("orders")).order_by("-number").first()
    assert team is not None
    cast.people["leader"] = team.leader
    resident = Person.objects.annotate(number=Count("orders")).order_by("-number", "pk").first()
    assert resident is not None
    cast.people["resident"] = resident
    cast.people["stranger"] = Person(pk=0)
    for role, person in cast.people.items():
        cast.things[role] = _things(person, team, resident)
    return cast


def _things(person: Person, team: Team, resident: Person) -> dict[str, Any]:
    """What an argument of an address may name, so that this person may read it."""
    led = Team.objects.filter(leader=person).first() or team
    own = Order.objects.filter(resident=person).order_by("-pk").first() or Order.objects.filter(team=led).last()
    posts = Post.objects.filter(person=person, until=None).select_related("unit")
    post = posts.first() or Post.objects.filter(until=None).order_by("unit__path")[0]
    unit = post.unit if posts else Unit.objects.get(parent=None)
    owned = Order.objects.filter(owner=unit).order_by("-pk").first() if posts else None
    reason, brand = Reason.objects.first(), Brand.objects.first()
    assert reason is not None
    return {
        "team": led.pk,
        "order": (owned or own or Order.objects.latest("pk")).pk,
        "unit": unit.pk,
        "post": post.pk,
        "code": ServiceItem.objects.active().filter(unit__parent=None).values_list("code", flat=True)[0],
        "reason": reason.pk,
        "slug": brand.slug if brand else "lamp",
        "resident": resident.pk,
    }


def _addresses() -> set[tuple[str, tuple[str, ...]]]:
    return set(_named(get_resolver(), ""))


def _named(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _named(part, f"{part.app_name}:" if part.app_name else prefix)
        elif (
            isinstance(part, URLPattern)
            and part.name
            and f"{prefix}{part.name}" not in NOT_READ
            and "verb" not in part.default_args
        ):
            yield f"{prefix}{part.name}", tuple(part.pattern.converters)


def _of(name: str, arguments: tuple[str, ...], things: dict[str, Any]) -> Iterator[str]:
    app = name.split(":", maxsplit=1)[0]
    by_app = {
        "orders": "order",
        "teams": "team",
        "schedule": "team",
        "network": "unit",
        "desks": "unit",
        "menu": "unit",
    }
    kind = {"orders:reason": "reason", "network:leave": "post", "network:deputy": "post"}.get(name, by_app.get(app, ""))
    fixed = {
        "code": things["code"],
        "year": 2026,
        "month": 3,
        "step": "placed",
        "kind": "reject",
        "slug": things["slug"],
    }
    known = fixed | ({"pk": things[kind]} if kind else {})
    if not set(arguments) <= set(known):
        return
    try:
        address = reverse(name, kwargs={argument: known[argument] for argument in arguments})
    except NoReverseMatch:  # a verb of one kind of thing
        return
    yield address
    for more in MORE.get(name, ()):
        yield f"{address}{more}"
