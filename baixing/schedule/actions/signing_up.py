"""Taking a seat, standing in line for one, and giving it back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.rows import add
from baixing.kernel.seal import blind
from baixing.people.models import Person
from baixing.schedule.actions import seats, telling
from baixing.schedule.actions.checking import Seat, check_clash, check_may_take, check_open
from baixing.schedule.models import Role, Signup
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import LIFE, asks_guardian

S = Signup.State


@seats.settling
def sign_up(seat: Seat, *, by: Person | None, at: datetime) -> Signup:
    """A seat, a place in the line, or a wait for a yes; told which. Two at once never get one seat."""
    return _signed_up(seat, by, at)


def made(seat: Seat, state: str, *, by: Person | None, at: datetime) -> Signup:
    """The row of a sign-up, its line and its notices. Its seats are the caller's business."""
    signup = _row(seat, state, by, at)
    if not add(signup):
        raise NotNow(_("%(name)s is signed up for this already.") % {"name": _name(seat)})
    journal.begin("sign_up", signup, by=by, at=at, session=seat.role.session_id, headcount=seat.headcount)
    if not seat.walk_in or state in {S.APPLIED, S.AWAITING_GUARDIAN}:  # else they stand there
        telling.signed_up(signup, at)
    return signup


@seats.settling
def sign_up_all(wanted: Sequence[Seat], *, by: Person, at: datetime) -> list[Signup]:
    """A family in one go: all of them are signed up, or none."""
    together = secrets.token_hex(8)
    ordered = sorted(wanted, key=lambda seat: (seat.role.pk, seat.person.pk if seat.person else 0))
    return [_signed_up(replace(seat, together=together), by, at) for seat in ordered]


@seats.settling
def allow(signup: Signup, *, by: Person, at: datetime) -> None:
    """The guardian says yes; only now a seat is looked for."""
    one = Standing(by, at)
    LIFE.check("allow", one, signup, end=S.APPLIED)
    check_open(signup.session, at)
    _settle("allow", signup, one, at, applied=signup.session.approval, guardian=by)


@seats.settling
def approve(signup: Signup, *, by: Person, at: datetime) -> None:
    one = Standing(by, at)
    LIFE.check("approve", one, signup, end=S.CONFIRMED)
    _settle("approve", signup, one, at)


@transaction.atomic
def reject(signup: Signup, *, words: str, by: Person, at: datetime) -> None:
    if not words.strip():
        raise Unfit(_("Say why, so that they know what to do next."), field="words")
    LIFE.move("reject", Standing(by, at), signup)
    journal.write("reject", signup, by=by, at=at, words=words)
    telling.rejected(signup, words, at)


@transaction.atomic
def confirm(signup: Signup, *, by: Person | None, at: datetime) -> None:
    """Take the seat that was kept. `by` is None for a guest, who has shown the code of the sign-up."""
    if signup.held_until is not None and at >= signup.held_until:
        raise NotNow(
            _("The seat was kept until %(when)s and has gone on to others.")
            % {"when": f"{signup.held_until.astimezone(LOCAL):%H:%M}"}
        )
    if signup.person is not None:
        check_clash(signup.person, signup.session)
    LIFE.move("confirm", _standing(by, signup, at), signup, held_until=None)
    journal.write("confirm", signup, by=by, at=at)
    telling.confirmed(signup, at)


@transaction.atomic
def cancel(signup: Signup, *, by: Person | None, at: datetime) -> None:
    """Give the seat back, or leave the line. Exactly these seats are free again, and go to the first of the line.

    `by` is None for a guest, who has shown the code of the sign-up.
    """
    if at >= signup.session.end:
        raise NotNow(_("It is over already."))
    seated = signup.is_seated
    LIFE.move("cancel", _standing(by, signup, at), signup, held_until=None)
    journal.write("cancel", signup, by=by, at=at)
    telling.gone(signup, at)
    if seated:
        seats.free(signup.role, signup.headcount, at=at)


@transaction.atomic
def lapse(signup: Signup, *, by: Person | None, at: datetime) -> None:
    """A kept seat that nobody confirmed goes on; whoever still waits when it begins has waited in vain."""
    seated = signup.is_seated
    LIFE.move("lapse", Standing(by, at) if by else None, signup, held_until=None)
    journal.write("lapse", signup, by=by, at=at)
    telling.lapsed(signup, at)
    if seated:
        seats.free(signup.role, signup.headcount, at=at)


def _signed_up(seat: Seat, by: Person | None, at: datetime) -> Signup:
    check_may_take(seat, by=by, at=at)
    return made(seat, _first_state(seat, by, at), by=by, at=at)


def _standing(by: Person | None, signup: Signup, at: datetime) -> Standing | None:
    if by is None and signup.person_id is not None:
        raise NotAllowed(_("Please sign in: this is the sign-up of somebody with an account."))
    return Standing(by, at) if by else None


def _settle(
    verb: str, signup: Signup, one: Standing, at: datetime, *, applied: bool = False, **changes: object
) -> None:
    """A seat if there is one, or else a place in the line, which counts from when they first asked."""
    if signup.person is not None and not applied:
        check_clash(signup.person, signup.session)
    end = S.APPLIED if applied else _seat_or_line(signup.role, signup.headcount)
    LIFE.move(verb, one, signup, end=end, **changes)
    journal.write(verb, signup, by=one.person, at=at)
    telling.signed_up(signup, at)


def _row(seat: Seat, state: str, by: Person | None, at: datetime) -> Signup:
    return Signup(
        state=state,
        session=seat.role.session,
        role=seat.role,
        person=seat.person,
        by=by,
        at=at,
        queued_at=at,
        headcount=seat.headcount,
        party=seat.party,
        together=seat.together,
        guest=seat.guest,
        phone=seat.phone,
        phone_index=blind(seat.phone) if seat.phone else "",
        code=secrets.token_hex(8),
        agreed_at=at if seat.agreed else None,
        walk_in=seat.walk_in,
        guardian=by if seat.person and by and seat.person.pk != by.pk and _is_guarded(seat.person, at) else None,
    )


def _first_state(seat: Seat, by: Person | None, at: datetime) -> str:
    """Takes the seats, if that is what it comes to."""
    if seat.person is not None and _is_guarded(seat.person, at) and not _answers(seat.person, by, at):
        return S.AWAITING_GUARDIAN
    if seat.role.session.approval and (seat.present or not seat.walk_in):
        return S.APPLIED
    return _seat_or_line(seat.role, seat.headcount)


def _seat_or_line(role: Role, heads: int) -> S:
    return S.CONFIRMED if seats.take_or_wait(role, heads) else S.WAITING


def _is_guarded(person: Person, at: datetime) -> bool:
    return asks_guardian(person, at.astimezone(LOCAL).date())


def _answers(child: Person, by: Person | None, at: datetime) -> bool:
    return by is not None and child.pk in Standing(by, at).wards


def _name(seat: Seat) -> str:
    return seat.person.name if seat.person else (seat.guest or seat.party)
