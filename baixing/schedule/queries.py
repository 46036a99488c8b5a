from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from baixing.kernel.calendar import LOCAL
from baixing.schedule.models import Session, SessionQuerySet
from baixing.teams.models import Team


def visits_by_day(teams: Iterable[Team], first: date, days: int) -> Counter[tuple[int, date]]:
    """How many live sessions each team has on each local day: {(team key, day): count}."""
    start = datetime.combine(first, time.min, LOCAL)
    rows = (
        Session.objects.live()
        .filter(team__in=[team.pk for team in teams])
        .between(start, start + timedelta(days=days))
        .values_list("team_id", "start")
    )
    return Counter((team, begins.astimezone(LOCAL).date()) for team, begins in rows if team)


def coming(team: Team, at: datetime) -> SessionQuerySet:
    """What the team has still to do, soonest first."""
    return Session.objects.live().filter(team=team, end__gte=at).order_by("start")
