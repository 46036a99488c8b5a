"""A team's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baixing.teams.models import Membership, Team
from baixing.teams.queries.finding import count_of, skill_words, with_count
from baixing.teams.queries.licences import valid_kinds
from baixing.teams.rules import LIFE, Standing, leader_words, powers, sees_members


@dataclass(frozen=True)
class TeamPage:
    """What one reader sees of a team and may do with it."""

    team: Team
    leader: str
    skills: str
    members: int
    kinds: list[str]
    powers: frozenset[str]
    own: Membership | None

    @property
    def state(self) -> str:
        if not self.team.active:
            return "closed"
        return "on" if self.team.on_duty else "off"


def team_page(team: Team, one: Standing | None, today: date, language: str) -> TeamPage:
    found = with_count(Team.objects.filter(pk=team.pk)).select_related("home", "leader").get()
    own = _own(found, one)
    return TeamPage(
        team=found,
        leader=leader_words(one, found),
        skills=skill_words(found, language),
        members=count_of(found),
        kinds=valid_kinds(found, today, language),
        powers=_powers(found, one, own),
        own=own,
    )


def _own(team: Team, one: Standing | None) -> Membership | None:
    if one is None:
        return None
    live = Membership.objects.live().filter(team=team, person=one.person)
    return live.select_related("team__leader", "team__home").first()


def _powers(team: Team, one: Standing | None, own: Membership | None) -> frozenset[str]:
    """The verbs over the team and over the reader's own place in it. Whoever is not signed in may ask to join."""
    joins = frozenset({"apply_to"} if team.active and own is None else ())
    if one is None:
        return joins
    over_team = powers(one, team) | ({"see_members"} if sees_members(one, team) else frozenset())
    over_own = LIFE.powers(one, own) if own else frozenset()
    return over_team | over_own | (frozenset() if one.leads(team) else joins)
