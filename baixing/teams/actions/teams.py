"""Teams: founded, changed, handed over, closed and reopened."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.people.rules.speech import SPEECH
from baixing.teams.actions import telling
from baixing.teams.actions.numbers import enrol_volunteer
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Membership, Skill, Team
from baixing.teams.news import TeamClosing, team_closing
from baixing.teams.rules import check, check_founder

LONGEST_NAME = 60


@dataclass(frozen=True)
class TeamFacts:
    """What a team says about itself. Capacities are visits."""

    name: str
    about: str = ""
    reach: int = Team.Reach.TOWNSHIP
    skills: tuple[Skill, ...] = ()
    speaks: str = ""
    day_capacity: int = 2
    week_capacity: int = 6


@transaction.atomic
def found(home: Unit, facts: TeamFacts, leader: Person, *, by: Person, at: datetime) -> Team:
    """A new team at home in a unit. Its leader is its first member."""
    check_founder(by, home, at)
    check_facts(facts)
    if not Person.objects.living().filter(pk=leader.pk).exists():
        raise Unfit(_("This person's account is closed."), field="leader")
    try:
        with transaction.atomic():
            team = Team.objects.create(home=home, leader=leader, **own(facts))
    except IntegrityError:
        raise taken() from None
    team.skills.set(facts.skills)
    _make_member(team, leader, by=by, at=at)
    telling.leads(team, by, at)
    journal.write("found", team, by=by, at=at, home=home.pk, leader=leader.pk)
    return team


@transaction.atomic
def change_team(team: Team, facts: TeamFacts, *, version: int | None, by: Person, at: datetime) -> None:
    """Change what the team says about itself, unless somebody has since `version` was read."""
    take_team(team)
    check("change_team", by, team, at)
    check_facts(facts)
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    unchanged = Team.objects.filter(pk=team.pk, version=version)
    try:
        with transaction.atomic():
            changed = unchanged.update(**own(facts), version=F("version") + 1)
    except IntegrityError:
        raise taken() from None
    if not changed:
        raise Overtaken(_("Somebody else has changed this team meanwhile."))
    team.refresh_from_db()
    team.skills.set(facts.skills)
    journal.write("change_team", team, by=by, at=at, skills=[skill.pk for skill in facts.skills])


@transaction.atomic
def hand_over_lead(team: Team, to: Person, *, by: Person, at: datetime) -> None:
    """A member leads from now on. Whoever led stays in the team as a member."""
    take_team(team)
    check("hand_over_lead", by, team, at)
    before = team.leader
    if to == before:
        raise NotNow(_("This person leads the team already."))
    if not to.is_active or not _is_member(team, to):
        raise Unfit(_("Only a member of the team can lead it."), field="to")
    if before.is_active and not _is_member(team, before):
        _make_member(team, before, by=by, at=at)
    _write(team, leader=to)
    telling.led(team, before, by, at)
    journal.write("hand_over_lead", team, by=by, at=at, before=before.pk, to=to.pk)


@transaction.atomic
def close_team(team: Team, *, words: str, by: Person, at: datetime) -> None:
    """Take the team out of service. Whoever still counts on it refuses when it hears of this."""
    take_team(team)
    check("close_team", by, team, at)
    if not words.strip():
        raise Unfit(_("Please say why the team is closed."), field="words")
    team_closing.tell(TeamClosing(team=team, by=by, at=at))
    _write(team, active=False)
    telling.closed(team, by, at)
    journal.write("close_team", team, by=by, at=at, words=words)


@transaction.atomic
def reopen_team(team: Team, *, by: Person, at: datetime) -> None:
    take_team(team)
    check("reopen_team", by, team, at)
    if not team.leader.is_active:
        raise NotNow(_("The leader's account is closed. Found a new team instead."))
    _write(team, active=True)
    telling.reopened(team, by, at)
    journal.write("reopen_team", team, by=by, at=at)


def check_facts(facts: TeamFacts) -> None:
    if not facts.name.strip() or len(facts.name) > LONGEST_NAME:
        raise Unfit(_("A team needs a name of at most 60 characters."), field="name")
    if facts.reach not in Team.Reach.values:
        raise Unfit(_("Choose how far the team goes."), field="reach")
    if not set(facts.speaks.split()) <= set(SPEECH):
        raise Unfit(_("Choose among the languages and dialects."), field="speaks")
    if not 1 <= facts.day_capacity <= facts.week_capacity:
        raise Unfit(_("A team serves at least once a day, and no more in a day than in a week."), field="week_capacity")


def own(facts: TeamFacts) -> dict[str, object]:
    return {part.name: getattr(facts, part.name) for part in fields(facts) if part.name != "skills"}


def taken() -> Unfit:
    return Unfit(_("There is a team with this name here already. Choose another name."), field="name")


def _write(team: Team, **changes: object) -> None:
    """The team's turn is taken: nobody else writes meanwhile. What a form shows of a team is not among these."""
    Team.objects.filter(pk=team.pk).update(**changes)
    team.refresh_from_db()


def _is_member(team: Team, person: Person) -> bool:
    return Membership.objects.members().filter(team=team, person=person).exists()


def _make_member(team: Team, person: Person, *, by: Person, at: datetime) -> None:
    """Nobody applies to lead: a leader is a member without having asked."""
    member = Membership.objects.waiting().filter(team=team, person=person).first()
    if member:
        member.step(Membership.State.MEMBER, at=at)
    else:
        member = Membership.objects.create(team=team, person=person, state=Membership.State.MEMBER, at=at)
    volunteer = enrol_volunteer(person, by=by, at=at)
    journal.write("admit", member, by=by, at=at, volunteer=volunteer.pk)
