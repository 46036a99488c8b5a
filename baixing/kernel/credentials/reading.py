"""A credential as somebody hands it in: whatever it is, there is an answer in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.credentials.contexts import OPEN_BADGES, VC
from baixing.kernel.credentials.proofs import NotProven

LARGEST: Final = 64_000  # bytes; ours are 3,000
DEEPEST: Final = 12


def document(text: str | bytes, words: Sequence[str] = (VC, OPEN_BADGES)) -> dict[str, object]:
    """The JSON object. Raises NotProven for what is none, names a thing twice, or speaks in other words than these."""
    if len(text) > LARGEST:
        raise NotProven(_("This is too large to be one of our credentials."))
    try:
        found = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotProven(_("This cannot be read as a credential.")) from None
    if not isinstance(found, dict) or found.get("@context") != [*words] or not _plain(found, 0):
        raise NotProven(_("This is not one of our credentials."))
    return found


def record(found: Mapping[str, object]) -> dict[str, Any]:  # the fields of a Record
    """What it says of whom. Asked after its proof is checked."""
    try:
        return _record(dict(found))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise NotProven(_("This is not one of our credentials.")) from None


def _record(found: dict[str, Any]) -> dict[str, Any]:
    subject, issuer = found["credentialSubject"], found["issuer"]
    identities = {one["identityType"]: one["identityHash"] for one in subject["identifier"]}
    return {
        "address": found["id"],
        "number": subject["licenseNumber"],
        "title": found["name"],
        "volunteer": identities["ext:VolunteerNumber"],
        "name": identities["name"],
        "minutes": int(subject["result"][0]["value"]),
        "first": _day(subject.get("activityStartDate")),
        "last": _day(subject.get("activityEndDate")),
        "issued": moment(found["validFrom"]),
        "issuer_name": issuer["name"],
        "issuer_url": issuer["url"],
        "status": found.get("credentialStatus"),
    }


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LOCAL)


def _day(text: str | None) -> date | None:
    return moment(text).date() if text is not None else None


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice, and readers would differ over which one counts")
    return found


def _no_number(text: str) -> object:
    raise ValueError(text)


def _plain(thing: object, depth: int) -> bool:
    """Whether no part of it has a context of its own, and none lies too deep."""
    if depth > DEEPEST:
        return False
    if isinstance(thing, dict):
        return (depth == 0 or "@context" not in thing) and all(_plain(one, depth + 1) for one in thing.values())
    return not isinstance(thing, list) or all(_plain(one, depth + 1) for one in thing)
