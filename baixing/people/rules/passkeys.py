"""What a passkey is asked, and what it must answer (WebAuthn). Loaded by whoever has to do with one: fido2 is large."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from baixing.people.models import Factor, Person

Told = Mapping[str, object]  # what a browser or a server of passkeys says, as JSON has it
NO_ANSWER = (ValueError, KeyError, TypeError)  # what a wrong or broken answer raises


def ask_for_new(host: str, person: Person, known: Iterable[Factor]) -> tuple[str, dict[str, object]]:
    """What the browser is asked, as JSON, to make one that is none of the known; and what to compare with its answer.

    The host is a name without its port.
    """
    options, asked = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=str(person.pk).encode(), name=person.name, display_name=person.name),
        [_public_part(passkey) for passkey in known],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return json.dumps(dict(options)), asked


def made(host: str, asked: Told, answer: Told) -> AttestedCredentialData | None:
    """The public part of a new one. Raises NO_ANSWER."""
    return _server(host).register_complete(asked, RegistrationResponse.from_dict(answer)).credential_data


def ask(host: str, known: Iterable[Factor]) -> tuple[str, dict[str, object]]:
    """What the browser is asked, as JSON, to sign with one of them; and what to compare with its answer."""
    options, asked = _server(host).authenticate_begin(
        [_public_part(passkey) for passkey in known], user_verification=UserVerificationRequirement.PREFERRED
    )
    return json.dumps(dict(options)), asked


def signed(host: str, asked: Told, answer: Told, known: Iterable[Factor]) -> tuple[bytes, int]:
    """The name of the one that has signed, and how often it says it has. Raises NO_ANSWER."""
    parts = [_public_part(passkey) for passkey in known]
    said = AuthenticationResponse.from_dict(answer)
    used = _server(host).authenticate_complete(asked, parts, said)
    return used.credential_id, said.response.authenticator_data.counter


def kept_part(public: AttestedCredentialData) -> str:
    return base64.b64encode(public).decode()


def _public_part(passkey: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(passkey.secret))


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=_("Baixing, the people's home")))
