"""A team takes days off, or gives them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Unfit
from baixing.look.said import said_near_date
from baixing.people.models import Person
from baixing.schedule.models import DaysOff, Session
from baixing.schedule.rules import LONGEST_OFF, LONGEST_WEEKLY
from baixing.teams.models import Team
from baixing.teams.rules import check


@transaction.atomic
def take_days_off(
    team: Team, first: date, last: date, *, weekly: bool = False, words: str, by: Person, at: datetime
) -> DaysOff:
    """From the first day to the last the team is offered nothing. What is agreed for these days is settled before.

    Weekly, these are the first day's weekday in each week, up to the last day at most.
    """
    _take_calendar("take_days_off", team, by, at)
    _check_span(first, last, weekly=weekly, today=at.astimezone(LOCAL).date())
    end = last - timedelta(days=(last - first).days % 7) if weekly else last
    rest = DaysOff(team=team, first=first, last=end, weekday=first.weekday() if weekly else None, words=words)
    days = frozenset(rest.days())
    if any(not days.isdisjoint(other.days()) for other in DaysOff.objects.touching(first, end).filter(team=team)):
        raise Unfit(_("Some of these days are off already."), field="first")
    _check_nothing_agreed(team, days)
    DaysOff.objects.bulk_create([rest])
    told = (first.isoformat(), end.isoformat())
    journal.write("take_days_off", team, by=by, at=at, first=told[0], last=told[1], weekly=weekly)
    return rest


@transaction.atomic
def drop_days_off(days: DaysOff, *, by: Person, at: datetime) -> None:
    """The team serves on these days after all."""
    _take_calendar("drop_days_off", days.team, by, at)
    if not DaysOff.objects.filter(pk=days.pk, dropped_at=None).update(dropped_at=at):
        raise NotNow(_("These days are free for visits already."))
    journal.write("drop_days_off", days.team, by=by, at=at, first=days.first.isoformat(), last=days.last.isoformat())


def _take_calendar(verb: str, team: Team, by: Person, at: datetime) -> None:
    Team.objects.filter(pk=team.pk).update(turn=F("turn") + 1)
    check(verb, by, team, at)


def _check_span(first: date, last: date, *, weekly: bool, today: date) -> None:
    if last < first:
        raise Unfit(_("The last day is before the first."), field="last")
    if last < today:
        raise Unfit(_("These days are over already."), field="last")
    if weekly and last - first >= LONGEST_WEEKLY:
        raise Unfit(_("Every week for at most a year. Say it again then."), field="last")
    if not weekly and last - first >= LONGEST_OFF:
        raise Unfit(_("At most 92 days at once. For longer, go off duty instead."), field="last")


def _check_nothing_agreed(team: Team, days: Collection[date]) -> None:
    start = datetime.combine(min(days), time.min, LOCAL)
    end = datetime.combine(max(days) + timedelta(days=1), time.min, LOCAL)
    agreed = Session.objects.filter(state=Session.State.OPEN).clashing(team, start, end).order_by("start")
    for visit in agreed:
        if {visit.start.astimezone(LOCAL).date(), visit.end.astimezone(LOCAL).date()} & {*days}:
            local = visit.start.astimezone(LOCAL)
            day = f"{said_near_date(local)} {local:%H:%M}"
            raise NotNow(_("A visit is agreed on %(day)s. Move it or hand it back first.") % {"day": day})
