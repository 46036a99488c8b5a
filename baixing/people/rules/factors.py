"""Second factors: what an authenticator app shows (RFC 6238). Passkeys are in `passkeys`."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
from django.utils.translation import gettext as _

from baixing.people.models import Person

STEP = 30  # seconds
DRIFT = 1  # steps that a telephone's clock may be ahead or behind


def new_secret() -> str:
    """160 random bits in base32, as an app takes them."""
    return pyotp.random_base32()


def step_of(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def code_in(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def code_after(secret: str, used: int, at: datetime) -> str:
    """The first code good at this moment that is later than the one used; empty when one must wait for it."""
    now = step_of(at)
    return next((code_in(secret, step) for step in (now, now + DRIFT) if step > used), "")


def matching_step(secret: str, code: str, at: datetime) -> int | None:
    """The step of time whose code this is: the present one, or a neighbour."""
    now, found = step_of(at), None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code_in(secret, step), code):
            found = step
    return found


def app_address(secret: str, person: Person) -> str:
    """What the QR code says: an app that reads it knows the key and whose it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.name, issuer_name=_("Baixing, the people's home"))


def picture(address: str) -> str:
    """A QR code as a data: address; dark on white in both themes, so that any camera reads it."""
    import segno  # a web worker that sets up no app goes without it

    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def in_fours(secret: str) -> str:
    """The key as somebody types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
