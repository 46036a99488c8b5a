"""Sessions of the small town: an evening of songs in the village, and what is needed for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Attendance, Role, Session, Signup
from baixing.schedule.rules import codes
from tests.town import DAY, HOUR, NINE, Town

EVENING = NINE + 3 * DAY + 10 * HOUR
RESIDENTS, VOLUNTEERS = Role.Side.RESIDENT, Role.Side.VOLUNTEER


def planned(town: Town, *needs: Need, **facts: Any) -> Planned:  # noqa: ANN401 - any columns of a session
    wanted = needs or (Need(RESIDENTS, 2),)
    told: dict[str, object] = {"public": True, "place": "文化广场", **facts}
    return Planned("activity", "百姓大舞台", town.station, EVENING, EVENING + 2 * HOUR, needs=wanted, facts=told)


def evening(town: Town, *needs: Need, **facts: Any) -> Session:  # noqa: ANN401
    """Open for everybody, with two seats unless other ones are named."""
    session = actions.plan(planned(town, *needs, **facts), by=town.zhou, at=NINE)
    actions.open(session, by=town.zhou, at=NINE)
    return session


def role(session: Session, side: str = RESIDENTS) -> Role:
    return session.roles.select_related("session__unit", "skill", "licence").get(side=side)


def seat(session: Session, person: Any, **more: Any) -> Seat:  # noqa: ANN401
    return Seat(role(session), person, **more)


def come(session: Session, person: Any, **more: Any) -> Signup:  # noqa: ANN401
    """Somebody signs up for themself."""
    return actions.sign_up(seat(session, person, **more), by=person, at=NINE)


def again(signup: Signup) -> Signup:
    """As it stands now."""
    return Signup.objects.select_related("session__unit", "session__team", "role", "person", "by").get(pk=signup.pk)


def states(session: Session) -> list[str]:
    return list(Signup.objects.filter(session=session).order_by("pk").values_list("state", flat=True))


def taken(session: Session) -> int:
    return session.roles.aggregate(all=Sum("taken"))["all"] or 0


DOOR = EVENING - timedelta(minutes=10)  # people come


def code(session: Session, direction: str = codes.IN, at: datetime = DOOR) -> str:
    """What the leader's screen shows at this moment."""
    return codes.code_of(session.pk, direction, at)


def arrive(signup: Signup, person: Any, at: datetime = DOOR) -> Attendance:  # noqa: ANN401
    """Somebody holds their phone to the screen."""
    shown = code(signup.session, codes.IN, at)
    return actions.check_in(again(signup), way="code", by=person, at=at, code=shown)


def leave(signup: Signup, person: Any, at: datetime = EVENING + HOUR) -> Attendance:  # noqa: ANN401
    shown = code(signup.session, codes.OUT, at)
    return actions.check_out(again(signup), way="code", by=person, at=at, code=shown)
