"""The verbs of a session. A visit belongs to an order, whose own table says who may do this."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Unfit
from baixing.look.said import said_near_date
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import Attendance, DaysOff, Session
from baixing.schedule.queries import visits_in_week, week_of
from baixing.schedule.rules import LIFE, LONGEST_OFF, LONGEST_WEEKLY
from baixing.teams.models import Duty, Team
from baixing.teams.rules import check


@dataclass(frozen=True)
class Slot:
    """From start to end, end not included."""

    start: datetime
    end: datetime


@transaction.atomic
def plan_visit(
    team: Team,
    slot: Slot,
    *,
    title: str,
    unit: Unit,
    volunteers: Collection[Person],
    by: Person,
    at: datetime,
) -> Session:
    """Put a visit into the team's calendar. Two callers at once are served in turn."""
    _take_turn(team, slot)
    _check_week(team, slot)
    _check_ready(volunteers, slot)
    visit = Session.objects.create(
        kind=Session.Kind.VISIT, title=title, unit=unit, team=team, start=slot.start, end=slot.end
    )
    Attendance.objects.bulk_create(Attendance(session=visit, person=v) for v in volunteers)
    journal.write("plan", visit, by=by, at=at, team=team.pk)
    return visit


@transaction.atomic
def call_off(session: Session, *, by: Person | None, at: datetime) -> None:
    """Free the team. Who may is the business of the thing the session was planned for."""
    LIFE.move("call_off", None, session)
    journal.write("call_off", session, by=by, at=at)


@transaction.atomic
def close_attendance(session: Session, *, came: Collection[Person], by: Person, at: datetime) -> None:
    """Say who came, then report the session. Nobody can be said to have come who is not named."""
    named = set(session.attendances.values_list("person_id", flat=True))
    pks = {person.pk for person in came}
    if not pks or not pks <= named:
        raise Unfit(_("Say who of the named volunteers came."), field="came")
    session.attendances.filter(person_id__in=pks).update(came=True)
    session.attendances.exclude(person_id__in=pks).update(came=False)
    LIFE.move("hold", by, session)
    LIFE.move("report", by, session)
    journal.write("report", session, by=by, at=at, came=len(pks))


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


def _take_turn(team: Team, slot: Slot) -> None:
    if slot.end <= slot.start:
        raise Unfit(_("The end must be after the start."), field="end")
    Team.objects.filter(pk=team.pk).update(turn=F("turn") + 1)
    first, last = slot.start.astimezone(LOCAL).date(), slot.end.astimezone(LOCAL).date()
    if DaysOff.objects.touching(first, last).filter(team=team).exists():
        raise NotNow(_("The team has this day off. Choose another day."))
    if Session.objects.clashing(team, slot.start, slot.end).exists():
        raise NotNow(_("The team already has a visit at this time. Choose another time."))


def _check_week(team: Team, slot: Slot) -> None:
    """The team's turn is taken. Another week has room, or the leader raises the number."""
    team.refresh_from_db(fields=["week_capacity"])
    day = slot.start.astimezone(LOCAL).date()
    if visits_in_week(Session.objects.filter(team=team), day) >= team.week_capacity:
        words = _("The team takes %(most)d visits a week, and the week from %(monday)s is full. Choose another week.")
        raise Unfit(words % {"most": team.week_capacity, "monday": said_near_date(week_of(day))}, field="day")


def _check_ready(volunteers: Collection[Person], slot: Slot) -> None:
    """Nobody is named who is off duty that day, or goes as often that week as they want to.

    Each volunteer's turn is taken, always in the same order, since another team may name them at the same moment.
    """
    day = slot.start.astimezone(LOCAL).date()
    for duty in Duty.objects.filter(person__in=volunteers).order_by("pk"):
        Duty.objects.filter(pk=duty.pk).update(turn=F("turn") + 1)
        held = Duty.objects.select_related("person").get(pk=duty.pk)
        if held.rests(day):
            raise Unfit(
                _("%(name)s takes a break then. Name somebody else.") % {"name": held.person.name}, field="volunteers"
            )
        going = Session.objects.filter(attendances__person=held.person)
        if held.week_most is not None and visits_in_week(going, day) >= held.week_most:
            words = _("%(name)s goes on at most %(most)d visits a week, and that week is full. Name somebody else.")
            raise Unfit(words % {"name": held.person.name, "most": held.week_most}, field="volunteers")
