"""Passing the second step of signing in: honestly, or marked as passed for a browser that never saw the door."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db.models import F
from django.http import HttpRequest
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData

from baixing.kernel.calendar import now
from baixing.people.models import Factor, Person, SignIn
from baixing.people.rules.factors import code_after, new_secret
from baixing.people.rules.passkeys import kept_part

KEY = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())  # type: ignore[no-untyped-call]  # as the library has it
PUBLIC_PART = kept_part(AttestedCredentialData.create(Aaguid(bytes(16)), b"a passkey of the tests", KEY))


def pass_second_step(request: HttpRequest, **_: object) -> None:
    """Heard from Django after `force_login`, whose request has no address; a real one always has."""
    if not request.path:
        SignIn.objects.filter(session_key=request.session.session_key).update(proved_at=F("at"))


def app_of(person: Person) -> Factor:
    """The authenticator app on this person's phone."""
    made = {"secret": new_secret(), "made_at": person.made_at}
    return Factor.objects.get_or_create(person=person, kind=Factor.Kind.APP, defaults=made)[0]


def shown_by(app: Factor) -> str:
    """What the app shows now, or will show next when that was used already."""
    app.refresh_from_db()
    return code_after(app.secret, app.count, now())
