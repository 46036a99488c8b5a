"""Answers about sign-ups: who sees one, what a person has taken on, what they can do."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from baixing.kernel.prepared import one_of, prepared
from baixing.people.models import Person
from baixing.schedule.models import LIVE, Session, Signup, SignupQuerySet
from baixing.schedule.rules import Standing
from baixing.teams.models import Licence, LicenceKind, Skill, Team, TeamQuerySet


def visible(one: Standing) -> SignupQuerySet:
    """One's own, the household's and the wards'; all of the sessions that one runs."""
    person = one.person
    mine = Q(person=person) | Q(by=person) | Q(person__in=one.wards)
    if person.phone_index:
        mine |= Q(person__phone_index=person.phone_index)
    for office in one.offices:
        mine |= Q(session__unit__path__startswith=office.path)
    return Signup.objects.filter(mine | Q(session__team__leader=person))


def of_person(one: Standing) -> SignupQuerySet:
    """What this person, their household and their wards have signed up for; the soonest first."""
    person = one.person
    mine = Signup.objects.filter(Q(person=person) | Q(by=person) | Q(person__in=one.wards))
    rows = Signup.objects.filter(pk__in=mine.values("pk"))  # these first: else SQLite begins with all sessions
    return rows.select_related("session__unit", "role", "person").order_by("session__start")


def live_of(person: Person) -> list[Signup]:
    """What they have signed up for that waits or is to come, each with its session."""
    return _live_of(person.pk)


def there_of(session: Session, people: Collection[int]) -> set[int]:
    """Who of these people is signed up for it."""
    return {person for (person,) in _there_of(session.pk, *people)}


def clash_of(live: Iterable[Signup], session: Session) -> Signup | None:
    """Among these another seat at the same time."""
    seated = (one for one in live if one.is_seated and one.session_id != session.pk)
    return next((one for one in seated if one.session.start < session.end and one.session.end > session.start), None)


@prepared
def _live_of(person: int) -> SignupQuerySet:
    rows = Signup.objects.filter(person=person, state__in=sorted(LIVE))
    return rows.select_related("session").order_by("pk")


@prepared
def _there_of(session: int, *people: int) -> QuerySet[Signup, tuple[int]]:
    rows = Signup.objects.filter(one_of("person", people), session=session, state__in=sorted(LIVE))
    return rows.values_list("person_id")


def has_skill(person: Person, skill: Skill) -> bool:
    return _teams(person).filter(skills=skill).exists()


def has_licence(person: Person, kind: LicenceKind, on: date) -> bool:
    """A licence in the person's own name counts everywhere, one without a name for the whole team."""
    valid = Licence.objects.valid(on).filter(kind=kind, team__in=_teams(person).values("pk"))
    return valid.filter(Q(holder="") | Q(holder=person.name)).exists()


def line_place(signup: Signup) -> int:
    """How many wait before it, itself counted: 1 is the next."""
    waiting = Signup.objects.in_line().filter(role=signup.role)
    before = Q(queued_at__lt=signup.queued_at) | Q(queued_at=signup.queued_at, pk__lt=signup.pk)
    return waiting.filter(before).count() + 1


def _teams(person: Person) -> TeamQuerySet:
    member = Q(memberships__person=person, memberships__state="member")
    return Team.objects.active().filter(member | Q(leader=person))
