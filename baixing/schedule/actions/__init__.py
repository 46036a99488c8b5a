"""The verbs of sessions, sign-ups and of a team's calendar. Nothing else writes them."""

from __future__ import annotations

from baixing.schedule.actions.attending import agree_left, check_in, check_out
from baixing.schedule.actions.checking import Seat
from baixing.schedule.actions.days_off import drop_days_off, take_days_off
from baixing.schedule.actions.feeds import make_feed, revoke_feed
from baixing.schedule.actions.forgetting import forget_guests, forget_person
from baixing.schedule.actions.refilling import (
    ask_alert,
    drop_alert,
    keep,
    offer,
    refill,
    stand_by,
    stand_down,
    take_over,
)
from baixing.schedule.actions.sessions import (
    Need,
    Planned,
    cancel_session,
    change,
    hold,
    open,  # noqa: A004 - the verb of the life table
    plan,
    report,
)
from baixing.schedule.actions.signing_up import (
    allow,
    approve,
    cancel,
    confirm,
    lapse,
    reject,
    sign_up,
    sign_up_all,
)
from baixing.schedule.actions.ticking import tick
from baixing.schedule.actions.visiting import Slot, call_off, close_attendance, plan_visit

__all__ = [
    "Need",
    "Planned",
    "Seat",
    "Slot",
    "agree_left",
    "allow",
    "approve",
    "ask_alert",
    "call_off",
    "cancel",
    "cancel_session",
    "change",
    "check_in",
    "check_out",
    "close_attendance",
    "confirm",
    "drop_alert",
    "drop_days_off",
    "forget_guests",
    "forget_person",
    "hold",
    "keep",
    "lapse",
    "make_feed",
    "offer",
    "open",
    "plan",
    "plan_visit",
    "refill",
    "reject",
    "report",
    "revoke_feed",
    "sign_up",
    "sign_up_all",
    "stand_by",
    "stand_down",
    "take_days_off",
    "take_over",
    "tick",
]
