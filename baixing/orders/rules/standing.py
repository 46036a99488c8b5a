"""A person at a moment: the posts they hold and the teams they are in, read once and then asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Post, Unit
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
        return list(Post.objects.by_or_for(self.person, self.at).select_related("unit"))

    @cached_property
    def teams_led(self) -> list[Team]:
        mine = Team.objects.active().filter(leader=self.person)
        return list(mine.select_related("home__parent"))

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
        confirmed = Guardianship.objects.filter(guardian=self.person, confirmed_at__isnull=False, ended_at=None)
        return frozenset(confirmed.values_list("ward_id", flat=True))

    def holds(self, kinds: Collection[str], at: Unit) -> bool:
        """Does the person hold such a post in this very unit?"""
        return any(post.kind in kinds and post.unit_id == at.pk for post in self.posts)

    def holds_over(self, kinds: Collection[str], over: Unit) -> bool:
        """Does the person hold such a post in the unit or in one above it?"""
        return any(post.kind in kinds and post.unit.covers(over) for post in self.posts)

    def answers_for(self, person: Person) -> bool:
        return person.pk == self.person.pk or person.pk in self.wards
