"""Whose keys they are: `did:web` when the city has an address of its own, else `did:key`, which is the key itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baixing.kernel.credentials import keys
from baixing.kernel.credentials.proofs import KeyOf, NotProven
from baixing.kernel.refusals import NotNow

CONTEXTS: Final = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
PATH: Final = "/.well-known/did.json"  # where `did:web` of a host looks for the issuer's document


@dataclass(frozen=True)
class Signer:
    """Who signs now: the issuer, and the key with the name that the issuer's document gives it."""

    issuer: str
    method: str
    secret: str


def signer() -> Signer:
    ring = keys.ring()
    if not ring.secret:
        raise NotNow(_("This city has no key yet to sign credentials with. Its administrator makes one."))
    issuer = did_of(ring.publics[0])
    return Signer(issuer, method_of(issuer, ring.publics[0]), ring.secret)


def our_key(method: str) -> str:
    """The key of ours that this names, under whatever address we had when it signed; empty when it is none of ours."""
    public = method.partition("#")[2]
    return public if public in keys.ring().publics else ""


def issuer_document(did: str, publics: Sequence[str]) -> dict[str, object]:
    """What tells everybody which keys speak for this issuer. Whoever keeps a copy verifies without us."""
    methods = [
        {"id": method_of(did, public), "type": "Multikey", "controller": did, "publicKeyMultibase": public}
        for public in publics
    ]
    named = [method["id"] for method in methods]
    return {"@context": CONTEXTS, "id": did, "verificationMethod": methods, "assertionMethod": named}


def our_document() -> dict[str, object]:
    """Of the city itself, to be shown at PATH."""
    publics = keys.ring().publics
    if not publics:
        raise NotNow(_("This city has no key yet to sign credentials with. Its administrator makes one."))
    return issuer_document(did_of(publics[0]), publics if _host() else publics[:1])


def keys_in(document: Mapping[str, object]) -> KeyOf:
    """The keys that an issuer's document lets speak for it."""
    allowed, rows = document.get("assertionMethod"), document.get("verificationMethod")
    if not isinstance(allowed, list) or not isinstance(rows, list):
        raise NotProven(_("This is no issuer's document."))
    mine = [row for row in rows if isinstance(row, dict) and row.get("controller") == document.get("id")]
    found = {str(row["id"]): str(row.get("publicKeyMultibase")) for row in mine if row.get("id") in allowed}
    return lambda method: found.get(method, "")


def did_of(public: str) -> str:
    """The name of the city as an issuer."""
    return f"did:web:{host}" if (host := _host()) else f"did:key:{public}"


def method_of(did: str, public: str) -> str:
    return f"{did}#{public}"


def _host() -> str:
    """The host of PUBLIC_URL as `did:web` writes it; empty when there is none that the whole world reaches."""
    parts = urlsplit(settings.PUBLIC_URL)
    return parts.netloc.lower().replace(":", "%3A") if parts.scheme == "https" else ""
