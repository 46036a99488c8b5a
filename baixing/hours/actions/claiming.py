"""What a session that is over comes to, for each volunteer who was there. Safe to repeat: what is claimed stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from baixing.hours.actions import flagging
from baixing.hours.models import HoursClaim
from baixing.hours.queries import origins
from baixing.hours.rules import reckoning
from baixing.hours.rules.lives import CLAIM
from baixing.hours.rules.reckoning import Span
from baixing.journal import actions as journal
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Role, Session
from baixing.teams.actions import enrol_volunteer

C, Why = HoursClaim.State, HoursClaim.Why


@transaction.atomic
def claim_session(session: Session, *, by: Person | None, at: datetime) -> list[HoursClaim]:
    """One claim a volunteer, as the attendance tells it."""
    rows = [row for row in _volunteers(session) if is_whole(row)]
    had = set(HoursClaim.objects.filter(session=session).values_list("attendance_id", flat=True))
    fresh = [row for row in rows if row.pk not in had]
    after = origins.planned_after_start(session)
    made = [_claim(row, session, by, at, after=after) for row in fresh]
    flagging.look_at(session, rows, made, after=after, at=at)
    return made


def is_whole(row: Attendance) -> bool:
    """Both ends are told, and what one person told afterwards the other side has confirmed. A visit has none."""
    if row.signup_id is None:
        return True
    return row.arrived_at is not None and row.left_at is not None and not row.waits


def _volunteers(session: Session) -> Iterator[Attendance]:
    """Of a visit everybody who came; else those who came as volunteers and have an account."""
    theirs = Q(signup=None) | Q(signup__role__side=Role.Side.VOLUNTEER)
    rows = Attendance.objects.filter(theirs, session=session, came=True, person__isnull=False, person__erased_at=None)
    yield from rows.select_related("person", "signup").order_by("pk")


def _claim(row: Attendance, session: Session, by: Person | None, at: datetime, *, after: bool) -> HoursClaim:
    start, end = span_of(row, session, at)
    assert row.person is not None  # noqa: S101 - asked for above
    claim = HoursClaim(
        volunteer=enrol_volunteer(row.person, by=by, at=at),
        session=session,
        attendance=row,
        start=start,
        end=end,
        minutes=0 if after else reckoning.whole_minutes((start, end)),
        late=row.late,
        told_by=by,
        made_at=at,
    )
    claim.save(force_insert=True)
    journal.write("compute", claim, by=by, at=at, minutes=claim.minutes, late=claim.late)
    if not claim.minutes:
        _refuse_by_clock(claim, Why.AFTER_START if after else Why.NOTHING, at)
    return claim


def span_of(row: Attendance, session: Session, at: datetime) -> Span:
    """A visit counts as it was planned, and not beyond the moment at which it was told."""
    if row.signup_id is None or row.arrived_at is None or row.left_at is None:
        return reckoning.span_of(session.start, min(session.end, at), session.length)
    return reckoning.span_of(row.arrived_at, row.left_at, session.length)


def _refuse_by_clock(claim: HoursClaim, why: str, at: datetime) -> None:
    CLAIM.move("refuse", None, claim, why=why, ended_at=at)
    journal.write("refuse", claim, by=None, at=at, why=why)
