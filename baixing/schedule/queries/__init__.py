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
from baixing.schedule.queries.feeds import (
    Calendar,
    Event,
    OwnCalendar,
    behind,
    calendar_behind,
    of_session,
    of_team,
    of_unit,
    own_calendars,
    own_feeds,
)
from baixing.schedule.queries.repeating import others_of
from baixing.schedule.queries.sessions import (
    Place,
    at_risk,
    offered,
    place_of,
    places_of,
    reachable,
    run_by,
    standing_by,
    to_call,
)
from baixing.schedule.queries.sessions import seen as seen_session
from baixing.schedule.queries.sessions import visible as visible_sessions
from baixing.schedule.queries.signups import clash_of, has_licence, has_skill, line_place, live_of, of_person
from baixing.schedule.queries.signups import visible as visible_signups

__all__ = [
    "Board",
    "Calendar",
    "Day",
    "Event",
    "Month",
    "OwnCalendar",
    "Place",
    "at_risk",
    "behind",
    "board",
    "calendar_behind",
    "clash_of",
    "coming",
    "days_off",
    "has_licence",
    "has_skill",
    "line_place",
    "live_of",
    "month_of",
    "of_person",
    "of_session",
    "of_team",
    "of_unit",
    "off_ahead",
    "offered",
    "others_of",
    "own_calendars",
    "own_feeds",
    "place_of",
    "places_of",
    "reachable",
    "run_by",
    "seen_session",
    "standing_by",
    "to_call",
    "visible_sessions",
    "visible_signups",
    "visits_by_day",
    "visits_in_week",
    "week_of",
]
