"""Who may come to what, as what, and how many of them: asked before a seat is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.kernel.seal import blind
from baixing.people.actions.turns import take_turn
from baixing.people.models import Person
from baixing.people.rules import shares_phone
from baixing.schedule.models import MOST_HEADS, Role, Session, Signup
from baixing.schedule.queries import clash_of, has_licence, has_skill, live_of
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import MOST_GUEST, MOST_LIVE, MOST_PARTIES, unfit


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
    present: bool = False  # a walk-in by their own hand, with the code of the screen
    together: str = ""


def check_may_take(seat: Seat, *, by: Person | None, at: datetime) -> None:
    """Whether these people may come to this as what they want to, however many seats there are."""
    check_open(seat.role.session, at, walk_in=seat.walk_in)
    _check_seat(seat)
    if by is not None:
        _check_author(seat, Standing(by, at))
    if seat.person is not None:
        _check_person(seat.role, seat.person)
    elif seat.phone:
        _check_guest(seat)


def check_open(session: Session, at: datetime, *, walk_in: bool = False) -> None:
    if not session.takes_signups:
        raise NotAllowed(_("Nobody signs up for a visit at somebody's home."))
    if walk_in and session.state in {Session.State.OPEN, Session.State.HELD}:
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
    if seat.walk_in and not seat.present and not one.runs(seat.role.session):
        raise NotAllowed(_("Only whoever runs the session takes people in at the door."))
    if person is None:
        _check_party(seat, one)
        return
    if person.pk == one.person.pk or person.pk in one.wards or shares_phone(one.person, person):
        return
    if not one.runs(seat.role.session):
        raise NotAllowed(_("Sign up yourself and your family; others sign up themselves, or call the station."))


def _check_party(seat: Seat, one: Standing) -> None:
    """A group visit is anybody's to announce, two parties a person at most; the rest is for whoever runs it."""
    session = seat.role.session
    if one.runs(session):
        return
    if session.kind != Session.Kind.GROUP_VISIT:
        raise NotAllowed(_("Groups are entered by whoever runs this. Please call them."))
    take_turn("signups", str(one.person.pk))
    own = Signup.objects.live().filter(session=session, by=one.person, person=None)
    if own.count() >= MOST_PARTIES:
        raise TooMany(_("You have announced %(most)d groups for this. Please call for more.") % {"most": MOST_PARTIES})


def _check_guest(seat: Seat) -> None:
    """A proven phone without an account comes once to a session, and to five at most."""
    take_turn("signups", blind(seat.phone))
    own = Signup.objects.live().filter(phone_index=blind(seat.phone))
    if own.filter(session=seat.role.session).exists():
        raise NotNow(_("This number is signed up for this already."))
    if own.count() >= MOST_GUEST:
        raise TooMany(_("This number has %(most)d sign-ups. Sign in to have more.") % {"most": MOST_GUEST})


def _check_person(role: Role, person: Person) -> None:
    take_turn("signups", str(person.pk))
    if words := unfit(role, person, role.session.start.astimezone(LOCAL).date()):
        raise NotNow(words)
    if len(live := live_of(person)) >= MOST_LIVE:
        raise TooMany(
            _("You have %(most)d sign-ups that are still to come. Give one back first.") % {"most": MOST_LIVE}
        )
    _check_apart(live, person, role.session)
    _check_craft(role, person)


def check_clash(person: Person, session: Session) -> None:
    """Nobody holds two seats at one time; asked anew of a seat that was waited for."""
    take_turn("signups", str(person.pk))
    _check_apart(live_of(person), person, session)


def _check_apart(live: Sequence[Signup], person: Person, session: Session) -> None:
    if (other := clash_of(live, session)) is not None:
        words = _("%(name)s is signed up for “%(title)s” at the same time.")
        raise NotNow(words % {"name": person.name, "title": other.session.title})


def _check_craft(role: Role, person: Person) -> None:
    """志愿服务条例 art. 15: what needs a skill or a licence is done by those who have it."""
    if role.skill is not None and not has_skill(person, role.skill):
        words = _("This asks for somebody of a team that can do: %(skill)s (志愿服务条例 art. 15).")
        raise NotNow(words % {"skill": role.skill.name})
    if role.licence is not None and not has_licence(person, role.licence, role.session.start.astimezone(LOCAL).date()):
        words = _("This asks for a valid licence: %(licence)s (志愿服务条例 art. 15).")
        raise NotNow(words % {"licence": role.licence.name})


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
