"""The life of a session, as far as a service visit needs it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from baixing.kernel.life import Life, Move
from baixing.people.models import Person
from baixing.schedule.models import Session

State = Session.State
LONGEST_OFF: Final = timedelta(days=92)
LONGEST_WEEKLY: Final = timedelta(days=366)  # then the team says again whether it keeps to it


def leader(person: Person, session: Session) -> bool:
    return session.team is not None and session.team.leader_id == person.pk


LIFE: Life[Person, Session] = Life(
    Move("open", frozenset({State.DRAFT}), State.OPEN, leader),
    Move("hold", frozenset({State.OPEN}), State.HELD, leader),
    Move("report", frozenset({State.HELD}), State.REPORTED, leader),
    Move(
        "call_off",
        frozenset({State.DRAFT, State.OPEN}),
        State.CALLED_OFF,
        leader,
        by_clock=True,
    ),
)
