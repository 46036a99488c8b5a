"""Taking a turn: the team first, then a person, then the year's run of numbers."""

from __future__ import annotations

from django.db.models import F

from baixing.people.models import Person
from baixing.teams.models import Team


def take_team(team: Team) -> None:
    """Hold the team until the transaction ends, and see it as it is now."""
    Team.objects.filter(pk=team.pk).update(turn=F("turn") + 1)
    team.refresh_from_db()


def take_person(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=F("is_active"))
