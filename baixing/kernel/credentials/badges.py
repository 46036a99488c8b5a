"""A volunteer's record as an Open Badges 3.0 credential: a frozen snapshot in, a signed document out, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.credentials import issuers, proofs, reading, status
from baixing.kernel.credentials.contexts import OPEN_BADGES, VC
from baixing.kernel.credentials.proofs import KeyOf, NotProven
from baixing.kernel.credentials.status import Place

CONTEXTS: Final = [VC, OPEN_BADGES]
TYPES: Final = ["VerifiableCredential", "OpenBadgeCredential"]
MINUTES: Final = "ext:ServiceMinutes"
NAME, NUMBER = "name", "ext:VolunteerNumber"


@dataclass(frozen=True)
class Record:
    """What a certificate says, frozen when it was issued. The name is whole or masked, as its owner chose."""

    address: str  # where the certificate is looked up; the credential's own name
    number: str  # of the certificate
    title: str
    volunteer: str  # their number
    name: str
    minutes: int
    first: date | None  # None: all of it came from other systems, which tell no days
    last: date | None
    issued: datetime
    issuer_name: str
    issuer_url: str
    status: Place | None = None  # where everybody reads whether it was revoked since

    def __post_init__(self) -> None:
        if not self.address.startswith(("https://", "http://", "urn:")):
            raise ValueError("the address of a credential is a whole one")
        fits = self.first <= self.last if self.first and self.last else self.first is self.last is None
        if self.minutes <= 0 or not fits or self.issued.tzinfo is None:
            raise ValueError("a record is of minutes, from a day to a later one, issued at a moment of a zone")


def issue(record: Record, *, at: datetime, language: str = "zh-hans") -> dict[str, object]:
    """The credential, signed with the key of today. For the same record at the same moment it is the same."""
    signer = issuers.signer()
    return proofs.with_proof(credential(record, signer.issuer, language), signer.secret, signer.method, at=at)


def verify(text: str | bytes, key_of: KeyOf = issuers.our_key) -> Record:
    """What a credential says, if it is as it was issued and by whom it says; else refuses, in words.

    With `issuers.keys_in(document)` another city's is verified, from a copy of its issuer's document, without it.
    Whether the certificate was revoked since is not in the document: `revoked` reads that from a copy of its list.
    """
    document = reading.document(text)
    method = proofs.check_proof(document, key_of)
    proofs.check_whole(document)
    record = reading.record(document)
    if issuer_of(document) != method.partition("#")[0]:
        raise NotProven(_("This was signed by somebody else than the issuer that it names."))
    try:
        place = status.place_of(record["status"]) if record["status"] is not None else None
        return Record(**{**record, "status": place})
    except (KeyError, TypeError, ValueError):
        raise NotProven(_("This is not one of our credentials.")) from None


def revoked(text: str | bytes, list_text: str | bytes, key_of: KeyOf = issuers.our_key, *, at: datetime) -> bool:
    """Whether a credential that verifies is among those that its issuer's list, or a copy of it, says are revoked."""
    record = verify(text, key_of)
    if record.status is None:
        raise NotProven(_("This credential names no list of what was revoked."))
    return status.is_revoked(record.status, issuer_of(reading.document(text)), list_text, key_of, at=at)


def issuer_of(document: Mapping[str, object]) -> str:
    issuer = document["issuer"]
    return str(issuer.get("id")) if isinstance(issuer, Mapping) else ""


def credential(record: Record, issuer: str, language: str = "zh-hans") -> dict[str, object]:
    """The document before it is signed."""
    said = {"credentialStatus": record.status.entry()} if record.status else {}
    with translation.override(language):
        return {
            "@context": CONTEXTS,
            "id": record.address,
            "type": TYPES,
            "name": record.title,
            "issuer": {"id": issuer, "type": ["Profile"], "name": record.issuer_name, "url": record.issuer_url},
            "validFrom": proofs.said(record.issued),
            "credentialSubject": _subject(record, issuer, language),
            **said,
        }


def _subject(record: Record, issuer: str, language: str) -> dict[str, object]:
    minutes = _named(issuer, "service-minutes")
    return {
        "type": ["AchievementSubject"],
        "identifier": [_identity(NAME, record.name), _identity(NUMBER, record.volunteer)],
        "licenseNumber": record.number,
        **_days(record),
        "achievement": _achievement(issuer, minutes, language),
        "result": [{"type": ["Result"], "resultDescription": minutes, "value": str(record.minutes)}],
    }


def _achievement(issuer: str, minutes: str, language: str) -> dict[str, object]:
    return {
        "id": _named(issuer, "volunteer-service"),
        "type": ["Achievement"],
        "achievementType": "CommunityService",
        "inLanguage": "zh-CN" if language == "zh-hans" else language,
        "name": _("Volunteer service"),
        "description": _("Time served as a volunteer, counted from check-in to check-out."),
        "criteria": {"narrative": _("Two people stand behind each entry of the ledger, and neither is the volunteer.")},
        "resultDescription": [
            {"id": minutes, "type": ["ResultDescription"], "name": _("Minutes of service"), "resultType": MINUTES}
        ],
    }


def _identity(kind: str, text: str) -> dict[str, object]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": text, "identityType": kind}


def _named(issuer: str, what: str) -> str:
    """The same name for the same thing of the same issuer, for ever."""
    return uuid5(NAMESPACE_URL, f"{issuer}#{what}").urn


def _days(record: Record) -> dict[str, object]:
    if record.first is None or record.last is None:
        return {}
    return {"activityStartDate": _day(record.first), "activityEndDate": _day(record.last)}


def _day(day: date) -> str:
    return proofs.said(datetime.combine(day, time.min, LOCAL))
