"""The verbs of a session. A visit belongs to an order, whose own table says who may do this."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Session
from baixing.schedule.rules import LIFE
from baixing.teams.models import Team


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


def _take_turn(team: Team, slot: Slot) -> None:
    if slot.end <= slot.start:
        raise Unfit(_("The end must be after the start."), field="end")
    Team.objects.filter(pk=team.pk).update(turn=F("turn") + 1)
    if Session.objects.clashing(team, slot.start, slot.end).exists():
        raise NotNow(_("The team already has a visit at this time. Choose another time."))
