"""Whose records somebody may write into, and what stands in them beside the hours."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from baixing.hours.models import Note
from baixing.hours.rules.standing import Standing
from baixing.network.models import Unit
from baixing.teams.models import Membership, Team, Volunteer


def visible_volunteers(one: Standing) -> QuerySet[Volunteer]:
    """Of the teams that one leads or is in charge of, by number; never oneself."""
    teams = Team.objects.filter(reduce(or_, _within(one), Q(leader=one.person)))
    members = Membership.objects.members().filter(team__in=teams).values("person")
    theirs = Q(person__in=members) | Q(person__in=teams.filter(leader__isnull=False).values("leader"))
    rows = Volunteer.objects.filter(theirs, person__erased_at=None).exclude(person=one.person)
    return rows.select_related("person").order_by("number")


def unit_for(one: Standing, volunteer: Volunteer) -> Unit | None:
    """The unit that answers for what this person writes of them: their nearest office, else the team's home."""
    member = Membership.objects.members().filter(person=volunteer.person).values("team")
    teams = Team.objects.filter(Q(leader=volunteer.person) | Q(pk__in=member)).select_related("home").order_by("pk")
    homes = [team.home for team in teams]
    offices = [office for office in one.offices if any(office.covers(home) for home in homes)]
    if offices:
        return max(offices, key=lambda office: len(office.path))
    return next((team.home for team in teams if one.leads(team)), None)


def notes_of(volunteer: Volunteer) -> QuerySet[Note]:
    """What is kept, the latest first."""
    rows = Note.objects.filter(volunteer=volunteer, state=Note.State.KEPT).select_related("unit", "volunteer__person")
    return rows.order_by("-on", "-pk")


def visible_notes(one: Standing) -> QuerySet[Note]:
    """Those that one wrote, and those of the units one is in charge of."""
    offices = [Q(unit__path__startswith=office.path) for office in one.offices]
    return Note.objects.filter(reduce(or_, offices, Q(by=one.person))).select_related("unit", "volunteer__person")


def _within(one: Standing) -> list[Q]:
    return [Q(home__path__startswith=office.path) for office in one.offices]
