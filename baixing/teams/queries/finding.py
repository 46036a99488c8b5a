"""Teams as everybody finds them, by place, skill and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from baixing.network.models import Unit
from baixing.network.queries import children, line_of, top
from baixing.people.models import Person
from baixing.teams.models import LicenceKind, Membership, Skill, Team, TeamQuerySet
from baixing.teams.rules import Standing

MOST_WORDS = 4


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the list of teams."""

    unit: Unit | None = None
    skill: Skill | None = None
    words: str = ""


@dataclass(frozen=True)
class TeamRow:
    team: Team
    skills: str
    members: int


@dataclass(frozen=True)
class Where:
    """Where the list stands in the tree, and where it can be narrowed to."""

    line: list[Unit]
    below: list[Unit]


def teams_of(person: Person) -> TeamQuerySet:
    """The teams this person leads or is a member of, closed ones too."""
    mine = Membership.objects.members().filter(person=person)
    return Team.objects.filter(Q(leader=person) | Q(pk__in=mine.values("team")))


def led_by(person: Person) -> TeamQuerySet:
    return Team.objects.filter(leader=person)


def serves_anywhere(person: Person) -> bool:
    """Is the person the leader or a member of any team?"""
    return teams_of(person).exists()


def visible(one: Standing | None) -> TeamQuerySet:
    """Open teams, for everybody; a closed one, for those in it and in charge of it."""
    open_ = Q(active=True)
    if one is None:
        return Team.objects.filter(open_)
    mine = teams_of(one.person).values("pk")
    return Team.objects.filter(open_ | Q(pk__in=mine) | in_charge_of(one))


def in_charge_of(one: Standing) -> Q:
    """Teams at home in the units where this person is head or staff, or below."""
    found = Q(pk=None)
    for office in one.offices:
        found |= Q(home__path__startswith=office.path)
    return found


def listed(asked: Asked) -> TeamQuerySet:
    """Open teams, from the top of the tree down. A place is known by its name or its pinyin."""
    teams = Team.objects.active()
    if asked.unit:
        teams = teams.at_home_in(asked.unit)
    if asked.skill:
        teams = teams.with_skill(asked.skill)
    for word in asked.words.lower().split()[:MOST_WORDS]:
        teams = teams.filter(Q(name__icontains=word) | Q(home__search_text__contains=word))
    return teams.order_by("home__path", "name", "pk")


def rows(teams: Iterable[Team], language: str) -> list[TeamRow]:
    """Each team with its skills in words and how many are in it, its leader among them."""
    keys = [team.pk for team in teams]
    found = with_count(Team.objects.filter(pk__in=keys)).select_related("home").prefetch_related("skills")
    by_key = {team.pk: team for team in found}
    return [TeamRow(by_key[key], skill_words(by_key[key], language), count_of(by_key[key])) for key in keys]


def with_count(teams: TeamQuerySet) -> TeamQuerySet:
    members = Q(memberships__state=Membership.State.MEMBER) & ~Q(memberships__person=F("leader"))
    return teams.annotate(others=Count("memberships", filter=members))


def count_of(team: Team) -> int:
    """The members and the leader."""
    return int(getattr(team, "others", 0)) + 1


def where(unit: Unit | None) -> Where:
    start = unit or top()
    return Where(line_of(unit) if unit else [], list(children(start)) if start else [])


def founding_home(one: Standing, asked: Unit | None) -> Unit | None:
    """Where this person could found a team: the unit asked for, or else their own."""
    own = one.offices[0] if one.offices else None
    return (asked if one.is_in_charge(asked) else None) if asked else own


def skill_words(team: Team, language: str) -> str:
    return _(", ").join(said_name(skill, language) for skill in team.skills.all())


def said_name(row: Skill | LicenceKind, language: str) -> str:
    return row.name_en if language.startswith("en") and row.name_en else row.name
