"""The number on the leader's screen, and the device at the door."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany
from baixing.kernel.seal import blind
from baixing.people.actions.turns import give_back_try, take_try
from baixing.people.models import Person
from baixing.schedule.actions.attending import check_in, check_out, walk_in
from baixing.schedule.actions.checking import Seat
from baixing.schedule.models import Attendance, Session, Signup, Tablet
from baixing.schedule.queries.door import WAITED, found_by, phone_of
from baixing.schedule.rules import Standing, codes
from baixing.schedule.rules import tablet as tablets
from baixing.schedule.rules.signup import GRACE

PERSON_TRIES, DOOR_TRIES = 8, 200  # wrong numbers within ten minutes: of one person, and at one door


def read_number(session: Session, typed: str, *, by: Person, at: datetime) -> str:
    """The code beside which this number stands on the screen.

    A wrong one costs a try, also when what follows is refused: this is a transaction of its own.
    """
    spent = _spend({f"{session.pk} {by.pk}": PERSON_TRIES, f"{session.pk}": DOOR_TRIES}, at)
    code = codes.behind_number(typed, session.pk, at)
    if not code:
        raise NotNow(_("This number does not stand on the screen. Look again: it changes every half minute."))
    if codes.is_fresh(code, session.pk, at):
        _give_back(spent)
    return code


@transaction.atomic
def tell_by_code(signups: Sequence[Signup], code: str, *, by: Person, at: datetime) -> None:
    """Oneself, or a family in one go: all of them come or go by the code on the screen, or none."""
    if not signups:
        raise NotNow(_("There is nobody to check in or out. Have you signed up?"))
    told = check_out if codes.direction_of(code) == codes.OUT else check_in
    for signup in signups:
        told(signup, way=Attendance.Way.CODE, by=by, at=at, code=code)


@transaction.atomic
def reveal(signup: Signup, *, by: Person, at: datetime) -> None:
    """Whoever runs it looks at the number of somebody who is missing, to call them. Each look is a line."""
    if not Standing(by, at).runs(signup.session):
        raise NotAllowed
    if not phone_of(signup):
        raise NotNow(_("They left no number."))
    if signup.state not in WAITED:
        raise NotNow(_("They are here already."))
    journal.write("reveal", signup, by=by, at=at)


@transaction.atomic
def set_up_tablet(session: Session, *, by: Person, at: datetime) -> Tablet:
    """A link for one device at the door, until half an hour after the end."""
    if not Standing(by, at).runs(session):
        raise NotAllowed
    if at >= session.end or session.state not in {Session.State.OPEN, Session.State.HELD}:
        raise NotNow(_("It is over already."))
    tablet = Tablet.objects.create(session=session, made_by=by, made_at=at, until=session.end + GRACE)
    journal.write("set_up_tablet", session, by=by, at=at, tablet=tablet.pk)
    return tablet


@transaction.atomic
def bind_tablet(tablet: Tablet, *, at: datetime) -> str:
    """The first device that takes the link is the only one; what it keeps to be known again."""
    if words := tablets.fault(tablet, at):
        raise NotNow(words)
    kept = secrets.token_urlsafe(24)
    free = Tablet.objects.filter(pk=tablet.pk, device="", ended_at=None)
    if not free.update(device=tablets.device_digest(kept), bound_at=at):
        raise NotNow(_("This link is used on another device. Ask the leader for one of your own."))
    journal.write("bind_tablet", tablet.session, by=None, at=at, tablet=tablet.pk)
    return kept


@transaction.atomic
def end_tablet(tablet: Tablet, *, by: Person, at: datetime) -> None:
    if not Standing(by, at).runs(tablet.session):
        raise NotAllowed
    if not Tablet.objects.filter(pk=tablet.pk, ended_at=None).update(ended_at=at):
        raise NotNow(_("It has been ended already."))
    journal.write("end_tablet", tablet.session, by=by, at=at, tablet=tablet.pk)


def find_on_tablet(tablet: Tablet, typed: str, *, at: datetime) -> list[Signup]:
    """Whose four digits or code these are. What finds nobody costs a try, counted for the device."""
    if words := tablets.fault(tablet, at):
        raise NotNow(words)
    spent = _spend({f"tablet {tablet.pk}": tablets.WRONG_TRIES}, at)
    found = found_by(tablet.session, typed)
    if found:
        _give_back(spent)
    return found


def check_in_on_tablet(tablet: Tablet, signup: int, typed: str, *, at: datetime) -> Attendance:
    """Who typed the four digits and chose their name is here; the leader who set up the device speaks for it."""
    found = [one for one in find_on_tablet(tablet, typed, at=at) if one.pk == signup]
    if not found:
        raise NotNow(_("We did not find you. Type the last four digits of your phone again, or go to the leader."))
    return check_in(found[0], way=Attendance.Way.DESK, by=tablet.made_by, at=at)


def check_out_on_tablet(tablet: Tablet, signup: int, typed: str, *, at: datetime) -> Attendance:
    """The same for whoever leaves."""
    found = [one for one in find_on_tablet(tablet, typed, at=at) if one.pk == signup]
    if not found:
        raise NotNow(_("We did not find you. Type the last four digits of your phone again, or go to the leader."))
    return check_out(found[0], way=Attendance.Way.DESK, by=tablet.made_by, at=at)


def sign_up_on_tablet(tablet: Tablet, seat: Seat, *, at: datetime) -> Signup:
    """Whoever came unasked takes a seat at the device and is here; the leader who set it up speaks for it."""
    if words := tablets.fault(tablet, at):
        raise NotNow(words)
    _spend({f"tablet seats {tablet.pk}": tablets.MOST_SEATS_TAKEN}, at)
    return walk_in(seat, way=Attendance.Way.DESK, by=tablet.made_by, at=at)


def _spend(limits: dict[str, int], at: datetime) -> list[str]:
    """Use up one try of each; they are counted by conditional updates, so the count holds across processes."""
    spent = []
    for name, tries in limits.items():
        index = blind(f"door:{name}:{int(at.timestamp()) // 600}")
        if not take_try("door", index, tries=tries):
            raise TooMany(_("Too many wrong tries. Go to the leader, or try again in ten minutes."))
        spent.append(index)
    return spent


def _give_back(spent: list[str]) -> None:
    for index in spent:
        give_back_try("door", index)
