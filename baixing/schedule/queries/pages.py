"""What the pages of a session and of a sign-up show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count, Q, QuerySet, Sum

from baixing.kernel.prepared import prepared
from baixing.people.models import Person
from baixing.people.queries import same_household, wards_of
from baixing.schedule.models import Alert, Role, Session, SessionQuerySet, Signup, Standby
from baixing.schedule.queries.repeating import Others, others_of
from baixing.schedule.queries.sessions import at_risk, offered, run_by
from baixing.schedule.queries.signups import line_place, of_person, there_of
from baixing.schedule.rules import LIFE, LONGEST, Standing
from baixing.schedule.rules import signup as signups
from baixing.schedule.rules.access import ACCESS

ROWS = 50
RECENT = timedelta(days=28)


class Lines:
    """How many wait for each kind of seat of a session: counted when somebody wants to know."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def lengths(self) -> dict[int, int]:
        return dict(_waiting(self.session.pk))


@dataclass(frozen=True)
class Kind:
    """One kind of seat as a reader sees it."""

    role: Role
    free: int
    lines: Lines

    @property
    def waiting(self) -> int:
        return self.lines.lengths.get(self.role.pk, 0)

    @property
    def missing(self) -> int:
        return max(self.role.least - self.role.taken, 0)


@dataclass(frozen=True)
class Own:
    """A sign-up of the reader or their family, and what they may do with it."""

    signup: Signup
    powers: frozenset[str]
    place: int  # in the line; 0 when in none


@dataclass(frozen=True)
class Ways:
    """Other ways to it than the form: places to take over, roles to stand by for, a word when places are free."""

    offered: list[Signup]
    roles: list[tuple[Role, bool]]  # and whether the reader stands by already
    alert: Alert | None
    needs: bool  # people, and the reader runs it


@dataclass(frozen=True)
class SessionPage:
    session: Session
    kinds: list[Kind]
    own: list[Own]
    powers: frozenset[str]
    runs: bool
    access: list[str]
    others: Others | None  # of the same recurrence
    takes: bool  # sign-ups, from anybody, now
    ways: Ways | None  # for whoever is signed in, before it begins

    @property
    def has_volunteers(self) -> bool:
        return any(kind.role.for_volunteers for kind in self.kinds)


def session_page(session: Session, one: Standing | None, at: datetime) -> SessionPage:
    kinds = kinds_of(session)
    return SessionPage(
        session=session,
        kinds=kinds,
        own=[own_of(signup, one) for signup in _own(session, one)] if one else [],
        powers=LIFE.powers(one, session) if one else frozenset(),
        runs=one is not None and one.runs(session),
        access=[str(ACCESS[code]) for code in session.access.split() if code in ACCESS],
        others=others_of(session, one, at),
        takes=bool(kinds) and is_open(session, at),
        ways=_ways(session, kinds, one) if one and session.state == Session.State.OPEN and at < session.start else None,
    )


def _ways(session: Session, kinds: list[Kind], one: Standing) -> Ways:
    standing_by = set(Standby.objects.filter(role__session=session, person=one.person).values_list("role", flat=True))
    volunteers = [kind for kind in kinds if kind.role.for_volunteers]
    return Ways(
        offered=offered(session, one),
        roles=[(kind.role, kind.role.pk in standing_by) for kind in volunteers if not kind.free],
        alert=Alert.objects.filter(session=session, person=one.person, told_at=None).first(),
        needs=one.runs(session) and any(kind.missing for kind in volunteers),
    )


def is_open(session: Session, at: datetime) -> bool:
    begun = session.signup_from is None or at >= session.signup_from
    ended = at >= (session.signup_until or session.end) or at >= session.end
    return session.state == Session.State.OPEN and begun and not ended


def kinds_of(session: Session) -> list[Kind]:
    lines = Lines(session)
    return [Kind(role, role.free, lines) for role in roles_of(session)]


def roles_of(session: Session) -> list[Role]:
    """Its kinds of seats, each of which knows it."""
    found = _roles(session.pk)
    for role in found:
        role.session = session
    return found


@prepared
def _roles(session: int) -> QuerySet[Role]:
    return Role.objects.filter(session=session).select_related("skill", "licence").order_by("side", "pk")


@prepared
def _waiting(session: int) -> QuerySet[Signup, tuple[int, int]]:
    rows = Signup.objects.in_line().filter(session=session).order_by()
    return rows.values_list("role").annotate(number=Count("pk"))


def own_of(signup: Signup, one: Standing) -> Own:
    place = line_place(signup) if signup.state == Signup.State.WAITING else 0
    return Own(signup, signups.LIFE.powers(one, signup), place)


def family_of(one: Standing, session: Session) -> list[Person]:
    """Whom the person may still sign up: themself, the household behind their phone, the children they answer for."""
    wards = wards_of(one.person) if one.wards else ()
    found = {person.pk: person for person in (one.person, *same_household(one.person.phone_index), *wards)}
    there = there_of(session, found)
    return [person for pk, person in found.items() if pk not in there]


@dataclass(frozen=True)
class Totals:
    """Of one session or of many: sign-ups, parties, and heads."""

    signups: int
    parties: int
    heads: int


def totals(sessions: Iterable[Session]) -> Totals:
    """Seats that are taken, or were: parties by their number and all by their heads."""
    rows = Signup.objects.seated().filter(session__in=[session.pk for session in sessions])
    found = rows.aggregate(all=Count("pk"), parties=Count("pk", filter=~Q(party="")), heads=Sum("headcount"))
    return Totals(found["all"], found["parties"], found["heads"] or 0)


@dataclass(frozen=True)
class Desk:
    """What somebody runs: drafts and what is to come, and what lacks people."""

    coming: list[Session]
    at_risk: list[Session]
    past: list[Session]


def desk(one: Standing, at: datetime) -> Desk:
    rows = run_by(one)
    coming = rows.filter(end__gte=at, start__gte=at - LONGEST)  # of two years' sessions only what may still go on
    return Desk(
        coming=_first_of(coming, "start", "pk"),
        at_risk=list(at_risk(one, at).select_related("unit")[:ROWS]),
        past=_last_of(rows.filter(end__lt=at, start__lt=at), at),
    )


def _last_of(over: SessionQuerySet, at: datetime) -> list[Session]:
    """Of the last weeks, and only where those were too few of all the time before."""
    recent = _first_of(over.filter(start__gte=at - RECENT), "-start", "-pk")
    return recent if len(recent) == ROWS else _first_of(over, "-start", "-pk")


def _first_of(rows: SessionQuerySet, *order: str) -> list[Session]:
    """Counted once these are found: who runs a whole city runs sixty thousand."""
    keys = list(rows.order_by(*order).values_list("pk", flat=True)[:ROWS])
    counted = Session.objects.filter(pk__in=keys).select_related("unit", "team").annotate(taken=Sum("roles__taken"))
    return list(counted.order_by(*order))


@dataclass(frozen=True)
class Mine:
    coming: list[Own]
    past: list[Signup]


def mine(one: Standing, at: datetime) -> Mine:
    rows = of_person(one).select_related("session__unit", "session__team", "role", "person", "by")
    live = rows.live().filter(session__end__gte=at)
    past = rows.exclude(pk__in=live.values("pk")).order_by("-session__start", "-pk")
    return Mine([own_of(row, one) for row in live[:ROWS]], list(past[:ROWS]))


def people_of(session: Session, one: Standing) -> list[Own]:
    """Everybody who signed up, the seated first; for whoever runs it."""
    rows = session.signups.select_related("session__unit", "session__team", "role", "person", "by", "guardian")
    order = ["applied", "awaiting_guardian", "held", "confirmed", "checked_in", "attended", "waiting"]
    places = {state: number for number, state in enumerate(order)}
    found = sorted(rows, key=lambda row: (places.get(row.state, len(places)), row.queued_at, row.pk))
    in_line = {row.pk: number for number, row in enumerate((r for r in found if r.state == "waiting"), start=1)}
    return [Own(row, signups.LIFE.powers(one, row), in_line.get(row.pk, 0)) for row in found]


def _own(session: Session, one: Standing | None) -> list[Signup]:
    if one is None:
        return []
    rows = (
        of_person(one).filter(session=session).select_related("session__unit", "session__team", "role", "person", "by")
    )
    return list(rows.order_by("pk"))


def tracked(signup: Signup) -> Own:
    """A guest's own: they may confirm it and give it back."""
    powers = {"held": {"confirm", "cancel"}}.get(signup.state, {"cancel"} if signup.state in signups.BEFORE else set())
    place = line_place(signup) if signup.state == Signup.State.WAITING else 0
    return Own(signup, frozenset(powers), place)
