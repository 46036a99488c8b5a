"""What a certificate says, and whether one that somebody holds is true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from baixing.hours.models import Certificate, CertificateQuerySet, HoursEntry
from baixing.hours.queries.sums import total_of
from baixing.hours.rules.standing import Standing
from baixing.journal.models import Entry
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.network.queries import top
from baixing.people.models import Person
from baixing.teams.models import Team, Volunteer

LINES = 30  # of services on the sheet; the rest is one line


def issuer_of(volunteer: Volunteer) -> Unit | None:
    """The county centre over the team they have been in longest; else the top of the tree."""
    team = Team.objects.filter(memberships__person=volunteer.person).order_by("memberships__pk").first()
    led = Team.objects.filter(leader=volunteer.person).order_by("pk").first()
    home = next((found.home for found in (led, team) if found is not None), None)
    county = Unit.objects.above(home).filter(tier=3).first() if home else None
    return county or top()


def snapshot(certificate: Certificate, title: str) -> dict[str, object]:
    """All that it will ever say: numbers, days, and what was done; of whom and where it was done, nothing."""
    volunteer = certificate.volunteer
    entries = HoursEntry.objects.of(volunteer)
    last = entries.last()
    standing = list(entries.standing().filter(kind=HoursEntry.Kind.CREDIT).select_related("session__platform"))
    days = sorted(day for line in standing for day, _minutes in line.days)
    return {
        "title": title,
        "number": certificate.number,
        "volunteer": volunteer.number,
        "issuer": certificate.unit.name,
        "minutes": total_of(volunteer),
        "sessions": len(standing),
        "from": days[0] if days else "",
        "until": days[-1] if days else "",
        "service": _by_kind(standing),
        "ledger": {"seq": last.seq if last else 0, "digest": last.digest if last else ""},
    }


def _by_kind(lines: list[HoursEntry]) -> list[list[object]]:
    """What was done, how often and how long: by the platform of the session, or by its kind where it has none."""
    named = sorted((_kind_of(line), line.minutes) for line in lines)
    rows = [(name, list(found)) for name, found in groupby(named, key=lambda row: row[0])]
    sums = [[name, len(found), sum(minutes for _name, minutes in found)] for name, found in rows]
    return sorted(sums, key=lambda row: -int(str(row[2])))[:LINES]


def _kind_of(line: HoursEntry) -> str:
    session = line.session
    if session is None:
        return "志愿服务"
    return (
        session.platform.name if session.platform else "上门服务" if session.kind == session.Kind.VISIT else "志愿服务"
    )


def still_holds(certificate: Certificate) -> bool:
    """Do the lines up to where it was written still stand, and none of them is taken back since?"""
    told = certificate.snapshot or {}
    ledger = told.get("ledger", {})
    upto = HoursEntry.objects.of(certificate.volunteer).filter(seq__lte=ledger.get("seq", 0))
    last = upto.last()
    gone = upto.filter(reversal__seq__gt=ledger.get("seq", 0)).exists()
    return last is not None and last.digest == ledger.get("digest") and not gone


@dataclass(frozen=True)
class Corrected:
    """That lines under a certificate were put right since: on which day the last, and what stands of it now."""

    on: date
    minutes: int


@dataclass(frozen=True)
class Answer:
    """The least that tells whether a certificate is true."""

    state: str  # genuine, revoked, altered
    number: str
    masked_name: str
    minutes: int
    issued: date | None
    digest: str
    corrected: Corrected | None = None


def answer_for(code: str) -> Answer | None:
    """By the code on the sheet; None when no certificate has it."""
    certificate = Certificate.objects.given_out().filter(code=code).select_related("volunteer__person").first()
    if certificate is None:
        return None
    state = "altered" if is_altered(certificate) else "revoked" if certificate.state == "revoked" else "genuine"
    return Answer(
        state=state,
        number=certificate.number,
        masked_name=certificate.masked_name,
        minutes=certificate.minutes,
        issued=certificate.issued_at.astimezone(LOCAL).date() if certificate.issued_at else None,
        digest=certificate.digest[:16],
        corrected=corrected(certificate) if state == "genuine" else None,
    )


def corrected(certificate: Certificate) -> Corrected | None:
    """The lines it was written from, less those taken back since, with what was put in their place. Lines of other
    services since then are not its matter.
    """
    written = (certificate.snapshot or {}).get("ledger", {}).get("seq", 0)
    lines = HoursEntry.objects.of(certificate.volunteer)
    gone = lines.filter(seq__lte=written, reversal__seq__gt=written)
    if not (away := list(gone.values_list("claim__attendance", "minutes"))):
        return None
    of_the_same = lines.filter(seq__gt=written, claim__attendance__in=[attendance for attendance, _m in away])
    taken, put = sum(minutes for _a, minutes in away), of_the_same.standing().values_list("minutes", flat=True)
    back = lines.filter(seq__gt=written, reverses__claim__attendance__in=[attendance for attendance, _m in away])
    on = max(back.values_list("at", flat=True)).astimezone(LOCAL).date()
    return Corrected(on, certificate.minutes - taken + sum(put))


def may_draft(volunteer: Volunteer) -> bool:
    """There are hours, and none is on its way."""
    on_the_way = Certificate.objects.filter(volunteer=volunteer, state__in=("drafted", "publicised"))
    return not on_the_way.exists() and total_of(volunteer) > 0


def written_from(entry: HoursEntry) -> list[Certificate]:
    """The issued certificates that this line stands under."""
    rows = Certificate.objects.filter(volunteer=entry.volunteer, state=Certificate.State.ISSUED)
    found = rows.select_related("volunteer__person", "unit").order_by("pk")
    return [one for one in found if (one.snapshot or {}).get("ledger", {}).get("seq", 0) >= entry.seq]


def is_altered(certificate: Certificate) -> bool:
    """Against its own digest, against the journal's line of its issue, and against the ledger it was written from."""
    line = Entry.objects.of(certificate).filter(verb="issue").first()
    told = certificate.snapshot or {}
    if line is None or line.facts.get("digest") != certificate.digest:
        return True
    if certificate.digest_of_all() != certificate.digest or told.get("number") != certificate.number:
        return True
    ledger = told.get("ledger", {})
    lines = HoursEntry.objects.of(certificate.volunteer).filter(seq__lte=ledger.get("seq", 0))
    last = lines.values_list("digest", flat=True).last()
    return last != ledger.get("digest") or sum(lines.values_list("minutes", flat=True)) != told.get("minutes")


def visible_certificates(one: Standing) -> QuerySet[Certificate]:
    """One's own; all of the units one is in charge of."""
    found: CertificateQuerySet = Certificate.objects.filter(volunteer__person=one.person)
    for office in one.offices:
        found |= Certificate.objects.filter(unit__path__startswith=office.path)
    return found.select_related("volunteer__person", "unit", "publicised_by", "issued_by")


def waiting_for(one: Standing, at: datetime) -> QuerySet[Certificate]:
    """On the way, in the units one is in charge of; the oldest first. Never one's own."""
    on_the_way = visible_certificates(one).filter(state__in=("drafted", "publicised"))
    return on_the_way.exclude(volunteer__person=one.person).filter(drafted_at__lte=at).order_by("drafted_at", "pk")


def of_person(person: Person) -> QuerySet[Certificate]:
    return Certificate.objects.filter(volunteer__person=person).select_related("unit").order_by("-pk")
