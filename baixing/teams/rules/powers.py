"""The verbs over a team itself. Draws the buttons and guards the deeds alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.teams.models import Team
from baixing.teams.rules.standing import Standing


@dataclass(frozen=True)
class Power:
    """Who may, the words for those who may not, and whether the team must be open or closed for it."""

    who: Callable[[Standing, Team], bool]
    words: str | Promise
    team_is_open: bool = True


LONGEST_BREAK: Final = 366  # days off duty with an end
MOST_A_WEEK: Final = 50  # visits of one volunteer

_KEEPERS = _("Only the leader, or the staff where the team is at home, can do this.")
_LEADER = _("Only the leader of the team can do this.")
_OFFICE = _("Only the head or the staff where the team is at home can do this.")

POWERS: Final[Mapping[str, Power]] = {
    "change_team": Power(Standing.keeps, _KEEPERS),
    "hand_over_lead": Power(Standing.keeps, _KEEPERS),
    "take_days_off": Power(Standing.keeps, _KEEPERS),
    "drop_days_off": Power(Standing.keeps, _KEEPERS),
    "set_duty": Power(Standing.leads, _LEADER),
    "close_team": Power(Standing.oversees, _OFFICE),
    "reopen_team": Power(Standing.oversees, _OFFICE, team_is_open=False),
    "add_licence": Power(Standing.oversees, _OFFICE),
    "end_licence": Power(Standing.oversees, _OFFICE),
}


def powers(one: Standing, team: Team) -> frozenset[str]:
    """The verbs open to this person over this team now."""
    fitting = ((verb, row) for verb, row in POWERS.items() if row.team_is_open == team.active)
    return frozenset(verb for verb, row in fitting if row.who(one, team))


def check(verb: str, person: Person, team: Team, at: datetime) -> None:
    """Refuse, with words that say who may or why not now."""
    row = POWERS[verb]
    if not row.who(Standing(person, at), team):
        raise NotAllowed(row.words)
    if row.team_is_open != team.active:
        raise NotNow(_("This team is closed.") if row.team_is_open else _("This team is open already."))


def check_founder(person: Person, home: Unit, at: datetime) -> None:
    if not Standing(person, at).is_in_charge(home):
        raise NotAllowed(_("Only the head or the staff of this unit, or of one above it, can found a team here."))


def sees_members(one: Standing, team: Team) -> bool:
    return one.serves_in(team) or one.oversees(team)


def leader_words(one: Standing | None, team: Team) -> str:
    """The leader's name: whole for the team and those in charge of it, masked for everybody else."""
    known = one is not None and sees_members(one, team)
    return team.leader.name if known else team.leader.masked_name
