"""The verbs of sessions, sign-ups and of a team's calendar. Nothing else writes them."""

from __future__ import annotations

from baixing.schedule.actions.attending import agree_left, check_in, check_out
from baixing.schedule.actions.booking import Hold, book, book_again, release_rest
from baixing.schedule.actions.booking import call_off as call_off_booking
from baixing.schedule.actions.booking import confirm as confirm_booking
from baixing.schedule.actions.booking import refuse as refuse_booking
from baixing.schedule.actions.booking import release as release_booking
from baixing.schedule.actions.days_off import drop_days_off, take_days_off
from baixing.schedule.actions.forgetting import forget_guests, forget_person
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
    Seat,
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
from baixing.schedule.actions.venues import (
    Days,
    SpaceFacts,
    VenueFacts,
    add_space,
    add_venue,
    change_space,
    change_venue,
    close_days,
    open_days,
)
from baixing.schedule.actions.visiting import Slot, call_off, close_attendance, plan_visit

__all__ = [
    "Days",
    "Hold",
    "Need",
    "Planned",
    "Seat",
    "Slot",
    "SpaceFacts",
    "VenueFacts",
    "add_space",
    "add_venue",
    "agree_left",
    "allow",
    "approve",
    "book",
    "book_again",
    "call_off",
    "call_off_booking",
    "cancel",
    "cancel_session",
    "change",
    "change_space",
    "change_venue",
    "check_in",
    "check_out",
    "close_attendance",
    "close_days",
    "confirm",
    "confirm_booking",
    "drop_days_off",
    "forget_guests",
    "forget_person",
    "hold",
    "lapse",
    "open",
    "open_days",
    "plan",
    "plan_visit",
    "refuse_booking",
    "reject",
    "release_booking",
    "release_rest",
    "report",
    "sign_up",
    "sign_up_all",
    "take_days_off",
    "tick",
]
