"""A person at a moment, and how they stand to a team."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from baixing.kernel.calendar import LOCAL
from baixing.kernel.prepared import prepared
from baixing.network.models import Unit
from baixing.network.rules import IN_CHARGE, posts_of
from baixing.people.models import Person
from baixing.teams.models import Membership, Team


class Standing:
    """Made anew for each request or action, so authority is never older than that."""

    def __init__(self, person: Person, at: datetime) -> None:
        self.person = person
        self.at = at

    @property
    def today(self) -> date:
        return self.at.astimezone(LOCAL).date()

    @cached_property
    def offices(self) -> list[Unit]:
        """The units in which the person is head or staff."""
        return [post.unit for post in posts_of(self.person, self.at, IN_CHARGE)]

    @cached_property
    def member_of(self) -> frozenset[int]:
        return frozenset(team for (team,) in _memberships(self.person.pk))

    def is_in_charge(self, unit: Unit) -> bool:
        """Is the person head or staff of this unit or of one above it?"""
        return any(office.covers(unit) for office in self.offices)

    def leads(self, team: Team) -> bool:
        return team.leader_id == self.person.pk

    def serves_in(self, team: Team) -> bool:
        return self.leads(team) or team.pk in self.member_of

    def oversees(self, team: Team) -> bool:
        return self.is_in_charge(team.home)

    def keeps(self, team: Team) -> bool:
        return self.leads(team) or self.oversees(team)


@prepared
def _memberships(person: int) -> QuerySet[Membership, tuple[int]]:
    return Membership.objects.members().filter(person=person).values_list("team_id")


def leads(person: Person, team: Team) -> bool:
    return team.leader_id == person.pk


def serves_in(person: Person, team: Team) -> bool:
    """Is the person the leader or a member of this team?"""
    members = Membership.objects.members().filter(team=team, person=person)
    return leads(person, team) or members.exists()


def oversees(person: Person, team: Team, at: datetime) -> bool:
    """Is the person head or staff where the team is at home, or above?"""
    return Standing(person, at).oversees(team)


def keeps_team(person: Person, team: Team, at: datetime) -> bool:
    """The leader, and the head and staff where the team is at home, or above."""
    return Standing(person, at).keeps(team)
