"""Walk-ins of a list without a network: one who was noted twice is one, and who finds no seat waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Refused
from baixing.kernel.rows import add
from baixing.kernel.seal import blind
from baixing.people.actions.turns import take_turn
from baixing.people.models import Person
from baixing.schedule.actions.attending import check_in, walk_in
from baixing.schedule.actions.checking import Seat
from baixing.schedule.models import Attendance, Role, Session, Signup, WalkIn
from baixing.schedule.rules import Standing

S = Signup.State
OFFLINE = Attendance.Way.OFFLINE
LONGEST: Final = 200  # letters of an answer
HERE: Final = (S.CHECKED_IN, S.ATTENDED)


@dataclass(frozen=True)
class Noted:
    """Somebody who came unasked, as the device tells it, by its own clock."""

    nonce: str
    role: int
    name: str
    phone: str
    headcount: int
    moment: datetime


def note(session: Session, noted: Noted, moment: datetime, *, by: Person, at: datetime) -> WalkIn:
    """Part of the caller's transaction; `moment` is by our clock."""
    role = session.roles.for_residents().filter(pk=noted.role).first() or session.roles.for_residents().first()
    if role is None:
        raise NotNow(_("There are no seats for residents. Take them in some other way."))
    role.session = session
    row = WalkIn(session=session, nonce=noted.nonce, role=role, guest=noted.name, phone=noted.phone)
    row.headcount, row.moment, row.by, row.at = noted.headcount, moment, by, at
    if not add(row):
        return WalkIn.objects.get(session=session, nonce=noted.nonce)
    try:
        with transaction.atomic():
            row.signup = _seated(row, by, at)
    except Refused as no:
        words = _("%(why)s It is kept: decide about it on the list at the door.")
        row.answer = (words % {"why": no})[:LONGEST]
    row.save(update_fields=["signup", "answer"])
    return row


@transaction.atomic
def take_noted(row: WalkIn, *, by: Person, at: datetime) -> Signup:
    """There is a seat for them after all, or room was made."""
    _decide(row, by, at)
    signup = walk_in(_seat(row), way=OFFLINE, by=by, at=at, moment=row.moment)
    WalkIn.objects.filter(pk=row.pk).update(signup=signup)
    return signup


@transaction.atomic
def leave_noted(row: WalkIn, *, by: Person, at: datetime) -> None:
    """The same person as another, or one for whom there was no seat. Their name goes."""
    _decide(row, by, at)
    WalkIn.objects.filter(pk=row.pk).update(guest="", phone="")
    journal.write("leave_noted", row.session, by=by, at=at, walk_in=row.pk)


def _decide(row: WalkIn, by: Person, at: datetime) -> None:
    if not Standing(by, at).runs(row.session):
        raise NotAllowed
    if not WalkIn.objects.undecided().filter(pk=row.pk).update(decided_by=by, decided_at=at):
        raise NotNow(_("Somebody has decided about this already."))


def _seated(row: WalkIn, by: Person, at: datetime) -> Signup:
    """Two lists that tell of one person come here one after the other."""
    take_turn("signups", blind(row.phone or f"{row.session_id} {_plain(row.guest)}"))
    if row.phone:
        same = _by_phone(row.session, row.phone)
    else:
        same = []
        _check_namesake(row)
    if len(same) > 1:
        raise NotNow(_("Several people have signed up with this number."))
    if not same:
        return walk_in(_seat(row), way=OFFLINE, by=by, at=at, moment=row.moment)
    signup = same[0]
    if signup.state not in HERE:
        check_in(signup, way=OFFLINE, by=by, at=at, moment=row.moment)
    return signup


def _by_phone(session: Session, phone: str) -> Sequence[Signup]:
    """Who is known by this number: a guest, or somebody with an account who signed up."""
    index = blind(phone)
    known = Q(person=None, phone_index=index) | Q(person__phone_index=index)
    waited = session.signups.filter(known, state__in=(S.WAITING, S.CONFIRMED, S.HELD, *HERE))
    return list(waited.select_related("session__unit", "session__team", "role", "person").order_by("pk"))


def _check_namesake(row: WalkIn) -> None:
    """Without a number nobody but a person knows whether two of one name are one."""
    guests = row.session.signups.filter(person=None, state__in=(S.CONFIRMED, S.HELD, *HERE)).exclude(guest="")
    others = WalkIn.objects.undecided().filter(session=row.session).exclude(pk=row.pk)
    names = {_plain(one.guest) for one in (*guests.only("guest"), *others.only("guest"))}
    if _plain(row.guest) in names:
        raise NotNow(_("Somebody of this name is here already. Is it the same person?"))


def _seat(row: WalkIn) -> Seat:
    role: Role = row.role
    role.session = row.session
    return Seat(role, guest=row.guest, phone=row.phone, headcount=row.headcount, agreed=True)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
