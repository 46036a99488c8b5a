"""Who comes and goes: each once, told by whom and by which way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Session, Signup
from baixing.schedule.news import Reported, reported
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import LIFE, OPENS

S = Signup.State
Way = Attendance.Way
GRACE = timedelta(minutes=30)  # after the end, in which leaving is told without being late


@transaction.atomic
def check_in(
    signup: Signup, *, way: str, by: Person, at: datetime, moment: datetime | None = None, heads: int | None = None
) -> Attendance:
    """Somebody is here. `moment` is when they came, if that was before it is told.

    By their own hand only with the code of the session's screen; else by whoever runs it.
    """
    session, one, came = signup.session, Standing(by, at), moment or at
    _check_teller(one, signup, way)
    _check_moment(session, came, at)
    LIFE.move("check_in", one, signup, held_until=None)
    attendance, _made = Attendance.objects.get_or_create(session=session, signup=signup, person=signup.person)
    _arrive(attendance, signup.headcount if heads is None else heads, way, one, came, late=_is_late(session, at))
    journal.write("check_in", signup, by=by, at=at, way=way, came=came.isoformat())
    return attendance


@transaction.atomic
def check_out(signup: Signup, *, way: str, by: Person, at: datetime, moment: datetime | None = None) -> Attendance:
    """Somebody leaves. Told by a leader afterwards, it waits for the volunteer's own word (`agree_left`)."""
    session, one, left = signup.session, Standing(by, at), moment or at
    _check_teller(one, signup, way)
    attendance = Attendance.objects.select_for_update().filter(signup=signup).first()
    if attendance is None or attendance.arrived_at is None:
        raise NotNow(_("They are not here."))
    if left < attendance.arrived_at:
        raise Unfit(_("Nobody leaves before they came."), field="left")
    if left > at:
        raise Unfit(_("That is still to come."), field="left")
    LIFE.move("check_out", one, signup)
    attendance.left_at, attendance.left_way, attendance.left_by = left, way, by
    attendance.late = attendance.late or _is_late(session, at)
    attendance.save(update_fields=["left_at", "left_way", "left_by", "late"])
    journal.write("check_out", signup, by=by, at=at, way=way, left=left.isoformat())
    if not attendance.late:
        _tell_again(session, by, at)
    return attendance


@transaction.atomic
def agree_left(attendance: Attendance, *, by: Person, at: datetime) -> None:
    """The other of leader and volunteer says the same of an end that was told afterwards."""
    signup = attendance.signup
    if attendance.left_at is None or signup is None or not attendance.late:
        raise NotNow
    one = Standing(by, at)
    told_by_self = attendance.left_by_id == attendance.person_id
    if not (one.runs(attendance.session) if told_by_self else by.pk == attendance.person_id):
        raise NotAllowed(_("Whoever told the time cannot also confirm it."))
    if not Attendance.objects.filter(pk=attendance.pk, left_agreed_by=None).update(left_agreed_by=by):
        raise NotNow(_("It is confirmed already."))
    journal.write("agree_left", signup, by=by, at=at)
    _tell_again(attendance.session, by, at)


def _tell_again(session: Session, by: Person, at: datetime) -> None:
    """An end that is known after the report: whoever counts looks once more."""
    session.refresh_from_db()
    if session.state == Session.State.REPORTED:
        reported.tell(Reported(session, by, at))


def _check_teller(one: Standing, signup: Signup, way: str) -> None:
    if one.runs(signup.session):
        return
    if way == Way.CODE and one.is_behind(signup):
        return
    raise NotAllowed(_("Hold your phone to the code at the door, or tell whoever runs it that you are here."))


def _check_moment(session: Session, came: datetime, at: datetime) -> None:
    if came > at:
        raise Unfit(_("That is still to come."), field="came")
    if came < session.start - OPENS:
        raise NotNow(_("Checking in begins 30 minutes before the start."))
    if came >= session.end:
        raise NotNow(_("It is over already."))


def _arrive(attendance: Attendance, heads: int, way: str, one: Standing, came: datetime, *, late: bool) -> None:
    """Once: whoever has arrived already does not arrive again."""
    told = {
        "came": True,
        "heads": heads,
        "arrived_at": came,
        "arrived_way": way,
        "arrived_by": one.person,
        "late": late,
    }
    if not Attendance.objects.filter(pk=attendance.pk, arrived_at=None).update(**told):
        raise NotNow(_("They are here already."))
    attendance.refresh_from_db()


def _is_late(session: Session, at: datetime) -> bool:
    return at > session.end + GRACE
