"""A claim goes through two people. Neither is the volunteer, and no account alone makes an hour."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.actions import ledger, telling
from baixing.hours.models import HoursClaim, HoursEntry
from baixing.hours.rules.lives import CLAIM
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.models import Person

Why = HoursClaim.Why


@transaction.atomic
def review(claim: HoursClaim, *, by: Person, at: datetime) -> None:
    """The first of the two: so it was."""
    one = Standing(by, at)
    _not_ones_own(one, claim)
    CLAIM.move("review", one, claim, reviewed_by=by)
    journal.write("review", claim, by=by, at=at)


@transaction.atomic
def credit(claim: HoursClaim, *, by: Person, at: datetime) -> HoursEntry:
    """The second of the two: it goes into the ledger, for ever."""
    one = Standing(by, at)
    _not_ones_own(one, claim)
    _another_one(one, claim)
    if at < claim.session.end:
        raise NotNow(_("The session is not over yet by the clock of this machine."))
    CLAIM.move("credit", one, claim, credited_by=by, ended_at=at)
    first = claim.reviewed_by
    assert first is not None  # noqa: S101 - held by the database
    line = ledger.credit(claim, by=(first, by), above=one.is_above(claim.session.unit), at=at)
    if line is None:
        raise NotNow(
            _(
                "Nothing is left to credit: other sessions cover this time, or the day has its ten hours already. "
                "Above ten hours somebody of the tier above signs."
            )
        )
    journal.write("credit", claim, by=by, at=at, minutes=line.minutes, seq=line.seq, digest=line.digest)
    telling.credited(line, at)
    return line


@transaction.atomic
def refuse(claim: HoursClaim, *, words: str, by: Person, at: datetime) -> None:
    one = Standing(by, at)
    _not_ones_own(one, claim)
    if not words.strip():
        raise Unfit(_("Say why, in words that the volunteer will read."), field="words")
    CLAIM.move("refuse", one, claim, why=Why.WORDS, ended_at=at)
    journal.write("refuse", claim, by=by, at=at, words=words)
    telling.refused(claim, words, at)


def _not_ones_own(one: Standing, claim: HoursClaim) -> None:
    if one.is_volunteer(claim.volunteer):
        raise NotAllowed(
            _("These are your own hours, or those of somebody who shares your telephone. Others see to it.")
        )


def _another_one(one: Standing, claim: HoursClaim) -> None:
    if claim.reviewed_by is not None and one.is_one_with(claim.reviewed_by):
        raise NotAllowed(_("You have checked these hours yourself. A second person credits them."))
    if one.has_read(claim):
        raise NotAllowed(_("You have entered the paper sheet these hours come from. Somebody else credits them."))
    if claim.late and one.is_in_charge(claim.session.unit) and not one.is_above(claim.session.unit):
        raise NotAllowed(_("These hours were entered after the fact. Somebody of the tier above credits them."))
