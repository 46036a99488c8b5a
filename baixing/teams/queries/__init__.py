"""What teams there are, who is in them, and what papers they hold."""

from __future__ import annotations

from baixing.teams.queries.finding import (
    Asked,
    TeamRow,
    founding_home,
    led_by,
    listed,
    rows,
    said_name,
    serves_anywhere,
    teams_of,
    visible,
    where,
)
from baixing.teams.queries.licences import Paper, expiring, expiring_under, licences_in, licensed, papers
from baixing.teams.queries.members import (
    Mine,
    Place,
    Roster,
    duty_of,
    heirs,
    memberships,
    mine,
    roster,
    short_of_people,
)
from baixing.teams.queries.pages import TeamPage, team_page

__all__ = [
    "Asked",
    "Mine",
    "Paper",
    "Place",
    "Roster",
    "TeamPage",
    "TeamRow",
    "duty_of",
    "expiring",
    "expiring_under",
    "founding_home",
    "heirs",
    "led_by",
    "licences_in",
    "licensed",
    "listed",
    "memberships",
    "mine",
    "papers",
    "roster",
    "rows",
    "said_name",
    "serves_anywhere",
    "short_of_people",
    "team_page",
    "teams_of",
    "visible",
    "where",
]
