"""Gives every page its frame; settings name `baixing.look.context.frame` as a context processor."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from baixing.kernel.kept import drawn
from baixing.look import frame as frames
from baixing.look.frame import Frame
from baixing.look.keeping import owner

THEMES = ("light", "dark")
ELDER_COOKIE = "elder"
THEME_COOKIE = "theme"


def frame(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in THEMES else ""
    frame = cast("Frame", SimpleLazyObject(lambda: frames.of(request)))
    return {
        "frame": frame,
        "nav": SimpleLazyObject(lambda: _nav(frame)),
        "demo": settings.DEMO,
        "device_owner": owner(request),
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "theme": theme,
        "here": request.get_full_path(),
    }


def _nav(frame: Frame) -> str:
    return drawn(("nav", frame.nav), lambda: render_to_string("look/parts/_nav.html", {"frame": frame}))
