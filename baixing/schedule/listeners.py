"""What the schedule hears from the floors below; what it does then is loaded when the first of it is heard."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.teams.news import TeamClosing, team_closing


@erased.hear
def forget_signups(news: Erased) -> None:
    """What is to come is given back; what was stays as a count."""
    from baixing.schedule import actions

    actions.forget_person(news.person, by=news.by, at=news.at)


@team_closing.hear
def close_calendar_of_team(news: TeamClosing) -> None:
    """What it holds is called off, and what it has booked is free again."""
    from baixing.schedule import actions

    actions.close_calendar(news.team, by=news.by, at=news.at)
