from __future__ import annotations

from baixing.schedule.views.calendar import calendar, drop_days_off, take_days_off
from baixing.schedule.views.sessions import call_list, call_off, change, open_session, people, plan, run, session
from baixing.schedule.views.signups import do, guest, guest_code, mine, reject, sign_up, signup, tracked, tracked_do

__all__ = [
    "calendar",
    "call_list",
    "call_off",
    "change",
    "do",
    "drop_days_off",
    "guest",
    "guest_code",
    "mine",
    "open_session",
    "people",
    "plan",
    "reject",
    "run",
    "session",
    "sign_up",
    "signup",
    "take_days_off",
    "tracked",
    "tracked_do",
]
