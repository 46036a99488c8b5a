"""The verbs of sessions, sign-ups and of a team's calendar. Nothing else writes them."""

from __future__ import annotations

from baixing.schedule.actions.attending import check_in, check_out, take_back, walk_in
from baixing.schedule.actions.booking import Hold, book, book_again, release_rest
from baixing.schedule.actions.booking import call_off as call_off_booking
from baixing.schedule.actions.booking import confirm as confirm_booking
from baixing.schedule.actions.booking import refuse as refuse_booking
from baixing.schedule.actions.booking import release as release_booking
from baixing.schedule.actions.checking import Seat
from baixing.schedule.actions.closing import close_calendar
from baixing.schedule.actions.coming import come_in, guest_of
from baixing.schedule.actions.days_off import drop_days_off, take_days_off
from baixing.schedule.actions.door import (
    bind_tablet,
    check_in_on_tablet,
    check_out_on_tablet,
    end_tablet,
    find_on_tablet,
    read_number,
    reveal,
    set_up_tablet,
    sign_up_on_tablet,
    tell_by_code,
)
from baixing.schedule.actions.feeds import make_feed, revoke_feed
from baixing.schedule.actions.forgetting import forget_guests, forget_person
from baixing.schedule.actions.leaving import agree_left, correct_left
from baixing.schedule.actions.noting import Noted, leave_noted, take_noted
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
from baixing.schedule.actions.repeating import (
    ALL,
    LATER,
    ONE,
    Again,
    call_off_all,
    change_all,
    needs_of,
    open_all,
    plan_again,
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
    reword,
)
from baixing.schedule.actions.sheets import print_sheets, read, settle
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
from baixing.schedule.actions.taps import Answer, Tapped, take_taps
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
    "ALL",
    "LATER",
    "ONE",
    "Again",
    "Answer",
    "Days",
    "Hold",
    "Need",
    "Noted",
    "Planned",
    "Seat",
    "Slot",
    "SpaceFacts",
    "Tapped",
    "VenueFacts",
    "add_space",
    "add_venue",
    "agree_left",
    "allow",
    "approve",
    "ask_alert",
    "bind_tablet",
    "book",
    "book_again",
    "call_off",
    "call_off_all",
    "call_off_booking",
    "cancel",
    "cancel_session",
    "change",
    "change_all",
    "change_space",
    "change_venue",
    "check_in",
    "check_in_on_tablet",
    "check_out",
    "check_out_on_tablet",
    "close_attendance",
    "close_calendar",
    "close_days",
    "come_in",
    "confirm",
    "confirm_booking",
    "correct_left",
    "drop_alert",
    "drop_days_off",
    "end_tablet",
    "find_on_tablet",
    "forget_guests",
    "forget_person",
    "guest_of",
    "hold",
    "keep",
    "lapse",
    "leave_noted",
    "make_feed",
    "needs_of",
    "offer",
    "open",
    "open_all",
    "open_days",
    "plan",
    "plan_again",
    "plan_visit",
    "print_sheets",
    "read",
    "read_number",
    "refill",
    "refuse_booking",
    "reject",
    "release_booking",
    "release_rest",
    "report",
    "reveal",
    "revoke_feed",
    "reword",
    "set_up_tablet",
    "settle",
    "sign_up",
    "sign_up_all",
    "sign_up_on_tablet",
    "stand_by",
    "stand_down",
    "take_back",
    "take_days_off",
    "take_noted",
    "take_over",
    "take_taps",
    "tell_by_code",
    "tick",
    "walk_in",
]
