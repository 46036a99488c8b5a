"""Signing up at the door itself: whoever held their phone to the screen is in at once, if a seat is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotNow
from baixing.kernel.seal import blind
from baixing.people.models import Person
from baixing.schedule.actions.attending import check_in
from baixing.schedule.actions.checking import Seat
from baixing.schedule.actions.signing_up import sign_up
from baixing.schedule.models import Attendance, Session, Signup
from baixing.schedule.rules.codes import Presence

S = Signup.State


@transaction.atomic
def come_in(seats: Sequence[Seat], presence: Presence, *, by: Person | None, at: datetime) -> list[Signup]:
    """Signed up and here in one step, all of them or none; only who needs a yes of somebody else still waits for it.

    `by` is None for a guest, who has shown that the phone is theirs.
    """
    return [_come_in(seat, presence, by, at) for seat in seats]


def _come_in(seat: Seat, presence: Presence, by: Person | None, at: datetime) -> Signup:
    signup = _there(seat) or sign_up(replace(seat, walk_in=True, present=True), by=by, at=at)
    if signup.state == S.WAITING:
        raise NotNow(_("No seat is free any more. Please speak to whoever stands at the door."))
    if signup.state in {S.CONFIRMED, S.HELD}:
        way = Attendance.Way.CODE
        check_in(signup, way=way, by=by, at=at, code=presence)
    return signup


def _there(seat: Seat) -> Signup | None:
    """A guest who signed up at home comes with that one."""
    if seat.person is not None or not seat.phone:
        return None
    return guest_of(seat.role.session, seat.phone)


def guest_of(session: Session, phone: str) -> Signup | None:
    """The live sign-up of a phone without an account."""
    own = Signup.objects.live().filter(session=session, person=None, phone_index=blind(phone))
    return own.select_related("session__unit", "session__team", "role", "person").first()
