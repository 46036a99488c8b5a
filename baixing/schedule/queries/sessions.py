"""Answers about sessions: who sees one, who is needed, who should be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from baixing.kernel.prepared import prepared
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import Role, Session, SessionQuerySet, Signup, Standby
from baixing.schedule.rules import Standing
from baixing.teams.models import Membership, Team

SOON = timedelta(days=3)


def visible(one: Standing | None) -> SessionQuerySet:
    """What is on show to everybody; and one's own: what one runs, serves in, or has signed up for.

    A visit at somebody's home is nobody's business here: its order says who sees it.
    """
    rows = Session.objects.exclude(kind=Session.Kind.VISIT)
    on_show = Q(public=True) & ~Q(state=Session.State.DRAFT)
    if one is None:
        return rows.filter(on_show)
    mine = Q(team__leader=one.person) | Q(pk__in=Signup.objects.filter(person=one.person).values("session"))
    own_team = Q(team__in=one.member_of) & ~Q(state=Session.State.DRAFT)
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    return rows.filter(on_show | mine | own_team)


def seen(pk: int, one: Standing | None) -> Session | None:
    """One of those. What is on show to everybody is asked in few words."""
    if shown := _on_show(pk):
        return shown[0]
    rows = visible(one).filter(pk=pk).select_related("unit", "team", "platform")
    return rows.first() if one else None


@prepared
def _on_show(pk: int) -> SessionQuerySet:
    return visible(None).filter(pk=pk).select_related("unit", "team", "platform")


def run_by(one: Standing) -> SessionQuerySet:
    """What this person runs: by their team, or by their units."""
    mine = Q(team__in=Team.objects.filter(leader=one.person).values("pk"))
    for office in one.offices:
        mine |= Q(unit__in=Unit.objects.within(office).values("pk"))
    return Session.objects.exclude(kind=Session.Kind.VISIT).filter(mine)


def at_risk(one: Standing, at: datetime) -> SessionQuerySet:
    """Of those, what begins within three days and lacks people; the soonest first."""
    short = Role.objects.filter(taken__lt=F("least")).values("session")
    soon = run_by(one).filter(state=Session.State.OPEN, start__gte=at, start__lt=at + SOON, pk__in=short)
    return soon.order_by("start")


@dataclass(frozen=True)
class Place:
    """A unit or a team of a unit that somebody plans sessions for."""

    unit: Unit
    team: Team | None = None

    def __str__(self) -> str:
        return self.team.name if self.team else self.unit.name

    @property
    def kind(self) -> str:
        return "team" if self.team else "unit"

    @property
    def pk(self) -> int:
        return self.team.pk if self.team else self.unit.pk


def places_of(one: Standing) -> list[Place]:
    """The units in which the person is head or staff, and the teams they lead."""
    units = {unit.pk: Place(unit) for unit in one.offices}
    led = Team.objects.active().filter(leader=one.person).select_related("home").order_by("pk")
    return [*units.values(), *(Place(team.home, team) for team in led)]


def place_of(one: Standing, kind: str, pk: int) -> Place | None:
    """The one of these, or a unit below one's own."""
    if kind == "unit":
        unit = Unit.objects.filter(pk=pk).first()
        return Place(unit) if unit is not None and one.is_in_charge(unit) else None
    team = Team.objects.active().filter(pk=pk, leader=one.person).select_related("home").first()
    return Place(team.home, team) if team is not None else None


def to_call(session: Session) -> list[Signup]:
    """Those who signed up for what is called off and whom no message reaches."""
    rows = session.signups.filter(state=Signup.State.CALLED_OFF).select_related("person", "by", "role")
    return [row for row in rows.order_by("pk") if not reachable(row)]


def standing_by(session: Session) -> list[Person]:
    """Whom to ask when people are lacking: those who stand by, then the rest of the team; nobody who has a seat."""
    there = session.signups.live().filter(person__isnull=False).values("person")
    willing = Person.objects.living().exclude(pk__in=there)
    by_word = Q(pk__in=Standby.objects.filter(role__session=session).values("person"))
    members = Membership.objects.members().filter(team=session.team) if session.team else Membership.objects.none()
    return list(willing.filter(by_word | Q(pk__in=members.values("person"))).order_by("pk"))


def offered(session: Session, one: Standing) -> list[Signup]:
    """Places that other volunteers offer to hand on."""
    rows = session.signups.filter(state=Signup.State.CONFIRMED, offered_at__isnull=False)
    return list(rows.exclude(person=one.person).select_related("role", "person", "session").order_by("offered_at"))


def reachable(signup: Signup) -> bool:
    """Whether a message finds them, or whoever signed them up; of a guest, their own telephone."""
    if signup.person_id is None and signup.guest:
        return bool(signup.phone)
    return any(person is not None and person.phone for person in (signup.person, signup.by))
