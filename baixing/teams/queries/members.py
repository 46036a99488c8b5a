"""Who is in a team, who waits to be, and where one person serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from baixing.people.models import Person, PersonQuerySet
from baixing.teams.models import Duty, Licence, Membership, MembershipQuerySet, Team, Volunteer
from baixing.teams.queries.finding import TeamRow, in_charge_of, led_by, rows, teams_of
from baixing.teams.queries.licences import SOON, Paper, paper_of
from baixing.teams.rules import LIFE, Standing


@dataclass(frozen=True)
class Place:
    """A membership, the verbs open to who reads, and the volunteer's number."""

    membership: Membership
    powers: frozenset[str]
    number: str
    off: Duty | None  # while they are off duty


@dataclass(frozen=True)
class Roster:
    """All of a team's people. Only those who keep the team see who waits."""

    waiting: list[Place]
    members: list[Place]


@dataclass(frozen=True)
class Mine:
    """A volunteer's own page."""

    number: str
    duty: Duty
    led: list[TeamRow]
    waiting: int
    running_out: list[Paper]
    places: list[Place]

    @property
    def serves(self) -> bool:
        """Leads a team, or is admitted to one."""
        return bool(self.led) or any(place.membership.state == Membership.State.MEMBER for place in self.places)


def memberships(one: Standing) -> MembershipQuerySet:
    """Those this person may see: their own, their team-mates', and all in the teams they keep."""
    kept = Team.objects.filter(in_charge_of(one) | Q(leader=one.person))
    mates = Q(team__in=teams_of(one.person), state=Membership.State.MEMBER)
    seen = Membership.objects.filter(Q(person=one.person) | mates | Q(team__in=kept))
    return seen.select_related("person", "team__leader", "team__home")


def roster(team: Team, one: Standing) -> Roster:
    """The longest waiting first; the leader stands apart."""
    live = Membership.objects.live().filter(team=team).exclude(person=team.leader_id)
    found = live.select_related("person__volunteer", "person__duty", "team__leader", "team__home").order_by("at", "pk")
    places = [_place(membership, one) for membership in found]
    waiting = [place for place in places if place.membership.state == Membership.State.APPLIED]
    members = [place for place in places if place not in waiting]
    return Roster(waiting if one.keeps(team) else [], members)


def mine(one: Standing, language: str) -> Mine:
    person, led = one.person, led_by(one.person).active().order_by("name", "pk")
    own = Membership.objects.live().filter(person=person).exclude(team__leader=person)
    found = own.select_related("person__volunteer", "person__duty", "team__leader", "team__home").order_by(
        "team__name", "pk"
    )
    running_out = Licence.objects.running_out(one.today, SOON).filter(team__in=led).select_related("team", "kind")
    volunteer = Volunteer.objects.filter(person=person).first()
    return Mine(
        number=volunteer.number if volunteer else "",
        duty=duty_of(person),
        led=rows(led, language),
        waiting=Membership.objects.waiting().filter(team__in=led).count(),
        running_out=[
            paper_of(licence, one.today, language, whole=True) for licence in running_out.order_by("valid_until", "pk")
        ],
        places=[_place(membership, one) for membership in found],
    )


def duty_of(person: Person) -> Duty:
    return Duty.objects.filter(person=person).first() or Duty(person=person)


def short_of_people(teams: Sequence[Team], needed: int, on: date) -> frozenset[int]:
    """Those of the teams in which so many are off duty that day that fewer than needed are left."""
    keys = [team.pk for team in teams]
    known = Q(person__memberships__team__in=keys) | Q(person__teams_led__in=keys)
    resting = set(Duty.objects.resting(on).filter(known).values_list("person_id", flat=True))
    if not resting:
        return frozenset()
    people = {team.pk: {team.leader_id} for team in teams}
    for team, person in Membership.objects.members().filter(team__in=keys).values_list("team_id", "person_id"):
        people[team].add(person)
    return frozenset(
        team for team, everybody in people.items() if everybody & resting and len(everybody - resting) < needed
    )


def heirs(team: Team) -> PersonQuerySet:
    """The members who could lead the team."""
    members = Membership.objects.members().filter(team=team)
    return Person.objects.living().filter(pk__in=members.values("person")).exclude(pk=team.leader_id).order_by("pk")


def _place(membership: Membership, one: Standing) -> Place:
    volunteer: Volunteer | None = getattr(membership.person, "volunteer", None)
    duty: Duty | None = getattr(membership.person, "duty", None)
    off = duty if duty and duty.rests(one.today) else None
    return Place(membership, LIFE.powers(one, membership), volunteer.number if volunteer else "", off)
