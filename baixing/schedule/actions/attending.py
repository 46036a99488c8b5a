"""Who comes and goes: each once, told by whom and by which way."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.models import Person
from baixing.schedule.actions.checking import Seat
from baixing.schedule.actions.signing_up import sign_up
from baixing.schedule.models import MOST_HEADS, Attendance, Session, Sheet, Signup
from baixing.schedule.news import Reported, reported
from baixing.schedule.rules import Standing, codes
from baixing.schedule.rules.signup import GRACE, LIFE, OPENS, PRESENT, UNDO

log = logging.getLogger(__name__)
S = Signup.State
Way = Attendance.Way


@transaction.atomic
def check_in(
    signup: Signup,
    *,
    way: str,
    by: Person | None,
    at: datetime,
    moment: datetime | None = None,
    heads: int | None = None,
    code: str | codes.Presence = "",
    sheet: Sheet | None = None,
) -> Attendance:
    """Somebody is here. `moment` is when they came, if that was before it is told.

    By their own hand only with the `code` of the session's screen, seen now or some minutes ago; else by whoever runs
    it. `by` is None for a guest.
    """
    session, one, came = signup.session, Standing(by, at) if by else None, moment or at
    if one is None or way == Way.CODE:
        shown = code if isinstance(code, codes.Presence) else codes.Presence(code, at)
        _check_code(one, signup, codes.IN if way == Way.CODE else "", shown, at)
    else:
        _check_teller(one, signup, way, codes.IN)
    _check_came(session, came, at)
    if signup.state in {S.CHECKED_IN, S.ATTENDED}:
        raise NotNow(_("They are here already."))
    count = _heads(signup, heads)
    LIFE.move("check_in", one, signup, held_until=None)
    attendance, _made = Attendance.objects.get_or_create(session=session, signup=signup, person=signup.person)
    told = {"came": True, "heads": count, "arrived_at": came, "arrived_way": way, "late": at > session.end}
    _arrive(attendance, {**told, "arrived_by": _teller(way, by), "told_at": at, "sheet": sheet})
    journal.write("check_in", signup, by=by, at=at, way=way, came=came.isoformat(), heads=count)
    return attendance


@transaction.atomic
def check_out(
    signup: Signup,
    *,
    way: str,
    by: Person,
    at: datetime,
    moment: datetime | None = None,
    code: str = "",
    sheet: Sheet | None = None,
) -> Attendance:
    """Somebody leaves. Told afterwards by one, it waits for the other of leader and volunteer (`agree_left`)."""
    session, one, left = signup.session, Standing(by, at), moment or at
    if way == Way.CODE:
        _check_code(one, signup, codes.OUT, codes.Presence(code, at), at)
    else:
        _check_teller(one, signup, way, codes.OUT)
    attendance = Attendance.objects.select_for_update().filter(signup=signup).first()
    if attendance is None or attendance.arrived_at is None:
        raise NotNow(_("They have not been checked in."))
    if signup.state == S.ATTENDED:
        raise NotNow(_("They have left already."))
    check_left(attendance, left, way, at)
    LIFE.move("check_out", one, signup)
    attendance.left_at, attendance.left_way, attendance.left_by = left, way, _teller(way, by)
    attendance.late = attendance.late or way == Way.SAID or at > session.end + GRACE
    attendance.told_at, attendance.sheet = at, sheet or attendance.sheet
    attendance.save(update_fields=["left_at", "left_way", "left_by", "late", "told_at", "sheet"])
    journal.write("check_out", signup, by=by, at=at, way=way, left=left.isoformat())
    if not attendance.waits:
        tell_again(session, by, at)
    return attendance


@transaction.atomic
def take_back(signup: Signup, *, by: Person, at: datetime) -> None:
    """The last tap was a mistake: whoever came has not come, whoever left is here again."""
    attendance = Attendance.objects.select_for_update().filter(signup=signup).first()
    told = attendance.told_at if attendance else None
    if attendance is None or told is None or at - told > UNDO or signup.session.state == Session.State.REPORTED:
        raise NotNow(
            _("What was told can be taken back for 10 minutes. Tell the office above, which sees the journal.")
        )
    LIFE.move("take_back", Standing(by, at), signup)
    if signup.state == S.CONFIRMED:
        attendance.delete()
    else:
        attendance.left_at, attendance.left_way, attendance.left_by, attendance.told_at = None, "", None, None
        attendance.save(update_fields=["left_at", "left_way", "left_by", "told_at"])
    journal.write("take_back", signup, by=by, at=at)


@transaction.atomic
def walk_in(
    seat: Seat,
    *,
    way: str = Way.ROSTER,
    by: Person,
    at: datetime,
    moment: datetime | None = None,
    sheet: Sheet | None = None,
) -> Signup:
    """Somebody came unasked: a seat, and at once they are here; or neither."""
    signup = sign_up(replace(seat, walk_in=True), by=by, at=at)
    if signup.state != S.CONFIRMED:
        raise NotNow(_("No seat is free any more. Take them in for something else, or make the room larger."))
    check_in(signup, way=way, by=by, at=at, moment=moment, sheet=sheet)
    return signup


def check_left(attendance: Attendance, left: datetime, way: str, at: datetime) -> None:
    """Could somebody who came then have left at this moment?"""
    if attendance.arrived_at is None or left < attendance.arrived_at:
        raise Unfit(_("Nobody leaves before they came."), field="left")
    if left > at:
        raise Unfit(_("That is still to come."), field="left")
    if way == Way.SAID and at < attendance.session.end:
        raise NotNow(_("It is not over yet. Whoever leaves is checked out at the door."))
    if way == Way.SAID and left > attendance.session.end + GRACE:
        raise Unfit(_("It was over by then. Say when they left, at most half an hour after the end."), field="left")


def _check_code(one: Standing | None, signup: Signup, direction: str, shown: codes.Presence, at: datetime) -> None:
    """The screen's code speaks for whoever holds it: a person with their own sign-up, a guest with theirs."""
    own = signup.person_id is None if one is None else one.is_behind(signup)
    if not (direction and own):
        raise NotAllowed(_("This is somebody else's sign-up. Each comes with their own."))
    words = codes.fault(shown.code, signup.session_id, direction, shown.seen_at)
    if not words and not timedelta(0) <= at - shown.seen_at <= PRESENT:
        words = _("This code is from earlier. Hold the phone to the screen again.")
    if words:
        log.info("A code at the door of session %s was refused.", signup.session_id)
        raise NotNow(words)


def _check_teller(one: Standing, signup: Signup, way: str, direction: str) -> None:
    """Said afterwards, the person's own word begins; else the leader's."""
    own_end = way == Way.SAID and direction == codes.OUT and one.person.pk == signup.person_id
    if not own_end and not one.runs(signup.session):
        raise NotAllowed(_("Hold your phone to the code at the door, or tell whoever runs it that you are here."))


def _check_came(session: Session, came: datetime, at: datetime) -> None:
    if came > at:
        raise Unfit(_("That is still to come."), field="came")
    if came < session.start - OPENS:
        raise NotNow(_("Checking in begins 30 minutes before the start."))
    if came >= session.end or session.state == Session.State.REPORTED:
        raise NotNow(_("It is over already."))


def _heads(signup: Signup, told: int | None) -> int:
    """How many of a party really came."""
    heads = signup.headcount if told is None else told
    if not 1 <= heads <= MOST_HEADS:
        raise Unfit(_("A party is of 1 to %(most)d people.") % {"most": MOST_HEADS}, field="heads")
    if signup.headcount == 1 and not signup.party and heads > 1:
        raise Unfit(_("This is one person. Take in whoever came along at the door."), field="heads")
    return heads


def _teller(way: str, by: Person | None) -> Person | None:
    """Nobody was asked where the code on the screen said it."""
    return None if way == Way.CODE else by


def _arrive(attendance: Attendance, told: dict[str, object]) -> None:
    """Once: whoever has arrived already does not arrive again."""
    if not Attendance.objects.filter(pk=attendance.pk, arrived_at=None).update(**told):
        raise NotNow(_("They are here already."))
    attendance.refresh_from_db()


def tell_again(session: Session, by: Person, at: datetime) -> None:
    """An end that is known after the report: whoever counts looks once more."""
    session.refresh_from_db()
    if session.state == Session.State.REPORTED:
        reported.tell(Reported(session, by, at))
