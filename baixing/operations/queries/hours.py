"""The promises about hours (LIVES, part 5: I16, I20), looked for in the ledger, the claims behind it and the roots."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from baixing.hours.models import Certificate, HoursClaim, HoursEntry, LedgerRoot
from baixing.hours.queries.certificates import answer_for
from baixing.hours.queries.sums import under_root
from baixing.hours.rules.ledger import chain_faults
from baixing.journal.models import Entry

AT_ONCE = 2000


def hours_faults() -> Iterator[str]:
    yield from _chains()
    yield from _claims()
    yield from _roots()
    yield from _certificates()


def _chains() -> Iterator[str]:
    """Each line as it was written, behind the one before, with two people behind it and never its volunteer."""
    rows = HoursEntry.objects.select_related("volunteer", "reverses", "transfer").order_by("volunteer__number", "seq")
    for number, lines in groupby(rows.iterator(chunk_size=AT_ONCE), key=lambda row: row.volunteer.number):
        every = list(lines)
        for fault in chain_faults(number, [{**line.facts(), "digest": line.digest} for line in every]):
            yield f"The ledger of hours: {fault}"
        for line in every:
            if line.person_id != line.volunteer.person_id:
                yield f"The ledger of hours: {number}, line {line.seq} names another person than its number does."


def _claims() -> Iterator[str]:
    """Behind each credit a claim that went through its own two people, as the journal tells; none without a line."""
    lines = HoursEntry.objects.filter(kind=HoursEntry.Kind.CREDIT).select_related("claim", "volunteer")
    for line in lines.order_by("pk").iterator(chunk_size=AT_ONCE):
        claim = line.claim
        told = {(entry.verb, entry.by_id) for entry in Entry.objects.of(f"hours.hoursclaim:{line.claim_id}")}
        both = {("review", line.first_by_id), ("credit", line.second_by_id)}
        if claim is None or claim.state != HoursClaim.State.CREDITED or not both <= told:
            yield f"The ledger of hours: {line.volunteer.number}, line {line.seq} has no claim that two people saw."
    for claim in HoursClaim.objects.filter(state=HoursClaim.State.CREDITED, entry=None):
        yield f"Claim {claim.pk} is credited, and no line of the ledger says so."


def _roots() -> Iterator[str]:
    for root in LedgerRoot.objects.order_by("month"):
        found = under_root(root.until)
        if (found.root, found.entries, found.minutes) != (root.root, root.entries, root.minutes):
            yield f"The root of {root.month:%Y-%m} is not that of the ledger: a line under it was changed."


def _certificates() -> Iterator[str]:
    for certificate in Certificate.objects.given_out().order_by("pk"):
        answer = answer_for(certificate.code)
        if answer is None or answer.state == "altered":
            yield f"Certificate {certificate.number} is not what was issued."
