"""A forgotten end: one of leader and volunteer says when it was, the other one agrees, or says otherwise."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.people.models import Person
from baixing.schedule.actions.attending import check_left, tell_again
from baixing.schedule.models import Attendance
from baixing.schedule.rules import Standing


@transaction.atomic
def agree_left(attendance: Attendance, *, by: Person, at: datetime) -> None:
    """The other of leader and volunteer says the same of an end that was told afterwards."""
    signup = attendance.signup
    if attendance.left_at is None or signup is None or not attendance.late:
        raise NotNow
    _check_other(attendance, Standing(by, at))
    unmoved = Attendance.objects.filter(pk=attendance.pk, left_agreed_by=None, left_at=attendance.left_at)
    if not unmoved.update(left_agreed_by=by, told_at=None):
        raise NotNow(_("It is confirmed already, or the time has changed. Please look again."))
    journal.write("agree_left", signup, by=by, at=at)
    tell_again(attendance.session, by, at)


@transaction.atomic
def correct_left(attendance: Attendance, left: datetime, *, by: Person, at: datetime) -> None:
    """It was at another time, says the other one; now the first one is asked."""
    signup = attendance.signup
    if attendance.left_at is None or signup is None or not attendance.waits:
        raise NotNow
    _check_other(attendance, Standing(by, at))
    check_left(attendance, left, Attendance.Way.SAID, at)
    unmoved = Attendance.objects.filter(pk=attendance.pk, left_agreed_by=None, left_at=attendance.left_at)
    if not unmoved.update(left_at=left, left_by=by, left_way=Attendance.Way.SAID, told_at=None):
        raise NotNow(_("It is confirmed already, or the time has changed. Please look again."))
    journal.write("correct_left", signup, by=by, at=at, left=left.isoformat())


def _check_other(attendance: Attendance, one: Standing) -> None:
    """Of the two, the one who has not told it: the volunteer, or whoever runs the session and is not the volunteer."""
    told_by_self = attendance.left_by_id == attendance.person_id
    own = one.person.pk == attendance.person_id
    if own == told_by_self or not (own or one.runs(attendance.session)):
        raise NotAllowed(_("Whoever told the time cannot also confirm it."))
