"""Switches of the frame, pages that say no, the privacy notice, the style guide."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from baixing.kernel.http import is_unavailable, own_path, unavailable
from baixing.kernel.kept import shared
from baixing.look import example
from baixing.look.context import ELDER_COOKIE, THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600
language = require_POST(set_language)


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    return _remember(request, ELDER_COOKIE, "1" if request.POST.get("on") == "1" else "")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("theme", "")
    return _remember(request, THEME_COOKIE, asked if asked in THEMES else "")


@require_safe
@shared
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "look/privacy.html")


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """From the root, since a worker covers the pages beside and below its own address; never an old one."""
    shell = render_to_string("look/shell.js").encode()
    script = HttpResponse(shell + _worker(), content_type="text/javascript; charset=utf-8")
    script.headers["Cache-Control"] = "no-cache"
    return script


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a network. It says nothing about anybody: the device keeps it."""
    return render(request, "look/offline.html")


@require_safe
def style_guide(request: HttpRequest, page: str = "parts") -> HttpResponse:
    """Every part in every tone, for whoever works on the look; in a demo only."""
    if not settings.DEMO or page not in example.PAGES:
        raise Http404
    return render(request, f"look/guide/{page}.html", example.context(page))


def _says(status: int) -> Callable[[HttpRequest, Exception | None], HttpResponse]:
    def page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 (Django's)
        return render(request, f"{status}.html", {"phone": settings.CENTRE_PHONE}, status=status)

    return page


bad_request = _says(400)
permission_denied = _says(403)
not_found = _says(404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's)
    """The page was open too long, or its cookie is gone: what was typed is still behind the back button."""
    return render(request, "403.html", {"stale": True, "phone": settings.CENTRE_PHONE}, status=403)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Without database and context processors: whatever failed may fail again."""
    if (error := sys.exc_info()[1]) is not None and is_unavailable(error):
        return unavailable(error)
    known = {"phone": settings.CENTRE_PHONE, "demo": settings.DEMO}
    return HttpResponse(render_to_string("500.html", known), status=500)


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return (Path(__file__).parent / "static/look/sw.js").read_bytes()


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    answer = redirect(_back(request))
    if not value:
        answer.delete_cookie(cookie, samesite="Lax")
        return answer
    answer.set_cookie(cookie, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return answer


def _back(request: HttpRequest) -> str:
    """The page one came from, when it is one of ours."""
    return own_path(request, request.POST.get("next", "")) or "/"
