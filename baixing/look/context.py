"""Gives every page its frame; settings name `baixing.look.context.frame` as a context processor."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from baixing.kernel.kept import drawn, place
from baixing.look import frame as frames
from baixing.look.frame import Frame
from baixing.look.keeping import owner

THEMES = ("light", "dark")
ELDER_COOKIE = "elder"
THEME_COOKIE = "theme"


def frame(request: HttpRequest) -> dict[str, object]:
    """What of it is alike for many is drawn once for all of them (`kept.drawn`), and only when a page asks for it."""
    found = cache(lambda: frames.of(request))
    switches = cache(lambda: {"csrf_token": get_token(request), "here": request.get_full_path()})
    device, elder = owner(request), request.COOKIES.get(ELDER_COOKIE) == "1"
    theme = request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in THEMES else ""
    return {
        "frame": SimpleLazyObject(found),
        "drawn": {
            "links": _lazily(lambda: _part("links", {"device_owner": bool(device)})),
            "head": _lazily(lambda: _head(found(), switches(), elder=elder)),
            "nav": _lazily(lambda: _part("nav", {"nav": found().nav})),
            "unsent": _lazily(lambda: _part("unsent", {})),
            "foot": _lazily(lambda: _foot(found(), switches(), theme)),
        },
        "demo": settings.DEMO,
        "device_owner": device,
        "elder": elder,
        "theme": theme,
        "here": request.get_full_path(),
    }


def _head(frame: Frame, switches: dict[str, str], *, elder: bool) -> str:
    said = {
        "demo": settings.DEMO,
        "elder": elder,
        "unit_name": frame.unit_name,
        "person": place("person") if frame.person else "",
        "person_url": frame.person_url,
        "sign_in_url": frame.sign_in_url,
        "notices_url": frame.notices_url,
        "unread": frame.unread,
    }
    return _part("head", said, person=frame.person, **switches)


def _foot(frame: Frame, switches: dict[str, str], theme: str) -> str:
    said = {
        "theme": theme,
        "unit_name": frame.unit_name,
        "unit_phone": frame.unit_phone,
        "unit_address": frame.unit_address,
        "unit_open": frame.unit_open,
    }
    return _part("foot", said, **switches)


def _part(name: str, said: Mapping[str, Hashable], **own: str) -> str:
    """`look/parts/_NAME.html`, made of these values and of the reader's own."""
    places = {each: place(each) for each in own}
    key = (name, *said.values())
    return drawn(key, lambda: render_to_string(f"look/parts/_{name}.html", {**places, **said}), **own)


def _lazily(make: Callable[[], str]) -> str:
    return cast("str", SimpleLazyObject(make))
