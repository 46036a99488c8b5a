"""Answers about sessions and calendars."""

from __future__ import annotations

from baixing.schedule.queries.calendar import (
    Day,
    Month,
    coming,
    days_off,
    month_of,
    off_ahead,
    visits_by_day,
    visits_in_week,
    week_of,
)
from baixing.schedule.queries.door import Board, board
from baixing.schedule.queries.sessions import at_risk, run_by
from baixing.schedule.queries.sessions import visible as visible_sessions
from baixing.schedule.queries.signups import clash_of, has_licence, has_skill, line_place, live_of, of_person
from baixing.schedule.queries.signups import visible as visible_signups

__all__ = [
    "Board",
    "Day",
    "Month",
    "at_risk",
    "board",
    "clash_of",
    "coming",
    "days_off",
    "has_licence",
    "has_skill",
    "line_place",
    "live_of",
    "month_of",
    "of_person",
    "off_ahead",
    "run_by",
    "visible_sessions",
    "visible_signups",
    "visits_by_day",
    "visits_in_week",
    "week_of",
]
