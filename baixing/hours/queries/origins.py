"""How a session came about, by the journal, which nobody changes; and whom a flag is about."""

from __future__ import annotations

from baixing.hours.models import Flag, HoursClaim
from baixing.journal.models import Entry
from baixing.schedule.models import Session


def planned_after_start(session: Session) -> bool:
    """Was it entered when it had begun already? By its own row and by the journal: whichever is later counts.

    One of which neither tells when it was entered gives no hours either.
    """
    line = Entry.objects.of(session).filter(verb="plan").first()
    told = [moment for moment in (session.made_at, line.at if line else None) if moment is not None]
    return line is None or max(told) > session.start


def moved_after_start(session: Session) -> bool:
    """Was it changed when it had begun?"""
    return Entry.objects.of(session).filter(verb="change", at__gt=session.start).exists()


def concerned(flag: Flag) -> set[int]:
    """The keys of the people whom it is about: they do not settle it."""
    found = {flag.raised_by_id}
    if flag.claim is not None:
        found.add(flag.claim.volunteer.person_id)
    if flag.entry is not None:
        found.add(flag.entry.person_id)
    if flag.certificate is not None:
        found.add(flag.certificate.volunteer.person_id)
    if flag.session_id is not None:
        claims = HoursClaim.objects.filter(session=flag.session_id)
        found |= {flag.session.made_by_id if flag.session else None}
        found |= set(claims.values_list("volunteer__person", flat=True))
    return {pk for pk in found if pk is not None}
