"""1,858 invented teams with their leaders and licences; the demo leader's own, with its people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.people import Company, persons
from baixing.kernel.calendar import LOCAL
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.teams import actions
from baixing.teams.models import Licence, Membership, NumberRun, Skill, Team, Volunteer
from baixing.teams.rules import number_of

TEAMS = 1858
CENTRE, CITY = 3, 4  # the tiers of centres
OURS = "铜城暖心水电队"
SPOKEN = ("", "普通话", "普通话 白银话", "", "普通话 陇中方言", "普通话 兰银官话", "陇中方言")  # in turn
OUR_CRAFTS = ("plumbing", "electrics", "appliances", "carpentry")


def teams(dice: Random, at: datetime, since: datetime) -> None:
    """Each craft at the city and in every county, some at partners, the rest in townships and villages.

    So many that the verbs would take minutes: the rows are written at once, as an installation is loaded.
    """
    skills, leaders = list(Skill.objects.all()), persons(dice, rules.FIRST_LEADER, TEAMS, since - timedelta(days=60))
    made: list[Team] = []
    knows: list[Skill] = []
    taken: set[tuple[int, str]] = set()
    for leader, (home, skill, reach) in zip(leaders, _homes(dice, skills), strict=False):
        name = _name(dice, home, skill, taken)
        facts: dict[str, int | str] = rules.capacity(dice) | {"about": rules.about_team(dice, home.short, skill.name)}
        facts["speaks"] = SPOKEN[len(made) % len(SPOKEN)]
        made.append(Team(name=name, home=home, leader=leader, reach=reach, invented=True, **facts))
        knows.append(skill)
    rows = Team.objects.bulk_create(made)
    Team.skills.through.objects.bulk_create(
        Team.skills.through(team_id=team.pk, skill_id=skill.pk) for team, skill in zip(rows, knows, strict=True)
    )
    _license(rows, at)
    _join([(team, team.leader) for team in rows], since)


def _homes(dice: Random, skills: list[Skill]) -> Iterator[tuple[Unit, Skill, int]]:
    centres = list(Unit.objects.filter(tier__gte=CENTRE).order_by("path"))
    yield from ((home, skill, home.tier - 1) for home in centres for skill in skills)
    by_slug, partners = {skill.slug: skill for skill in skills}, {unit.name: unit for unit in Unit.objects.partners()}
    for _kind, row in rules.partners():
        yield from ((partners[row["name"]], by_slug[slug], Team.Reach.COUNTY) for slug in row["skills"])
    towns = list(Unit.objects.tier(2).order_by("path"))
    villages = list(Unit.objects.tier(1).order_by("path"))
    while True:
        yield dice.choice(towns), dice.choice(skills), 1
        yield dice.choice(villages), dice.choice(skills), dice.choice((0, 1, 1))


def _name(dice: Random, home: Unit, skill: Skill, taken: set[tuple[int, str]]) -> str:
    """A name that no other team at home in this unit has."""
    while (found := (home.pk, rules.team_name(dice, home.short, skill.slug, skill.name))) in taken:
        pass
    taken.add(found)
    return found[1][:60]


def _license(rows: list[Team], at: datetime) -> None:
    """For the teams of the centres and of partners what the law asks for their craft."""
    asked = ServiceItem.objects.exclude(licence=None).values_list("skill__teams", "licence").distinct()
    able = {team.pk for team in rows if team.home.tier >= CENTRE or team.home.is_partner()}
    year, day = timedelta(days=365), at.astimezone(LOCAL).date()
    Licence.objects.bulk_create(
        Licence(team_id=team, kind_id=kind, valid_from=day - year, valid_until=day + year)
        for team, kind in asked
        if team in able
    )


def _join(members: list[tuple[Team, Person]], at: datetime) -> None:
    """Memberships, with the next volunteer numbers of the year, in one go."""
    state = Membership.State.MEMBER
    Membership.objects.bulk_create(Membership(team=team, person=one, state=state, at=at) for team, one in members)
    run, _made = NumberRun.objects.get_or_create(year=at.astimezone(LOCAL).year)
    Volunteer.objects.bulk_create(
        Volunteer(person=one, number=number_of(run.year, run.last + count), at=at)
        for count, (_team, one) in enumerate(members, 1)
    )
    NumberRun.objects.filter(pk=run.pk).update(last=run.last + len(members))


def our_team(company: Company, dice: Random, at: datetime) -> None:
    """The demo leader's: six people, one who asks to join, one licence that runs out."""
    team = Team.objects.create(
        name=OURS,
        home=company.units[CENTRE],
        leader=company["leader"],
        reach=Team.Reach.COUNTY,
        day_capacity=6,
        week_capacity=40,
        about="下班以后和周末上门，水、电、家电、门窗都修。",
        speaks="普通话 白银话",
        invented=True,
    )
    team.skills.set(Skill.objects.filter(slug__in=OUR_CRAFTS))
    _license([team], at)
    day = at.astimezone(LOCAL).date() + timedelta(days=18)
    first = Licence.objects.filter(team=team).order_by("pk")[:1].values("pk")
    Licence.objects.filter(pk__in=first).update(valid_until=day, holder=company["leader"].name)
    mates = persons(dice, rules.FIRST_MEMBER, 5, at - timedelta(days=40))
    _join([(team, one) for one in (company["leader"], company["volunteer"], *mates[:4])], at)
    actions.apply_to(team, by=mates[4], at=at - timedelta(hours=3))


def join_teams(company: Company, dice: Random, at: datetime) -> None:
    """Two members more for each team of the demo county and of the city."""
    near = Team.objects.at_home_in(company.units[CENTRE]) | Team.objects.filter(home=company.units[CITY])
    teams = list(near.exclude(name=OURS).order_by("pk"))
    people = persons(dice, rules.FIRST_MEMBER + 100, 2 * len(teams), at - timedelta(days=40))
    _join([(teams[count // 2], person) for count, person in enumerate(people)], at)
