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
    """One volunteer's lines, the roots, and the way up to the newest one under which they have a line.

    It vouches for all lines before as well: each holds the digest of the one before.
    """
    proofs: list[File] = []
    root = LedgerRoot.objects.filter(until__gt=_first_line(volunteer, at)).order_by("-month").first()
    if root is not None and (way := way_to(root, volunteer.number)):
        proofs = [{"month": f"{root.month:%Y-%m}", "number": volunteer.number, "seq": way[0], "path": way[1]}]
    return {**_file(HoursEntry.objects.of(volunteer), at, whole=False), "proofs": proofs}


def _first_line(volunteer: Volunteer, at: datetime) -> datetime:
    first = HoursEntry.objects.of(volunteer).values_list("at", flat=True).first()
    return first or at


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
