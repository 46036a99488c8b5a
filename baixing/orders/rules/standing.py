"""A person at a moment: the posts they hold and the teams they are in, read once and then asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from baixing.kernel.calendar import LOCAL
from baixing.kernel.prepared import prepared
from baixing.network.models import Post, Unit
from baixing.network.rules import posts_of
from baixing.people.models import Guardianship, Person
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
    def posts(self) -> list[Post]:
        """Running posts, and those in which the person stands in for somebody away."""
        return posts_of(self.person, self.at)

    @cached_property
    def teams_led(self) -> list[Team]:
        return _led(self.person.pk)

    @property
    def leads(self) -> frozenset[int]:
        return frozenset(team.pk for team in self.teams_led)

    @cached_property
    def serves_in(self) -> frozenset[int]:
        mine = Membership.objects.members().filter(person=self.person)
        return self.leads | frozenset(mine.values_list("team_id", flat=True))

    @cached_property
    def wards(self) -> frozenset[int]:
        """The children this person answers for."""
        return frozenset(ward for (ward,) in _wards(self.person.pk))

    def holds(self, kinds: Collection[str], at: Unit) -> bool:
        """Does the person hold such a post in this very unit?"""
        return any(post.kind in kinds and post.unit_id == at.pk for post in self.posts)

    def holds_over(self, kinds: Collection[str], over: Unit) -> bool:
        """Does the person hold such a post in the unit or in one above it?"""
        return any(post.kind in kinds and post.unit.covers(over) for post in self.posts)

    def answers_for(self, person: Person) -> bool:
        return person.pk == self.person.pk or person.pk in self.wards


@prepared
def _led(person: int) -> QuerySet[Team]:
    return Team.objects.active().filter(leader=person).select_related("home__parent")


@prepared
def _wards(guardian: int) -> QuerySet[Guardianship, tuple[int]]:
    confirmed = Guardianship.objects.filter(guardian=guardian, confirmed_at__isnull=False, ended_at=None)
    return confirmed.values_list("ward_id")
