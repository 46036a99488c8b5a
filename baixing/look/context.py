"""Gives every page its frame; settings name `baixing.look.context.frame` as a context processor."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from baixing.look import frame as frames
from baixing.look.keeping import owner

THEMES = ("light", "dark")
ELDER_COOKIE = "elder"
THEME_COOKIE = "theme"


def frame(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "frame": SimpleLazyObject(lambda: frames.of(request)),
        "demo": settings.DEMO,
        "device_owner": owner(request),
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "theme": theme if theme in THEMES else "",
        "here": request.get_full_path(),
    }
