"""Whether a credential still stands: one bit of a list that its issuer signs (W3C, Bitstring Status List 1.0)."""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from baixing.kernel.credentials import issuers, proofs, reading
from baixing.kernel.credentials.contexts import VC
from baixing.kernel.credentials.proofs import KeyOf, NotProven

SIZE: Final = 131_072  # bits: the fewest that the standard allows, so that one is lost among many
GOOD_FOR: Final = timedelta(days=7)  # a copy that is older may hide what was revoked since
ENTRY: Final = "BitstringStatusListEntry"
LIST: Final = "BitstringStatusList"
TYPES: Final = ["VerifiableCredential", "BitstringStatusListCredential"]
PURPOSE: Final = "revocation"
GZIP: Final = 16 + zlib.MAX_WBITS
MARK: Final = "u"  # multibase: base64url without padding follows


@dataclass(frozen=True)
class Place:
    """Which bit of which list speaks for a credential."""

    address: str  # of the list
    index: int

    def __post_init__(self) -> None:
        if not 0 <= self.index < SIZE:
            raise ValueError("a list has no such bit")

    def entry(self) -> dict[str, object]:
        """As the credential says it."""
        return {
            "id": f"{self.address}#{self.index}",
            "type": ENTRY,
            "statusPurpose": PURPOSE,
            "statusListIndex": str(self.index),
            "statusListCredential": self.address,
        }


def issue_list(address: str, revoked: Iterable[int], *, at: datetime) -> dict[str, object]:
    """The list at this address, signed with the key of today."""
    signer = issuers.signer()
    document = {
        "@context": [VC],
        "id": address,
        "type": TYPES,
        "issuer": signer.issuer,
        "validFrom": proofs.said(at),
        "validUntil": proofs.said(at + GOOD_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": LIST,
            "statusPurpose": PURPOSE,
            "encodedList": packed(revoked),
        },
    }
    return proofs.with_proof(document, signer.secret, signer.method, at=at)


def is_revoked(place: Place, issuer: str, text: str | bytes, key_of: KeyOf = issuers.our_key, *, at: datetime) -> bool:
    """What a copy of the list says of this place; refuses one that is not the issuer's own, or too old."""
    document = reading.document(text, [VC])
    method = proofs.check_proof(document, key_of)
    proofs.check_whole(document)
    if document.get("issuer") != issuer or method.partition("#")[0] != issuer or document.get("id") != place.address:
        raise NotProven(_("This list speaks of other credentials."))
    try:
        bits, until = _of(document)
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error):
        raise NotProven(_("This is no list of what was revoked.")) from None
    if at > until:
        raise NotProven(_("This list is out of date. Fetch a new one."))
    return bool(bits[place.index // 8] & _mask(place.index))


def place_of(entry: Mapping[str, Any]) -> Place:
    """As `Place.entry` wrote it. Raises ValueError or KeyError for what it did not write."""
    place = Place(str(entry["statusListCredential"]), int(entry["statusListIndex"]))
    if dict(entry) != place.entry():
        raise ValueError("a status of another kind")
    return place


def packed(places: Iterable[int]) -> str:
    """The first bit is the left one of the first byte."""
    bits = bytearray(SIZE // 8)
    for place in places:
        bits[place // 8] |= _mask(place)
    return MARK + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """Raises ValueError or zlib.error for what is none."""
    letters = text.removeprefix(MARK)
    if letters == text:
        raise ValueError("not base64url with its mark in front")
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars="-_", validate=True)
    except binascii.Error:
        raise ValueError("not base64url") from None
    bits = zlib.decompressobj(GZIP).decompress(data, SIZE // 8 + 1)
    if len(bits) != SIZE // 8:
        raise ValueError("a list of another length")
    return bits


def _of(document: Mapping[str, Any]) -> tuple[bytes, datetime]:
    told = document["credentialSubject"]
    if document["type"] != TYPES or told["type"] != LIST or told["statusPurpose"] != PURPOSE:
        raise ValueError("a list of another kind")
    return unpacked(told["encodedList"]), reading.moment(document["validUntil"])


def _mask(place: int) -> int:
    return 0x80 >> place % 8
