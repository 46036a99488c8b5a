"""A certificate as a credential that anybody verifies without us, and the lists of those that were revoked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from baixing.hours.models import Certificate
from baixing.hours.queries.certificates import corrected, is_altered
from baixing.kernel.calendar import LOCAL
from baixing.kernel.credentials import badges, issuers, keys, status
from baixing.kernel.credentials.badges import Record
from baixing.kernel.credentials.status import SIZE, Place
from baixing.kernel.refusals import NotNow

Absolute = Callable[[str], str]  # makes a path an address
LISTS = 8  # that are kept signed


def gives() -> bool:
    """Whether this city has a key to sign credentials with."""
    return bool(keys.ring().secret)


def credential(certificate: Certificate, absolute: Absolute, *, masked: bool, at: datetime) -> dict[str, object]:
    """What the sheet says, signed. It is signed whenever it is asked for, with the key of that day: one that was lost
    and taken off the list speaks for nothing any more, and its holder fetches the credential again.
    """
    if certificate.state == Certificate.State.REVOKED:
        raise NotNow(_("This certificate was revoked. It gives no credential any more."))
    if is_altered(certificate):
        raise NotNow(_("What is kept of this certificate is not what was issued. Nothing is signed."))
    if corrected(certificate):
        raise NotNow(_("The hours under this certificate were corrected since. Ask for a new one; that is signed."))
    return badges.issue(_record(certificate, absolute, masked=masked), at=at)


def _record(certificate: Certificate, absolute: Absolute, *, masked: bool) -> Record:
    told, issued = certificate.snapshot or {}, certificate.issued_at
    assert issued is not None  # noqa: S101 - held by the database
    return Record(
        address=_address(reverse("hours:verify_code", args=[certificate.code]), absolute),
        number=told["number"],
        title=told["title"],
        volunteer=told["volunteer"],
        name=certificate.masked_name if masked or not certificate.name else certificate.name,
        minutes=told["minutes"],
        first=_day(told["from"]),
        last=_day(told["until"]),
        issued=issued,
        issuer_name=told["issuer"],
        issuer_url=_address("/", absolute),
        status=Place(_list_address(certificate.place // SIZE, absolute), certificate.place % SIZE),
    )


def issuer_document() -> dict[str, object] | None:
    """Which keys speak for this city; None while it has none."""
    return issuers.our_document() if keys.ring().publics else None


def revoked_list(number: int, absolute: Absolute, at: datetime) -> dict[str, object] | None:
    """The list of this number, or None where there is none. It is signed anew each hour, and when one is revoked."""
    rows = Certificate.objects.filter(place__range=(number * SIZE, number * SIZE + SIZE - 1))
    if not gives() or not (number == 0 or rows.exists()):
        return None
    revoked = rows.filter(state=Certificate.State.REVOKED).order_by("place").values_list("place", flat=True)
    places = tuple(place % SIZE for place in revoked)
    hour = at.astimezone(LOCAL).replace(minute=0, second=0, microsecond=0)
    text = _signed(_list_address(number, absolute), places, hour, tuple(settings.CREDENTIAL_KEYS))
    found: dict[str, object] = json.loads(text)
    return found


@lru_cache(maxsize=LISTS)
def _signed(address: str, places: tuple[int, ...], hour: datetime, _keys: tuple[str, ...]) -> str:
    return json.dumps(status.issue_list(address, places, at=hour))


def _list_address(number: int, absolute: Absolute) -> str:
    return _address(reverse("hours:revoked_list", args=[number]), absolute)


def _address(path: str, absolute: Absolute) -> str:
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else absolute(path)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
