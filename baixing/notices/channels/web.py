"""Asking a provider over HTTPS, within a time that is kept whatever it does."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from http.client import HTTPException, HTTPSConnection
from threading import Event, Timer
from typing import cast
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PATIENCE = 10.0  # seconds for one question from first to last byte, however slowly they drip
LONGEST = 64_000  # bytes of an answer that are read
LONGEST_REST = timedelta(hours=1)


class Unreached(Exception):
    """The provider was not reached: it surely has nothing of what we wanted to say."""


class Unanswered(Exception):
    """It may have heard us, but no whole answer came."""


@dataclass(frozen=True)
class Answer:
    """What came back; the names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - the codes of success

    def said(self) -> dict[str, object]:
        """The JSON object of the answer. Raises Unanswered when it is none: some box on the way has spoken."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise Unanswered("not JSON")
        return cast("dict[str, object]", found)

    @property
    def rest(self) -> timedelta | None:
        """How long it asks to be left alone, at most an hour; None when it does not say in seconds."""
        asked = self.headers.get("retry-after", "")
        return min(timedelta(seconds=int(asked)), LONGEST_REST) if asked.isdigit() and len(asked) < 9 else None  # noqa: PLR2004 - digits


def ask(method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """One question and its answer, whatever its status. Follows nobody elsewhere. Raises Unreached or Unanswered."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise ImproperlyConfigured("A provider's address must begin with https.")
    line = HTTPSConnection(parts.hostname, parts.port or 443, timeout=PATIENCE, context=trust())
    too_slow = Event()
    watch = Timer(PATIENCE, _cut, [line, too_slow])
    watch.daemon = True
    watch.start()
    try:
        _connect(line)
        if too_slow.is_set():  # nobody would cut the talk any more
            raise Unreached("too slow")
        answer = _talk(line, method, f"{parts.path or '/'}?{parts.query}".removesuffix("?"), body, headers or {})
    finally:
        watch.cancel()
        line.close()
    if too_slow.is_set():  # what was read may be its beginning only
        raise Unanswered("too slow")
    return answer


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """The certificates that this machine trusts, read once."""
    return ssl.create_default_context()


def _connect(line: HTTPSConnection) -> None:
    try:
        line.connect()
    except OSError as error:
        raise Unreached(type(error).__name__) from None


def _talk(line: HTTPSConnection, method: str, target: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    try:
        line.request(method, target, body, dict(headers))
        answer = line.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read(LONGEST))
    except (OSError, HTTPException, ValueError) as error:
        raise Unanswered(type(error).__name__) from None


def _cut(line: HTTPSConnection, too_slow: Event) -> None:
    """Ends a talk that takes too long: whoever waits for the next byte gets none."""
    too_slow.set()
    with suppress(OSError, AttributeError):
        socket.socket.shutdown(line.sock, socket.SHUT_RDWR)
