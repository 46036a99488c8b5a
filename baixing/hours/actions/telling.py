"""Who is told what of hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.duration import duration_iso_string

from baixing.hours.models import Certificate, Correction, Flag, HoursClaim, HoursEntry, Note
from baixing.hours.queries.certificates import corrected
from baixing.hours.rules.lives import ON_SHOW
from baixing.kernel.calendar import LOCAL
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.people.models import Person

MINE = "/hours/"


def credited(line: HoursEntry, at: datetime) -> None:
    title = line.session.title if line.session is not None else ""
    _tell(line.person, "hours.credited", at, time=_span(line.minutes), title=title)


def refused(claim: HoursClaim, words: str, at: datetime) -> None:
    _tell(claim.volunteer.person, "hours.refused", at, title=claim.session.title, words=words)


def put_right(correction: Correction, at: datetime) -> None:
    entry = correction.entry
    title = entry.session.title if entry.session is not None else ""
    _tell(entry.person, "hours.corrected", at, title=title, time=_span(correction.minutes), words=correction.words)


def answered(flag: Flag, words: str, at: datetime) -> None:
    if flag.raised_by is not None:
        _tell(flag.raised_by, "hours.answered", at, words=words)


def publicised(certificate: Certificate, at: datetime) -> None:
    until = (at + ON_SHOW).astimezone(LOCAL).isoformat(timespec="minutes")
    _tell(certificate.volunteer.person, "certificate.publicised", at, number=certificate.number, until=until)


def ended(certificate: Certificate, at: datetime, words: str = "") -> None:
    """Issued, refused or revoked."""
    said = {"number": certificate.number} | ({"words": words} if words else {})
    _tell(certificate.volunteer.person, f"certificate.{certificate.state}", at, **said)


def corrected_under(certificate: Certificate, at: datetime) -> None:
    """Its holder, who may ask for a new one, and those in charge of the unit that issued it."""
    found = corrected(certificate)
    if found is None:
        return
    said = {"number": certificate.number, "time": _span(found.minutes)}
    holder = certificate.volunteer.person
    _tell(holder, "certificate.corrected", at, **said)
    clerks = list(holders(certificate.unit, IN_CHARGE, at).exclude(pk=holder.pk))
    link = f"/hours/certificates/{certificate.pk}/"
    notices.tell_all([notices.Word(clerks, "certificate.corrected_below", said, link)], at=at)


def noted(note: Note, at: datetime) -> None:
    _tell(note.volunteer.person, "record.noted", at, unit=note.unit.name, title=note.title)


def _span(minutes: int) -> str:
    """Put into words when it is read, in the language of whoever reads it."""
    return duration_iso_string(timedelta(minutes=minutes))


def _tell(person: Person, kind: str, at: datetime, **facts: str) -> None:
    if person.erased_at is None:
        notices.tell_all([notices.Word([person], kind, facts, MINE)], at=at)
