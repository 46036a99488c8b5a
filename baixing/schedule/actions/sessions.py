"""A session is planned, opened, changed, called off, held and reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.actions import seats, telling
from baixing.schedule.actions.bookings_of_sessions import call_off_bookings, move_bookings
from baixing.schedule.actions.visiting import Slot
from baixing.schedule.models import MOST_SEATS, Alert, Attendance, Role, Session, Signup
from baixing.schedule.news import CalledOff, Reported, called_off, reported
from baixing.schedule.queries import reachable
from baixing.schedule.rules import FARTHEST, LIFE, LONGEST, Standing
from baixing.schedule.rules import signup as signups
from baixing.teams.models import LicenceKind, Skill, Team

S = Session.State
DAY = timedelta(days=1)
MOST_ROLES = 12


@dataclass(frozen=True)
class Need:
    """One kind of seat: for whom, how many, and what is asked of them."""

    side: str
    seats: int
    name: str = ""
    least: int = 0
    skill: Skill | None = None
    licence: LicenceKind | None = None
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class Planned:
    """What will be held: by whom, when, and for whom there is room. `facts` are plain columns of a session."""

    kind: str
    title: str
    unit: Unit
    start: datetime
    end: datetime
    team: Team | None = None
    needs: Sequence[Need] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def plan(planned: Planned, *, by: Person, at: datetime) -> Session:
    """A draft, seen by those who run it."""
    if planned.kind == Session.Kind.VISIT:
        raise LookupError("a visit is planned by its order")
    _check_times(planned.start, planned.end, planned.facts, at)
    session = Session(
        state=S.DRAFT,
        kind=planned.kind,
        title=planned.title,
        unit=planned.unit,
        team=planned.team,
        start=planned.start,
        end=planned.end,
        made_by=by,
        made_at=at,
        **planned.facts,
    )
    if not Standing(by, at).runs(session):
        raise NotAllowed(_("Only the head and the staff of the unit, or the leader of the team, can plan this."))
    _save(session, planned.needs)
    journal.write("plan", session, by=by, at=at, kind=planned.kind)
    return session


@transaction.atomic
def open(session: Session, *, by: Person, at: datetime) -> None:
    """From now on people read of it and sign up."""
    if at >= session.end:
        raise NotNow(_("It is over already. Enter it as something that was held, or choose another time."))
    LIFE.move("open", Standing(by, at), session)
    journal.write("open", session, by=by, at=at)


@transaction.atomic
def change(session: Session, facts: Mapping[str, object], needs: Sequence[Need], *, by: Person, at: datetime) -> None:
    """Say it differently. Whoever has a seat keeps it, and is told of another time or place."""
    start, end = _moment(facts, "start", session.start), _moment(facts, "end", session.end)
    _check_times(start, end, facts, at)
    before, slot = _where(session), Slot(session.start, session.end)
    title = session.title
    LIFE.check("change", Standing(by, at), session)
    session.step(session.state, **facts)
    _change_roles(session, needs, at)
    journal.write("change", session, by=by, at=at)
    if (session.start, session.end) != (slot.start, slot.end):
        move_bookings(session, slot, by=by, at=at)
        _move_waiting(session, at)
    if _where(session) != before and session.state == S.OPEN:
        live = session.signups.filter(state__in=signups.BEFORE).select_related("session__unit", "person", "by")
        telling.moved(live, at)
    elif session.title != title:
        telling.renamed(session, at)


@transaction.atomic
def reword(session: Session, facts: Mapping[str, object], *, by: Person, at: datetime) -> None:
    """What it belongs to is called otherwise: title, words or platform. Who may say so is that thing's business."""
    LIFE.check("reword", None, session)
    session.step(session.state, **facts)
    journal.write("reword", session, by=by, at=at)
    if "title" in facts:
        telling.renamed(session, at)


@transaction.atomic
def cancel_session(session: Session, *, words: str, by: Person, at: datetime) -> list[Signup]:
    """Call it off and tell everybody. Returned are those whom no message reaches: somebody calls them."""
    if not words.strip():
        raise Unfit(_("Say why, in words that everybody who signed up will read."), field="words")
    return [one for one in end_early(session, Standing(by, at), words, by=by, at=at) if not reachable(one)]


def end_early(session: Session, one: Standing | None, words: str, *, by: Person, at: datetime) -> list[Signup]:
    """Its sign-ups and bookings end with it, and everybody is told; who was signed up. Without `one` it follows
    from something else."""
    LIFE.move("call_off", one, session)
    journal.write("call_off", session, by=by, at=at, words=words)
    live = list(session.signups.live().select_related("person", "by", "role", "session"))
    for signup in live:
        signups.LIFE.move("call_off", None, signup, held_until=None)
        journal.write("call_off", signup, by=by, at=at)
    session.roles.update(taken=0)
    call_off_bookings(session, by=by, at=at)
    telling.called_off(live, words, at)
    called_off.tell(CalledOff(session, words, by, at))
    return live


@transaction.atomic
def hold(session: Session, *, by: Person | None, at: datetime) -> None:
    """It has begun; the clock says so when nobody else does."""
    if at < session.start - signups.OPENS:
        raise NotNow(_("It has not begun yet."))
    LIFE.move("hold", Standing(by, at) if by else None, session)
    journal.write("hold", session, by=by, at=at)


@transaction.atomic
def report(session: Session, *, words: str = "", by: Person, at: datetime) -> None:
    """It is over: whoever is still here has left with it, whoever never came was absent, the rest of the line goes."""
    if at < session.end:
        raise NotNow(_("It is not over yet."))
    one = Standing(by, at)
    if session.state == S.OPEN:
        LIFE.move("hold", one, session)
    LIFE.move("report", one, session)
    _end_signups(session, by, at)
    came = Attendance.objects.filter(session=session, came=True)
    journal.write("report", session, by=by, at=at, words=words, came=sum(came.values_list("heads", flat=True)))
    reported.tell(Reported(session, by, at))


def _end_signups(session: Session, by: Person, at: datetime) -> None:
    for one in session.signups.live().select_related("session", "role", "person"):
        verb = {"checked_in": "check_out", "confirmed": "miss", "held": "miss"}.get(one.state, "lapse")
        if verb == "check_out" and one.role.for_volunteers:
            continue  # a forgotten end: leader and volunteer agree on it
        signups.LIFE.move(verb, None, one, held_until=None)
        journal.write(verb, one, by=by, at=at)


def _where(session: Session) -> tuple[object, ...]:
    """What whoever comes has to know to be there."""
    return session.start, session.end, session.place, session.meeting_point, session.link


def _move_waiting(session: Session, at: datetime) -> None:
    """What was to be at so many hours before the start goes with it: words on free places, and kept seats."""
    for alert in Alert.objects.filter(session=session, told_at=None):
        Alert.objects.filter(pk=alert.pk).update(due=session.start - timedelta(hours=alert.hours))
    latest = signups.kept_until(session.start, at)
    Signup.objects.filter(session=session, state=Signup.State.HELD, held_until__gt=latest).update(held_until=latest)


def _save(session: Session, needs: Sequence[Need]) -> None:
    _check_needs(needs)
    session.save(force_insert=True)
    Role.objects.bulk_create(Role(session=session, **vars(need)) for need in needs)


def _check_needs(needs: Sequence[Need]) -> None:
    if len(needs) > MOST_ROLES:
        raise Unfit(_("At most %(most)d kinds of seats.") % {"most": MOST_ROLES}, field="roles")
    for need in needs:
        if not 1 <= need.seats <= MOST_SEATS:
            raise Unfit(_("There are 1 to %(most)d seats.") % {"most": MOST_SEATS}, field="seats")
        if need.age_from is not None and need.age_to is not None and need.age_from > need.age_to:
            raise Unfit(_("The first age is above the last one."), field="age_to")
        if need.least > need.seats:
            raise Unfit(_("It needs more people than there are seats for."), field="least")
    sides = {(need.side, need.name) for need in needs}
    if len(sides) != len(needs):
        raise Unfit(_("Two kinds of seats have one name. Give each its own."), field="roles")


def _change_roles(session: Session, needs: Sequence[Need], at: datetime) -> None:
    """By side and name. A role with people in it stays, and never gets fewer seats than are taken."""
    _check_needs(needs)
    wanted = {(need.side, need.name): need for need in needs}
    for role in session.roles.order_by("pk"):
        Role.objects.filter(pk=role.pk).update(taken=F("taken"))
        role.refresh_from_db()
        need = wanted.pop((role.side, role.name), None)
        if need is None:
            _drop(role)
        else:
            _resize(role, need, at)
    Role.objects.bulk_create(Role(session=session, **vars(need)) for need in wanted.values())


def _drop(role: Role) -> None:
    if role.signups.exists():
        raise Unfit(_("People have signed up as “%(role)s”. It cannot go.") % {"role": role}, field="roles")
    role.delete()


def _resize(role: Role, need: Need, at: datetime) -> None:
    if need.seats < role.taken:
        words = _("%(taken)d seats of “%(role)s” are taken. There cannot be fewer.")
        raise Unfit(words % {"taken": role.taken, "role": role}, field="seats")
    Role.objects.filter(pk=role.pk).update(**vars(need))
    seats.promote(role, at=at)


def _check_times(start: datetime, end: datetime, facts: Mapping[str, object], at: datetime) -> None:
    if end <= start:
        raise Unfit(_("The end must be after the start."), field="end")
    if end - start > LONGEST:
        raise Unfit(_("One session is 14 days at most. Plan several."), field="end")
    if start > at + FARTHEST:
        raise Unfit(_("That is more than a year ahead."), field="start")
    if start < at - FARTHEST:
        raise Unfit(_("That is more than a year ago."), field="start")
    begins, ends = facts.get("signup_from"), facts.get("signup_until")
    if isinstance(begins, datetime) and isinstance(ends, datetime) and ends <= begins:
        raise Unfit(_("Signing up ends before it begins."), field="signup_until")
    if isinstance(ends, datetime) and not at - FARTHEST <= ends <= end:
        raise Unfit(_("Signing up ends before the end. Look at its day again."), field="signup_until")
    if isinstance(begins, datetime) and begins >= end:
        raise Unfit(_("Signing up begins when it is over."), field="signup_from")


def _moment(facts: Mapping[str, object], name: str, otherwise: datetime) -> datetime:
    found = facts.get(name)
    return found if isinstance(found, datetime) else otherwise
