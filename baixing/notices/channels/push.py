"""Web Push: to a browser, through the service of the browser's maker (RFC 8030), sealed for that browser alone
(RFC 8291), signed with our key (RFC 8292).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from baixing.notices.channels.base import Fate, Message, Outcome, later, taken, unknown
from baixing.notices.channels.keys import is_push_service, private_key, unpadded
from baixing.notices.channels.web import Answer, Unanswered, Unreached, ask

TTL = timedelta(days=1)  # how long a service keeps it for a browser that is away, unless it expires before
SIGNED_FOR = timedelta(hours=12)  # RFC 8292 allows 24
TAKEN = {201, 202}  # RFC 8030
GONE = {404, 410}  # the browser has ended this subscription
NEVER = {400, 413}
LONGEST_TEXT = 1_000  # letters; a service must take 4,096 bytes


class WebPush:
    """POSTs the sealed words to the address that the browser gave. A repeated key replaces the earlier one there."""

    def send(self, message: Message) -> Outcome:
        browser = json.loads(message.to)
        if not is_push_service(browser["endpoint"]):
            return Outcome(Fate.GONE, why="not a push service that we know")
        try:
            sealed = _seal(_payload(message), browser)
        except (ValueError, http_ece.ECEException):
            return Outcome(Fate.GONE, why="the browser's keys are no keys")
        try:
            return _outcome(ask("POST", browser["endpoint"], sealed, _headers(message, browser["endpoint"])))
        except Unreached as error:
            return later(error)
        except Unanswered as error:
            return unknown(error)


def _payload(message: Message) -> bytes:
    """What the service worker shows: the words of a text message, a path of ours, and when to be silent."""
    said = {"title": message.subject, "text": message.text[:LONGEST_TEXT], "link": message.link, "key": message.key}
    hush = dict(zip(("from", "until"), message.hush, strict=False))
    return json.dumps({**said, **hush}, ensure_ascii=False).encode()


def _seal(payload: bytes, browser: dict[str, str]) -> bytes:
    own = ec.generate_private_key(ec.SECP256R1())
    receiver, secret = unpadded(browser["p256dh"]), unpadded(browser["auth"])
    sealed = http_ece.encrypt(
        payload, salt=os.urandom(16), private_key=own, dh=receiver, auth_secret=secret, version="aes128gcm"
    )
    return bytes(sealed)


def _headers(message: Message, endpoint: str) -> dict[str, str]:
    parts = urlsplit(endpoint)
    kept = min(TTL, message.expires - message.at) if message.expires else TTL
    claims = {
        "aud": f"https://{parts.netloc}",
        "exp": int((message.at + SIGNED_FOR).timestamp()),
        "sub": settings.VAPID_SUBJECT,
    }
    return {
        **Vapid02(private_key()).sign(claims),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(kept.total_seconds()))),
        "Topic": topic(message.key),
        "Urgency": "high" if message.urgent else "normal",
    }


def topic(key: str) -> str:
    """RFC 8030: at most 32 letters of base64url. A newer message of the same topic replaces one still kept."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()).decode()[:32]


def _outcome(answer: Answer) -> Outcome:
    if answer.status in TAKEN:
        return taken()
    if answer.ok:
        return unknown(f"answered {answer.status}")
    if answer.status in GONE:
        return Outcome(Fate.GONE, why=f"answered {answer.status}")
    if answer.status in NEVER:
        return Outcome(Fate.NEVER, why=f"refused with {answer.status}")
    return later(f"answered {answer.status}", answer.rest)
