"""Of somebody who is forgotten the numbers and the sums stay, and the ledger stays whole: it never held a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.hours.models import Certificate, Correction, Flag, HoursClaim, Note, Record
from baixing.hours.rules.lives import CERTIFICATE
from baixing.journal import actions as journal
from baixing.people.models import Person


@transaction.atomic
def forget_person(person: Person, *, at: datetime) -> None:
    """Names on certificates and words of objections go. What is on its way to a certificate ends."""
    theirs = Certificate.objects.filter(volunteer__person=person)
    for certificate in theirs.filter(state__in=("drafted", "publicised")):
        CERTIFICATE.move("forget", None, certificate, ended_at=at)
        journal.write("forget", certificate, by=None, at=at)
    theirs.update(name="", salt="")
    Record.objects.filter(volunteer__person=person).update(stars=False)
    Flag.objects.filter(raised_by=person).update(words="")
    Flag.objects.filter(entry__person=person).update(words="", answer="")
    Flag.objects.filter(claim__volunteer__person=person).update(answer="")
    Correction.objects.filter(entry__person=person).update(words="")
    notes = Note.objects.filter(volunteer__person=person)
    notes.update(title="", giver="", words="")
    claims = HoursClaim.objects.filter(volunteer__person=person)
    journal.erase_words_of([*theirs, *claims, *notes], at=at)
