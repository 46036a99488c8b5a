from __future__ import annotations

from baixing.schedule.views.calendar import calendar, drop_days_off, take_days_off
from baixing.schedule.views.feeds import (
    feed,
    feeds,
    make_feed,
    make_team_feed,
    revoke_feed,
    session_file,
    team_feed,
    unit_feed,
)
from baixing.schedule.views.sessions import call_list, call_off, change, open_session, people, plan, run, session
from baixing.schedule.views.signups import do, guest, guest_code, mine, reject, sign_up, signup, tracked, tracked_do
from baixing.schedule.views.ways import ask_alert, drop_alert, refill, stand_by, stand_down, take_over

__all__ = [
    "ask_alert",
    "calendar",
    "call_list",
    "call_off",
    "change",
    "do",
    "drop_alert",
    "drop_days_off",
    "feed",
    "feeds",
    "guest",
    "guest_code",
    "make_feed",
    "make_team_feed",
    "mine",
    "open_session",
    "people",
    "plan",
    "refill",
    "reject",
    "revoke_feed",
    "run",
    "session",
    "session_file",
    "sign_up",
    "signup",
    "stand_by",
    "stand_down",
    "take_days_off",
    "take_over",
    "team_feed",
    "tracked",
    "tracked_do",
    "unit_feed",
]
