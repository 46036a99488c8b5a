"""The verbs of teams."""

from __future__ import annotations

from baixing.teams.actions.duty import return_to_duty, set_duty, set_own_duty, set_week_most
from baixing.teams.actions.licences import add_licence, end_licence
from baixing.teams.actions.many import Joining, NewTeam, admit_all, found_all
from baixing.teams.actions.memberships import admit, apply_to, leave, refuse, remove, withdraw
from baixing.teams.actions.numbers import enrol_volunteer
from baixing.teams.actions.teams import (
    TeamFacts,
    change_team,
    close_team,
    found,
    hand_over_lead,
    reopen_team,
)

__all__ = [
    "Joining",
    "NewTeam",
    "TeamFacts",
    "add_licence",
    "admit",
    "admit_all",
    "apply_to",
    "change_team",
    "close_team",
    "end_licence",
    "enrol_volunteer",
    "found",
    "found_all",
    "hand_over_lead",
    "leave",
    "refuse",
    "remove",
    "reopen_team",
    "return_to_duty",
    "set_duty",
    "set_own_duty",
    "set_week_most",
    "withdraw",
]
