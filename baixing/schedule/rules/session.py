"""The life of a session."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.schedule.models import Session
from baixing.schedule.rules.standing import Standing

State = Session.State
LONGEST_OFF: Final = timedelta(days=92)
LONGEST_WEEKLY: Final = timedelta(days=366)  # then the team says again whether it keeps to it
LONGEST: Final = timedelta(days=14)  # one session
FARTHEST: Final = timedelta(days=366)  # ahead of today


def _runs(one: Standing, session: Session) -> bool:
    if session.kind == Session.Kind.VISIT:
        return session.team is not None and one.leads(session.team)
    return one.runs(session)


def _insured(session: Session) -> str:
    """志愿服务条例 art. 17: volunteers whom something may happen to are insured before they go."""
    asks = session.risk and session.roles.for_volunteers().exists()
    return (
        _("Name the insurance of the volunteers first: there is a risk (志愿服务条例 art. 17).")
        if asks and not session.insurance
        else ""
    )


LIFE: Life[Standing, Session] = Life(
    Move("open", frozenset({State.DRAFT}), State.OPEN, _runs, guard=_insured),
    Move("change", frozenset({State.DRAFT, State.OPEN}), None, _runs),
    Move("reword", frozenset({State.DRAFT, State.OPEN}), None, lambda _one, _session: False, by_clock=True),
    Move("hold", frozenset({State.OPEN}), State.HELD, _runs, by_clock=True),
    Move("report", frozenset({State.HELD}), State.REPORTED, _runs),
    Move(
        "call_off",
        frozenset({State.DRAFT, State.OPEN}),
        State.CALLED_OFF,
        _runs,
        by_clock=True,
    ),
)
