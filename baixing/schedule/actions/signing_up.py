"""Taking a seat, standing in line for one, and giving it back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.kernel.rows import add
from baixing.kernel.seal import blind
from baixing.people.actions.turns import take_turn
from baixing.people.models import Person
from baixing.people.rules import shares_phone
from baixing.schedule.actions import seats, telling
from baixing.schedule.models import MOST_HEADS, Role, Session, Signup
from baixing.schedule.queries import clash_of, has_licence, has_skill, live_of
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import LIFE, MOST_LIVE, asks_guardian, unfit

S = Signup.State


@dataclass(frozen=True)
class Seat:
    """Who would like to come to a session, as what, and how many of them.

    Without a person it is a guest with a name and a phone, or a party.
    """

    role: Role
    person: Person | None = None
    headcount: int = 1
    party: str = ""
    guest: str = ""
    phone: str = ""
    agreed: bool = False
    walk_in: bool = False
    together: str = ""


@transaction.atomic
def sign_up(seat: Seat, *, by: Person | None, at: datetime) -> Signup:
    """A seat, a place in the line, or a wait for a yes; told which. Two at once never get one seat."""
    session = seat.role.session
    _check_open(session, at, at_the_door=seat.walk_in)
    _check_seat(seat)
    if by is not None:
        _check_author(seat, Standing(by, at))
    if seat.person is not None:
        _check_person(seat.role, seat.person)
    signup = _row(seat, _first_state(seat, by, at), by, at)
    if not add(signup):
        raise NotNow(_("%(name)s is signed up for this already.") % {"name": _name(seat)})
    journal.write("sign_up", signup, by=by, at=at, session=session.pk, headcount=seat.headcount)
    if not seat.walk_in:  # they stand there
        telling.signed_up(signup, at)
    return signup


@transaction.atomic
def sign_up_all(wanted: Sequence[Seat], *, by: Person, at: datetime) -> list[Signup]:
    """A family in one go: all of them are signed up, or none."""
    together = secrets.token_hex(8)
    ordered = sorted(wanted, key=lambda seat: (seat.role.pk, seat.person.pk if seat.person else 0))
    return [sign_up(replace(seat, together=together), by=by, at=at) for seat in ordered]


@transaction.atomic
def allow(signup: Signup, *, by: Person, at: datetime) -> None:
    """The guardian says yes; only now a seat is looked for."""
    one = Standing(by, at)
    LIFE.check("allow", one, signup, end=S.APPLIED)
    _check_open(signup.session, at)
    _settle("allow", signup, one, at, applied=signup.session.approval, guardian=by)


@transaction.atomic
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
def confirm(signup: Signup, *, by: Person, at: datetime) -> None:
    """Take the seat that was kept."""
    if signup.held_until is not None and at >= signup.held_until:
        raise NotNow(
            _("The seat was kept until %(when)s and has gone on to others.")
            % {"when": f"{signup.held_until.astimezone(LOCAL):%H:%M}"}
        )
    LIFE.move("confirm", Standing(by, at), signup, held_until=None)
    journal.write("confirm", signup, by=by, at=at)
    telling.confirmed(signup, at)


@transaction.atomic
def cancel(signup: Signup, *, by: Person, at: datetime) -> None:
    """Give the seat back, or leave the line. Exactly these seats are free again, and go to the first of the line."""
    if at >= signup.session.end:
        raise NotNow(_("It is over already."))
    seated = signup.is_seated
    LIFE.move("cancel", Standing(by, at), signup, held_until=None)
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


def _settle(
    verb: str, signup: Signup, one: Standing, at: datetime, *, applied: bool = False, **changes: object
) -> None:
    """A seat if there is one, or else a place in the line, which counts from when they first asked."""
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
    if seat.role.session.approval and not seat.walk_in:
        return S.APPLIED
    return _seat_or_line(seat.role, seat.headcount)


def _seat_or_line(role: Role, heads: int) -> S:
    return S.CONFIRMED if seats.take_or_wait(role, heads) else S.WAITING


def _is_guarded(person: Person, at: datetime) -> bool:
    return asks_guardian(person, at.astimezone(LOCAL).date())


def _answers(child: Person, by: Person | None, at: datetime) -> bool:
    return by is not None and child.pk in Standing(by, at).wards


def _check_open(session: Session, at: datetime, *, at_the_door: bool = False) -> None:
    if not session.takes_signups:
        raise NotAllowed(_("Nobody signs up for a visit at somebody's home."))
    if at_the_door and session.state in {Session.State.OPEN, Session.State.HELD}:
        return  # whoever came, came: from a paper sheet it is told when all is over
    if session.state != Session.State.OPEN or at >= session.end:
        raise NotNow(_("Nobody can sign up for this any more."))
    if session.signup_from is not None and at < session.signup_from:
        raise NotNow(_("Signing up begins at %(when)s.") % {"when": _local(session.signup_from)})
    if session.signup_until is not None and at >= session.signup_until:
        raise NotNow(_("Signing up ended at %(when)s.") % {"when": _local(session.signup_until)})


def _check_seat(seat: Seat) -> None:
    if not 1 <= seat.headcount <= MOST_HEADS:
        raise Unfit(_("A party is of 1 to %(most)d people.") % {"most": MOST_HEADS}, field="headcount")
    if seat.headcount > seat.role.seats:
        words = _("There are %(seats)d seats in all. Come in two parties, or ask for a larger room.")
        raise Unfit(words % {"seats": seat.role.seats}, field="headcount")
    if seat.role.for_volunteers and (seat.headcount != 1 or seat.person is None):
        raise Unfit(_("Each volunteer signs up for themself."), field="headcount")
    if seat.role.session.agreement and not seat.agreed:
        raise Unfit(_("Please read what is agreed, and tick that you agree."), field="agreed")


def _check_author(seat: Seat, one: Standing) -> None:
    """One's own, the household's, a ward's; anybody's by whoever runs the session, at the door or on the phone."""
    person = seat.person
    if seat.walk_in and not one.runs(seat.role.session):
        raise NotAllowed(_("Only whoever runs the session takes people in at the door."))
    if person is None or person.pk in {one.person.pk, *one.wards} or shares_phone(one.person, person):
        return
    if not one.runs(seat.role.session):
        raise NotAllowed(_("Sign up yourself and your family; others sign up themselves, or call the station."))


def _check_person(role: Role, person: Person) -> None:
    take_turn("signups", str(person.pk))
    if words := unfit(role, person, role.session.start.astimezone(LOCAL).date()):
        raise NotNow(words)
    if live_of(person) >= MOST_LIVE:
        raise TooMany(
            _("You have %(most)d sign-ups that are still to come. Give one back first.") % {"most": MOST_LIVE}
        )
    if (other := clash_of(person, role.session)) is not None:
        words = _("%(name)s is signed up for “%(title)s” at the same time.")
        raise NotNow(words % {"name": person.name, "title": other.session.title})
    _check_craft(role, person)


def _check_craft(role: Role, person: Person) -> None:
    """志愿服务条例 art. 15: what needs a skill or a licence is done by those who have it."""
    if role.skill is not None and not has_skill(person, role.skill):
        words = _("This asks for somebody of a team that can do: %(skill)s (志愿服务条例 art. 15).")
        raise NotNow(words % {"skill": role.skill.name})
    if role.licence is not None and not has_licence(person, role.licence, role.session.start.astimezone(LOCAL).date()):
        words = _("This asks for a valid licence: %(licence)s (志愿服务条例 art. 15).")
        raise NotNow(words % {"licence": role.licence.name})


def _name(seat: Seat) -> str:
    return seat.person.name if seat.person else (seat.guest or seat.party)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
