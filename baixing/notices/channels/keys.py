"""Whom push goes through, and the key by which they know this installation (VAPID, RFC 8292)."""

from __future__ import annotations

import base64
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LENGTH = 32  # bytes


def private_key() -> ec.EllipticCurvePrivateKey:
    """VAPID_KEY: 32 bytes on P-256 in base64url. Raises ValueError when it is no such key."""
    return _read(settings.VAPID_KEY)


def public_key() -> str:
    """What a browser subscribes with."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def is_push_service(endpoint: str) -> bool:
    """Whether this is the https address of a service in PUSH_HOSTS: nobody has us call at other doors."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None or not parts.hostname:
        return False
    name = parts.hostname if port in {None, 443} else f"{parts.hostname}:{port}"
    return any(name == host or (host.startswith(".") and name.endswith(host)) for host in settings.PUSH_HOSTS)


def unpadded(text: str) -> bytes:
    """Base64url as browsers write it, without padding. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@lru_cache(maxsize=2)
def _read(text: str) -> ec.EllipticCurvePrivateKey:
    raw = unpadded(text)
    if len(raw) != LENGTH:
        raise ValueError("VAPID_KEY is not 32 bytes in base64url.")
    return ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
