"""A session that lacks people fills up again: those who stand by, places handed on, a word when seats are free."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import Entry
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.models import Person
from baixing.schedule.actions import telling
from baixing.schedule.actions.checking import Seat, check_may_take
from baixing.schedule.actions.signing_up import made
from baixing.schedule.models import HOURS, Alert, Role, Session, Signup, Standby
from baixing.schedule.queries import standing_by
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import LIFE, asks_guardian

AGAIN = timedelta(hours=6)  # between two calls for helpers


@transaction.atomic
def stand_by(role: Role, *, by: Person, at: datetime) -> Standby:
    """I come if you lack people. Said once, and taken back at any time."""
    _check_ahead(role.session, at)
    if not role.for_volunteers:
        raise NotNow(_("For a seat you stand in the line; standing by is for volunteers."))
    found, new = Standby.objects.get_or_create(role=role, person=by, defaults={"at": at})
    if new:
        journal.write("stand_by", role.session, by=by, at=at, role=role.pk)
    return found


@transaction.atomic
def stand_down(role: Role, *, by: Person, at: datetime) -> None:
    if Standby.objects.filter(role=role, person=by).delete()[0]:
        journal.write("stand_down", role.session, by=by, at=at, role=role.pk)


@transaction.atomic
def ask_alert(session: Session, hours: int, *, by: Person, at: datetime) -> Alert:
    """Tell me so many hours before, if places are free then."""
    _check_ahead(session, at)
    if hours not in HOURS:
        raise Unfit(_("Choose one of the times."), field="hours")
    due = session.start - timedelta(hours=hours)
    if due <= at:
        raise Unfit(_("That moment has passed already."), field="hours")
    return Alert.objects.update_or_create(
        session=session, person=by, defaults={"hours": hours, "due": due, "at": at, "told_at": None}
    )[0]


@transaction.atomic
def drop_alert(session: Session, *, by: Person) -> None:
    Alert.objects.filter(session=session, person=by, told_at=None).delete()


@transaction.atomic
def tell_alert(alert: Alert, *, at: datetime) -> bool:
    """Once, when it is due; nobody is told where they cannot sign up any more, or have."""
    if not Alert.objects.filter(pk=alert.pk, told_at=None).update(told_at=at):
        return False
    session = alert.session
    begun = session.state != Session.State.OPEN or at >= session.start
    ended = session.signup_until is not None and at >= session.signup_until
    if begun or ended or not any(role.free for role in session.roles.all()):
        return False
    if Signup.objects.live().filter(session=session, person=alert.person).exists():
        return False
    telling.free(session, [alert.person], at)
    return True


@transaction.atomic
def refill(session: Session, *, by: Person, at: datetime) -> int:
    """Ask those who stand by, and the team, to come; how many. At most every six hours."""
    if not Standing(by, at).runs(session):
        raise NotAllowed(_("Only whoever runs it can ask for helpers."))
    _check_ahead(session, at)
    if Entry.objects.of(session).filter(verb="refill", at__gt=at - AGAIN).exists():
        raise NotNow(_("They were asked a short while ago. Give them time to answer."))
    people = standing_by(session)
    if not people:
        raise NotNow(_("Nobody stands by, and everybody of the team is signed up."))
    Standby.objects.filter(role__session=session).update(asked_at=at)
    telling.needed(session, people, at)
    journal.write("refill", session, by=by, at=at, asked=len(people))
    return len(people)


@transaction.atomic
def offer(signup: Signup, *, by: Person, at: datetime) -> None:
    """Somebody else may take this place over; until then it stays theirs."""
    LIFE.move("offer", Standing(by, at), signup, offered_at=at)
    journal.write("offer", signup, by=by, at=at)


@transaction.atomic
def keep(signup: Signup, *, by: Person, at: datetime) -> None:
    LIFE.move("keep", Standing(by, at), signup, offered_at=None)
    journal.write("keep", signup, by=by, at=at)


@transaction.atomic
def take_over(signup: Signup, *, agreed: bool, by: Person, at: datetime) -> Signup:
    """The place goes from one volunteer to another in one step: it is never free in between, and never twice."""
    seat = Seat(signup.role, by, agreed=agreed)
    check_may_take(seat, by=by, at=at)
    if signup.session.approval:
        raise NotNow(_("Each sign-up for this waits for a yes. Sign up for it; whoever runs it decides."))
    if asks_guardian(by, at.astimezone(LOCAL).date()):
        raise NotNow(_("A guardian has to agree first. Sign up for it; they are told."))
    LIFE.move("hand_on", None, signup, offered_at=None)
    journal.write("hand_on", signup, by=by, at=at)
    telling.gone(signup, at)
    taken = made(seat, Signup.State.CONFIRMED, by=by, at=at)
    telling.handed_on(signup, by, at)
    return taken


def _check_ahead(session: Session, at: datetime) -> None:
    if session.state != Session.State.OPEN or at >= session.start:
        raise NotNow(_("It has begun, or will not be held."))
