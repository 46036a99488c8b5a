"""The keys of whoever issues credentials: Ed25519, written as Multikey."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from baixing.kernel.credentials import multibase

SECRET: Final = b"\x80\x26"  # what a Multikey of Ed25519 begins with (W3C Controlled Identifiers, 2.2.2)
PUBLIC: Final = b"\xed\x01"
LENGTH: Final = 32


@dataclass(frozen=True)
class Ring:
    """The secret key that signs now, if there is one, and all public keys, that one's first, that ever signed."""

    secret: str
    publics: tuple[str, ...]


def new_secret() -> str:
    return _written(SECRET, Ed25519PrivateKey.generate().private_bytes_raw())


def public_of(secret: str) -> str:
    return _written(PUBLIC, _private(secret).public_key().public_bytes_raw())


def sign(secret: str, data: bytes) -> bytes:
    return _private(secret).sign(data)


def signed(public: str, signature: bytes, data: bytes) -> bool:
    """Whether the holder of this key's secret half signed this."""
    try:
        Ed25519PublicKey.from_public_bytes(_read(PUBLIC, public)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def ring() -> Ring:
    """CREDENTIAL_KEYS: the first signs; those after it, for which their public halves are enough, still verify."""
    return _ring(tuple(settings.CREDENTIAL_KEYS))


def rotated(keys: Iterable[str]) -> list[str]:
    """A new secret key in front, the public halves of the earlier ones behind it."""
    return [new_secret(), *dict.fromkeys(_ring(tuple(keys)).publics)]


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> Ring:
    try:
        publics = tuple(_public(key) for key in keys)
    except ValueError:
        message = "CREDENTIAL_KEYS holds something that is no Ed25519 Multikey. `baixing credential_key` makes one."
        raise ImproperlyConfigured(message) from None
    return Ring(keys[0] if keys and keys[0] not in publics else "", publics)


def _public(key: str) -> str:
    """The public half of a key of either kind."""
    if multibase.decode(key).startswith(SECRET):
        return public_of(key)
    _read(PUBLIC, key)
    return key


def _private(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_read(SECRET, secret))


def _written(kind: bytes, raw: bytes) -> str:
    return multibase.encode(kind + raw)


def _read(kind: bytes, text: str) -> bytes:
    data = multibase.decode(text)
    if not data.startswith(kind) or len(data) != len(kind) + LENGTH:
        raise ValueError("not a key of this kind")
    return data.removeprefix(kind)
