"""The edge: how refusals, faults and addresses meet the web."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from baixing.kernel.refusals import Refused, Words

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
TRY_AGAIN_IN = 5  # seconds
LARGEST_KEY = 2**63 - 1  # that the column holds
LONGEST_PATH = 500  # that somebody is led to, as it is written in an address; `OnceKey.result` holds it thrice
NO_LETTERS = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # controls, marks that turn the text, halves of letters, line ends
LONGEST_VERSION = 9  # digits that fit the column
ZONE = re.compile(r"(?<=:)([0-9a-fA-F]*)%.*")  # the network card by which a local address is reached
HOP = re.compile(r"\[(?P<long>[0-9a-fA-F:.]+)\](?::\d{1,5})?|(?P<short>[0-9.]+):\d{1,5}")  # with a port, or in brackets


def told(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    """A page that says in words why this was not done, with a way back. Replaces the page in htmx too."""
    context = {"words": words, "status": status, "back": back(request)}
    answer = render(request, "look/refused.html", context, status=status)
    if request.headers.get("HX-Request"):
        answer.headers["HX-Retarget"] = "body"
        answer.headers["HX-Reswap"] = "innerHTML show:window:top"
    return answer


def back(request: HttpRequest) -> str:
    """The page of ours that the person came from; empty when it was none of ours."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return ""
    parts = urlsplit(came_from)
    return own_path(request, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")


def own_path(request: HttpRequest, asked: str) -> str:
    """A path of ours that somebody asks to be led to; empty when a browser might take it for another place."""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    path = asked.startswith("/") and not asked.lower().startswith(("//", "/%2f", "/%5c"))
    plain = "\\" not in asked and not any(unicodedata.category(letter) in NO_LETTERS for letter in asked)
    return asked if ours and path and plain and len(iri_to_uri(asked)) <= LONGEST_PATH else ""


def seen_version(request: HttpRequest) -> int | None:
    """The version of the thing that the person's page showed; None when the form says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_VERSION else None


class RefusalMiddleware:
    """Turns a refusal into a page, and a question that no form could have asked into another."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or any("\0" in text for text in _asked(request)):
            return told(request, 400, _("There are characters in this address that mean nothing here."))
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, _view: object, _plain: object, named: dict[str, object]) -> None:
        """A number that no row can have names nothing: the database is not asked, for it would break."""
        if any(isinstance(value, int) and value > LARGEST_KEY for value in named.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return told(request, error.status, str(error))
        return None


class DatabaseDownMiddleware:
    """While the database cannot be reached: say so, and when to come again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(error) if is_unavailable(error) else None


def is_unavailable(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


def unavailable(error: BaseException) -> HttpResponse:
    """Made without a request, so that nothing in it asks the database again."""
    log.error("the database cannot be reached: %s", type(error).__name__)
    page = render_to_string("look/down.html", {"phone": settings.CENTRE_PHONE, "demo": settings.DEMO})
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_IN)})


class HeadersMiddleware:
    """What is shown to somebody signed in is kept by no cache; no page asks the phone for anything."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *answer.cookies}:
            no_store(answer)
        return answer


def no_store(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def client_address(request: HttpRequest) -> str:
    """Who is calling: what the nearest proxy that we do not trust, or the caller itself, says."""
    address = _address(str(request.META.get("REMOTE_ADDR", "")))
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    for earlier in reversed([_address(hop) for hop in forwarded if hop.strip()]):
        if not _is_trusted(address) or not earlier:
            break
        address = earlier
    return address


def counted_as(address: str) -> str:
    """The caller as limits count it. Whoever has one IPv6 address has 2^64 of them, so these are one."""
    return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address


def _is_trusted(address: str) -> bool:
    return bool(address) and any(
        ip_address(address) in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES
    )


def _address(hop: str) -> str:
    """An address in its one way to be written, without the port that some proxies add; empty when it is none."""
    found = HOP.fullmatch(hop.strip())
    try:
        address = ip_address((found["long"] or found["short"]) if found else ZONE.sub(r"\1", hop.strip()))
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _asked(request: HttpRequest) -> list[str]:
    return [text for name, texts in request.GET.lists() for text in (name, *texts)]
