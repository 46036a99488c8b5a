"""A list that was kept without a network: each tap is taken once, however often it is sent, and each is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed, NotNow, Refused, Unfit
from baixing.kernel.rows import add
from baixing.look.said import said_moment
from baixing.people.models import Person
from baixing.schedule.actions.attending import check_in, check_out
from baixing.schedule.actions.noting import Noted, note
from baixing.schedule.models import Attendance, Session, Signup, Tap
from baixing.schedule.rules import Standing
from baixing.schedule.rules.codes import IN, OUT

OFFLINE = Attendance.Way.OFFLINE
MOST: Final = 1000  # in one sending
DRIFT: Final = timedelta(minutes=2)  # of a clock that nobody would call wrong
LONGEST: Final = 200  # letters of an answer


@dataclass(frozen=True)
class Tapped:
    """As the device tells it, by its own clock."""

    nonce: str
    signup: int
    verb: str
    moment: datetime


@dataclass(frozen=True)
class Answer:
    """What became of one: taken or not, and what there is to say."""

    nonce: str
    taken: bool
    words: str = ""


def take_taps(
    session: Session, taps: Sequence[Tapped | Noted], *, clock: datetime, by: Person, at: datetime
) -> list[Answer]:
    """`clock` is what the device's clock says now. Each tap is a transaction of its own: one that cannot be
    takes none of the others back."""
    if not Standing(by, at).runs(session):
        raise NotAllowed
    if len(taps) > MOST:
        raise Unfit(_("That is too much at once."))
    ordered = sorted(taps, key=lambda tap: tap.moment)
    return [
        _note(session, tap, at - clock, by, at) if isinstance(tap, Noted) else _take(session, tap, at - clock, by, at)
        for tap in ordered
    ]


@transaction.atomic
def _note(session: Session, noted: Noted, drift: timedelta, by: Person, at: datetime) -> Answer:
    """Somebody who came unasked. Whatever becomes of them, nothing of it is lost."""
    try:
        row = note(session, noted, _counted(noted.moment, drift, at), by=by, at=at)
    except Refused as no:
        return Answer(noted.nonce, taken=False, words=str(no))
    return Answer(noted.nonce, taken=row.signup_id is not None, words=row.answer)


@transaction.atomic
def _take(session: Session, tap: Tapped, drift: timedelta, by: Person, at: datetime) -> Answer:
    signups = session.signups.select_related("session__unit", "session__team", "role", "person")
    signup = signups.filter(pk=tap.signup).first()
    moment = _counted(tap.moment, drift, at)
    row = Tap(session=session, nonce=tap.nonce, signup=signup, verb=tap.verb, moment=moment, by=by, at=at)
    if not add(row):
        return _again(session, tap, by)
    try:
        with transaction.atomic():
            _check(tap, signup, drift, at)
            _tell(signup, tap.verb, moment, by, at)
    except Refused as no:
        row.answer = str(no)[:LONGEST]
    else:
        row.taken, row.answer = True, _drift_words(moment, drift, at)
    row.save(update_fields=["taken", "answer"])
    return Answer(tap.nonce, row.taken, row.answer)


def _again(session: Session, tap: Tapped, by: Person) -> Answer:
    """Its answer was lost on the way: here it is again."""
    kept = Tap.objects.get(session=session, nonce=tap.nonce)
    if (kept.by_id, kept.signup_id, kept.verb) != (by.pk, tap.signup, tap.verb) and kept.signup_id is not None:
        return Answer(tap.nonce, taken=False, words=_("This tap was sent already, with other words."))
    return Answer(tap.nonce, kept.taken, kept.answer)


def _check(tap: Tapped, signup: Signup | None, drift: timedelta, at: datetime) -> None:
    if signup is None or tap.verb not in {IN, OUT}:
        raise NotNow(_("Nobody of this list is meant by it."))
    if tap.moment + drift > at + DRIFT:
        raise Unfit(_("This was tapped in the future: somebody has set the clock of the device. Tell it on the list."))


def _tell(signup: Signup | None, verb: str, moment: datetime, by: Person, at: datetime) -> None:
    if signup is not None and verb == IN:
        check_in(signup, way=OFFLINE, by=by, at=at, moment=moment)
    elif signup is not None:
        check_out(signup, way=OFFLINE, by=by, at=at, moment=moment)


def _counted(moment: datetime, drift: timedelta, at: datetime) -> datetime:
    """By our clock. What the device says is believed while its clock is about right."""
    ours = moment if abs(drift) <= DRIFT else moment + drift
    return min(ours, at)


def _drift_words(moment: datetime, drift: timedelta, at: datetime) -> str:
    if abs(drift) <= DRIFT:
        return ""
    words = _("The clock of the device is %(minutes)d minutes off. By ours it was %(when)s.")
    return words % {"minutes": abs(drift) // timedelta(minutes=1), "when": said_moment(moment, at)}
