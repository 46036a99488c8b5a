"""An address leads where Django's own resolver says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from baixing import urls
from baixing.people.models import Consent

PARTS = [
    URLResolver(RoutePattern(""), part.url_patterns, {}, part.app_name, part.namespace) for part in urls.urlpatterns
]
DJANGO = URLResolver(RegexPattern(r"^/"), PARTS)
SAID = {"int": "7", "slug": "tap-repair", "str": "x", "consent_kind": Consent.Kind.values[0]}
STRANGE = (
    "",
    "/",
    "menu",
    "nowhere/",
    "menu//",
    "teams/x/",
    "sessions/1/no/",
    "水/",
    "orders/٣/",
    ".well-known/",
    "a" * 300,
)


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAID[found[1] or "str"], here)


def where(resolver: URLResolver, path: str) -> object:
    try:
        found = resolver.resolve(path)
    except Resolver404:
        return None
    return found.func, found.args, found.kwargs, found.view_name, found.app_names, found.route


def test_every_address_leads_where_django_says() -> None:
    every = [f"/{route}" for route in routes(DJANGO.url_patterns)]
    assert len(every) > 150
    assert [where(get_resolver(), path) for path in every] == [where(DJANGO, path) for path in every]
    assert None not in [where(get_resolver(), path) for path in every]


@pytest.mark.parametrize("path", STRANGE)
def test_and_so_does_one_that_is_none(path: str) -> None:
    assert where(get_resolver(), f"/{path}") == where(DJANGO, f"/{path}")
