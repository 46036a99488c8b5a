"""Who is in a team, who waits to be, and where one person serves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from baixing.people.models import Person, PersonQuerySet
from baixing.teams.models import Licence, Membership, MembershipQuerySet, Team, Volunteer
from baixing.teams.queries.finding import TeamRow, in_charge_of, led_by, rows, teams_of
from baixing.teams.queries.licences import SOON, Paper, paper_of
from baixing.teams.rules import LIFE, Standing


@dataclass(frozen=True)
class Place:
    """A membership, the verbs open to who reads, and the volunteer's number."""

    membership: Membership
    powers: frozenset[str]
    number: str


@dataclass(frozen=True)
class Roster:
    """All of a team's people. Only those who keep the team see who waits."""

    waiting: list[Place]
    members: list[Place]


@dataclass(frozen=True)
class Mine:
    """A volunteer's own page."""

    number: str
    led: list[TeamRow]
    waiting: int
    running_out: list[Paper]
    places: list[Place]


def memberships(one: Standing) -> MembershipQuerySet:
    """Those this person may see: their own, their team-mates', and all in the teams they keep."""
    kept = Team.objects.filter(in_charge_of(one) | Q(leader=one.person))
    mates = Q(team__in=teams_of(one.person), state=Membership.State.MEMBER)
    seen = Membership.objects.filter(Q(person=one.person) | mates | Q(team__in=kept))
    return seen.select_related("person", "team__leader", "team__home")


def roster(team: Team, one: Standing) -> Roster:
    """The longest waiting first; the leader stands apart."""
    live = Membership.objects.live().filter(team=team).exclude(person=team.leader_id)
    found = live.select_related("person__volunteer", "team__leader", "team__home").order_by("at", "pk")
    places = [_place(membership, one) for membership in found]
    waiting = [place for place in places if place.membership.state == Membership.State.APPLIED]
    members = [place for place in places if place not in waiting]
    return Roster(waiting if one.keeps(team) else [], members)


def mine(one: Standing, language: str) -> Mine:
    person, led = one.person, led_by(one.person).active().order_by("name", "pk")
    own = Membership.objects.live().filter(person=person).exclude(team__leader=person)
    found = own.select_related("person__volunteer", "team__leader", "team__home").order_by("team__name", "pk")
    running_out = Licence.objects.running_out(one.today, SOON).filter(team__in=led).select_related("team", "kind")
    volunteer = Volunteer.objects.filter(person=person).first()
    return Mine(
        number=volunteer.number if volunteer else "",
        led=rows(led, language),
        waiting=Membership.objects.waiting().filter(team__in=led).count(),
        running_out=[
            paper_of(licence, one.today, language, whole=True) for licence in running_out.order_by("valid_until", "pk")
        ],
        places=[_place(membership, one) for membership in found],
    )


def heirs(team: Team) -> PersonQuerySet:
    """The members who could lead the team."""
    members = Membership.objects.members().filter(team=team)
    return Person.objects.living().filter(pk__in=members.values("person")).exclude(pk=team.leader_id).order_by("pk")


def _place(membership: Membership, one: Standing) -> Place:
    volunteer: Volunteer | None = getattr(membership.person, "volunteer", None)
    return Place(membership, LIFE.powers(one, membership), volunteer.number if volunteer else "")
