"""Hours of the small town: an evening at which 罗 and 敏 help, and what it comes to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from baixing.hours import actions
from baixing.hours.models import HoursClaim, HoursEntry
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Session, Signup
from tests.schedule.stage import EVENING, VOLUNTEERS, evening, role
from tests.town import HOUR, NINE, Town

MINUTE = timedelta(minutes=1)
AFTER = EVENING + 3 * HOUR


def helped(
    town: Town,
    *people: Person,
    came: datetime = EVENING,
    left: datetime = EVENING + 2 * HOUR,
    **facts: Any,  # noqa: ANN401
) -> Session:
    """An evening that is over and reported, at which these people helped."""
    session = evening(town, Need(VOLUNTEERS, 20), **facts)
    for person in people:
        attend(session, person, town, came, left)
    schedule.report(fresh(session), by=town.zhou, at=max(session.end, left))
    return fresh(session)


def attend(session: Session, person: Person, town: Town, came: datetime, left: datetime) -> Signup:
    signup = join(session, person)
    schedule.check_in(signup, way="roster", by=town.zhou, at=came)
    schedule.check_out(signup, way="roster", by=town.zhou, at=left)
    return signup


def join(session: Session, person: Person) -> Signup:
    """As a volunteer."""
    return schedule.sign_up(Seat(role(session, VOLUNTEERS), person), by=person, at=session.made_at or NINE)


def fresh(session: Session) -> Session:
    return Session.objects.select_related("unit", "team").get(pk=session.pk)


def claim_of(session: Session, person: Person) -> HoursClaim:
    return HoursClaim.objects.with_nouns().get(session=session, volunteer__person=person)


def credited(session: Session, person: Person, town: Town, at: datetime = AFTER) -> HoursEntry:
    """Through the two people whom it takes: 周 checks, 吴 credits."""
    actions.review(claim_of(session, person), by=town.zhou, at=at)
    return actions.credit(claim_of(session, person), by=town.wu, at=at)
