"""Reading what arrived: a letter, and a push that only its browser can open."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import cast

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def letter_of(data: bytes) -> tuple[str, dict[str, object]]:
    """Its Message-ID, which is the key, and what it says."""
    letter = message_from_bytes(data)
    words = letter.get_payload(decode=True)
    subject = str(make_header(decode_header(letter["Subject"])))
    return letter["Message-ID"], {"to": letter["To"], "subject": subject, "text": cast("bytes", words).decode().strip()}


@dataclass
class Browser:
    """A browser's end of a subscription: as `PushManager.subscribe` makes it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def said(self) -> dict[str, str]:
        """What the page sends."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": _text(point), "auth": _text(self.secret)}

    def open(self, sealed: bytes) -> dict[str, object]:
        words = http_ece.decrypt(sealed, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return cast("dict[str, object]", json.loads(words))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
