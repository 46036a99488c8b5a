"""Pages and parts of pages that are the same for everybody, kept in memory until anything public changes.

A key holds all that may make a difference: the mark of what is public, the minute (pages say "open now" and
"tomorrow"), the language, the address. What is kept is bounded in bytes, keys counted too; what was not asked for
longest goes first.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from baixing.kernel import editions
from baixing.kernel.calendar import now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Answer = Callable[[HttpRequest], HttpResponse]
Thing = TypeVar("Thing")

SHARED = "_baixing_shared"
LONGEST_ADDRESS = 300
MOST_BYTES = 4_000_000  # of each of the two shelves, in each process
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
LOOKS = ("elder", "theme")  # cookies by which the frame differs


class Shelf(Generic[Thing]):
    """The things last asked for, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.bytes, self.lock = most, 0, Lock()
        self.things: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()

    def get(self, key: Hashable) -> Thing | None:
        with self.lock:
            if key not in self.things:
                return None
            self.things.move_to_end(key)
            return self.things[key][0]

    def put(self, key: Hashable, thing: Thing, size: int) -> None:
        with self.lock:
            self.bytes += size - self.things.pop(key, (None, 0))[1]
            self.things[key] = (thing, size)
            while self.bytes > self.most:
                self.bytes -= self.things.popitem(last=False)[1][1]


_pages: Shelf[tuple[list[bytes], dict[str, str]]] = Shelf(MOST_BYTES)
_parts: Shelf[str] = Shelf(MOST_BYTES)


def part(key: tuple[Hashable, ...], make: Callable[[], str]) -> str:
    """A part of a page that is the same for all whose key is equal. It holds no form and names no person."""
    return drawn((editions.mark(), _minute(), *key), make)


def drawn(key: tuple[Hashable, ...], make: Callable[[], str], **own: str) -> SafeString:
    """A part of a page that depends on its key and the language alone, but for what is its reader's own.

    Where that belongs, `make` leaves a `place` of its name.
    """
    whole = (get_language(), *key)
    found = _parts.get(whole)
    if found is None:
        found = make()
        _parts.put(whole, found, 2 * (len(found) + len(repr(whole))))
    for name, text in own.items():
        found = found.replace(place(name), escape(text))
    return SafeString(found)


def place(name: str) -> str:
    """Stands for a text of this name until a reader comes; no text that is typed can hold such a thing."""
    return f"\0{name}\0"


def shared(view: View[P]) -> View[P]:
    """Of a page that is made of public tables alone. What strangers are shown may be shown to other strangers."""

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        setattr(answer, SHARED, True)
        return answer

    return marked


class KeptPagesMiddleware:
    """Answers strangers from memory. Stands behind the tokens of forms, which are put in anew each time, and before
    anything that asks who is there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _by_stranger(request):
            return self.get_response(request)
        key = (editions.mark(), _minute(), get_language(), *_asked(request))
        if (kept := _pages.get(key)) is not None:
            return _again(request, *kept)
        answer = self.get_response(request)
        if getattr(answer, SHARED, False) and answer.status_code == 200 and not answer.cookies:  # noqa: PLR2004 - fine
            pieces = TOKEN.split(answer.content)
            _pages.put(key, (pieces, dict(answer.items())), len(answer.content) + len(repr(key)))
        return answer


def _by_stranger(request: HttpRequest) -> bool:
    theirs = {settings.SESSION_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME}
    return (
        request.method == "GET"
        and theirs.isdisjoint(request.COOKIES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _asked(request: HttpRequest) -> tuple[Hashable, ...]:
    looks = (request.COOKIES.get(name) for name in LOOKS)
    return (request.get_full_path(), request.get_host(), request.headers.get("HX-Request"), *looks)


def _again(request: HttpRequest, pieces: list[bytes], headers: dict[str, str]) -> HttpResponse:
    token = get_token(request).encode() if len(pieces) > 1 else b""
    return HttpResponse(token.join(pieces), headers=headers)


def _minute() -> int:
    return int(now().timestamp() // 60)
