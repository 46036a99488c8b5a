"""Second factors: what an authenticator app shows (RFC 6238), and what a passkey must answer (WebAuthn)."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime

import pyotp
import segno
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialRpEntity

from baixing.people.models import Factor, Person

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
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def in_fours(secret: str) -> str:
    """The key as somebody types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def server(host: str) -> Fido2Server:
    """What asks for passkeys of this host, a name without its port."""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=_("Baixing, the people's home")))


def public_part(passkey: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(passkey.secret))


def kept_part(public: AttestedCredentialData) -> str:
    return base64.b64encode(public).decode()
