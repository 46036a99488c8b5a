from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baixing.kernel.calendar import LOCAL
from baixing.schedule.models import DaysOff, DaysOffQuerySet, Session, SessionQuerySet
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


def days_off(teams: Iterable[Team], first: date, days: int) -> frozenset[tuple[int, date]]:
    """Which of these teams are off on which of so many days: {(team key, day)}."""
    last = first + timedelta(days=days - 1)
    keys = [team.pk for team in teams]
    rows = DaysOff.objects.touching(first, last).filter(team__in=keys)
    return frozenset((row.team_id, day) for row in rows for day in row.days() if first <= day <= last)


def week_of(day: date) -> date:
    """The Monday of the day's week, as ISO 8601 counts weeks."""
    return day - timedelta(days=day.weekday())


def visits_in_week(sessions: SessionQuerySet, day: date) -> int:
    """How many of these sessions are held, or will be, from Monday to Sunday of the day's week."""
    monday = datetime.combine(week_of(day), time.min, LOCAL)
    return sessions.live().between(monday, monday + timedelta(days=7)).count()


@dataclass(frozen=True)
class Day:
    """One day of a team's calendar."""

    day: date
    visits: int
    off: bool
    outside: bool  # of the month before or after
    today: bool


@dataclass(frozen=True)
class Month:
    """A team's month: whole weeks from Monday to Sunday, and the months beside it."""

    first: date
    before: date
    after: date
    weeks: list[list[Day]]


def month_of(team: Team, day: date, today: date) -> Month:
    """The month in which the day lies."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    length = -(-(after - monday).days // 7) * 7
    visits, off = visits_by_day([team], monday, length), days_off([team], monday, length)
    days = [monday + timedelta(days=n) for n in range(length)]
    cells = [Day(d, visits[team.pk, d], (team.pk, d) in off, d.month != first.month, d == today) for d in days]
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        weeks=[cells[n : n + 7] for n in range(0, length, 7)],
    )


def off_ahead(team: Team, today: date) -> DaysOffQuerySet:
    """The team's days off that are not over."""
    return DaysOff.objects.filter(team=team).to_come(today)


def coming(team: Team, at: datetime) -> SessionQuerySet:
    """What the team has still to do, soonest first."""
    return Session.objects.live().filter(team=team, end__gte=at).order_by("start")
