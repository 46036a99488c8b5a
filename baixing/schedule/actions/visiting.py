"""The verbs of a session. A visit belongs to an order, whose own table says who may do this."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

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
from baixing.schedule.news import Reported, reported
from baixing.schedule.queries import visits_in_week, week_of
from baixing.schedule.rules import LIFE, Standing
from baixing.teams.models import Duty, Team

TOLD_WITHIN = timedelta(days=1)  # after a visit; what is said of it later is said after the fact


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
        kind=Session.Kind.VISIT,
        title=title,
        unit=unit,
        team=team,
        start=slot.start,
        end=slot.end,
        made_by=by,
        made_at=at,
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
    session.attendances.filter(person_id__in=pks).update(came=True, late=at > session.end + TOLD_WITHIN)
    session.attendances.exclude(person_id__in=pks).update(came=False)
    LIFE.move("hold", Standing(by, at), session)
    LIFE.move("report", Standing(by, at), session)
    journal.write("report", session, by=by, at=at, came=len(pks))
    reported.tell(Reported(session, by, at))


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
