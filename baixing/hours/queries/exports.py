"""The file of the ledger, as docs/ledger.md writes it down; and the file of one certificate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby

from baixing.hours.models import Certificate, HoursEntry, HoursEntryQuerySet, LedgerRoot
from baixing.hours.queries.sums import way_to
from baixing.hours.rules.ledger import CERTIFICATE, FORMAT
from baixing.network.queries import top
from baixing.teams.models import Volunteer

File = dict[str, object]


def whole_ledger(at: datetime) -> File:
    """Every volunteer's lines, and the roots that were published of them."""
    return _file(HoursEntry.objects.all(), at, whole=True)


def own_ledger(volunteer: Volunteer, at: datetime) -> File:
    """One volunteer's lines, each month's root, and the way from their last line up to it."""
    ways = ((root, way_to(root, volunteer.number)) for root in LedgerRoot.objects.order_by("month"))
    proofs = [
        {"month": f"{root.month:%Y-%m}", "number": volunteer.number, "seq": way[0], "path": way[1]}
        for root, way in ways
        if way is not None
    ]
    return {**_file(HoursEntry.objects.of(volunteer), at, whole=False), "proofs": proofs}


def roots_file(at: datetime) -> File:
    return {"format": "baixing-roots", "version": 1, "made": _moment(at), "issuer": _issuer(), "roots": _roots()}


def certificate_file(certificate: Certificate) -> File:
    return {
        "format": CERTIFICATE,
        "version": 1,
        "snapshot": certificate.snapshot,
        "digest": certificate.digest,
        "code": certificate.code,
        "salt": certificate.salt,
    }


def _file(entries: HoursEntryQuerySet, at: datetime, *, whole: bool) -> File:
    rows = entries.select_related("volunteer", "reverses", "transfer").order_by("volunteer__number", "seq")
    volunteers = [_volunteer(number, lines) for number, lines in groupby(rows, key=lambda row: row.volunteer.number)]
    told: File = {"format": FORMAT, "version": 1, "made": _moment(at), "issuer": _issuer(), "whole": whole}
    return {**told, "volunteers": volunteers, "roots": _roots()}


def _volunteer(number: str, lines: Iterable[HoursEntry]) -> File:
    entries = [{**line.facts(), "digest": line.digest} for line in lines]
    return {"number": number, "total": sum(int(str(line["minutes"])) for line in entries), "entries": entries}


def _roots() -> list[File]:
    return [
        {
            "month": f"{root.month:%Y-%m}",
            "until": _moment(root.until),
            "root": root.root,
            "volunteers": root.volunteers,
            "entries": root.entries,
            "minutes": root.minutes,
        }
        for root in LedgerRoot.objects.order_by("month")
    ]


def _issuer() -> str:
    city = top()
    return city.name if city else ""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
