"""What the teams announce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baixing.kernel.news import News
from baixing.people.models import Person
from baixing.teams.models import Team


@dataclass(frozen=True)
class TeamClosing:
    """A team is about to be closed. Who still counts on it refuses, and it stays open."""

    team: Team
    by: Person
    at: datetime


team_closing: News[TeamClosing] = News()
