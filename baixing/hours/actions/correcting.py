"""A line that is wrong is taken back, and the right one put after it: by two people, like every line."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.actions import ledger, telling
from baixing.hours.models import Correction, HoursClaim, HoursEntry
from baixing.hours.queries.certificates import written_from
from baixing.hours.rules.lives import CERTIFICATE, CLAIM, CORRECTION
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.kernel.rows import add
from baixing.people.models import Person


@transaction.atomic
def ask_correction(entry: HoursEntry, *, minutes: int, words: str, by: Person, at: datetime) -> Correction:
    """`minutes` is what stands there in the end; 0 takes the line back and puts nothing in its place."""
    check_asker(Standing(by, at), entry)
    _check_line(entry)
    if not words.strip():
        raise Unfit(_("Say what is wrong with the line."), field="words")
    if not 0 <= minutes < entry.minutes:
        most = _("A correction takes minutes away: %(most)d at most can stay.") % {"most": entry.minutes - 1}
        raise Unfit(most, field="minutes")
    correction = Correction(entry=entry, minutes=minutes, words=words, asked_by=by, asked_at=at)
    if not add(correction):
        raise Overtaken(_("Somebody has asked for a correction of this line already."))
    journal.write("ask_correction", correction, by=by, at=at, minutes=minutes)
    return correction


@transaction.atomic
def agree_correction(correction: Correction, *, by: Person, at: datetime) -> HoursEntry:
    one, entry = Standing(by, at), correction.entry
    if one.is_one_with(correction.asked_by):
        raise NotAllowed(_("You have asked for this yourself. A second person agrees."))
    CORRECTION.move("agree", one, correction, decided_by=by)
    ledger.take_turn(entry.volunteer)  # no certificate is issued over this line meanwhile
    both, sheets = (correction.asked_by, by), written_from(entry)
    line = ledger.take_back(entry, by=both, at=at)
    if correction.minutes:
        line = _put_right(entry, correction.minutes, both, at)
    journal.write("agree", correction, by=by, at=at, seq=line.seq)
    telling.put_right(correction, at)
    for sheet in sheets:
        CERTIFICATE.move("correct", None, sheet)
        journal.write("correct", sheet, by=by, at=at, seq=line.seq)
        telling.corrected_under(sheet, at)
    return line


@transaction.atomic
def drop_correction(correction: Correction, *, by: Person, at: datetime) -> None:
    CORRECTION.move("drop", Standing(by, at), correction, decided_by=by)
    journal.write("drop", correction, by=by, at=at)


def check_asker(one: Standing, entry: HoursEntry) -> None:
    if entry.session is None or not one.oversees_hours(entry.session.unit, entry.volunteer):
        raise NotAllowed(_("Only those in charge of the unit of the session ask for a correction, never of their own."))


def _check_line(entry: HoursEntry) -> None:
    if entry.kind != HoursEntry.Kind.CREDIT or HoursEntry.objects.filter(reverses=entry).exists():
        raise NotNow(_("This line was taken back already."))


def _put_right(entry: HoursEntry, minutes: int, both: tuple[Person, Person], at: datetime) -> HoursEntry:
    """The next claim of the same presence, which lives through the same moves."""
    was = entry.claim
    assert was is not None  # noqa: S101 - a credit has one
    claim = HoursClaim(volunteer=was.volunteer, session=was.session, attendance=was.attendance, nth=was.nth + 1)
    claim.start, claim.end, claim.minutes, claim.late = was.start, was.end, minutes, was.late
    claim.end = ledger.end_of(claim)
    claim.told_by, claim.made_at = both[0], at
    claim.save(force_insert=True)
    journal.write("compute", claim, by=both[0], at=at, minutes=minutes, late=claim.late)
    CLAIM.move("review", Standing(both[0], at), claim, reviewed_by=both[0])
    journal.write("review", claim, by=both[0], at=at)
    CLAIM.move("credit", Standing(both[1], at), claim, credited_by=both[1], ended_at=at)
    line = ledger.put_right(entry, claim, by=both, at=at)
    journal.write("credit", claim, by=both[1], at=at, minutes=line.minutes, seq=line.seq, digest=line.digest)
    return line
