"""The verbs of what the city puts on. Nothing else writes it."""

from __future__ import annotations

from baixing.programme.actions.activities import (
    Idea,
    change_activity,
    conclude,
    plan_activity,
    publish,
    tell_results,
    withdraw,
)
from baixing.programme.actions.campaigns import (
    Aim,
    add_campaign,
    change_campaign,
    close_campaign,
    pledge,
    publish_campaign,
    withdraw_pledge,
)
from baixing.programme.actions.collections import (
    Promise,
    add_list,
    add_series,
    change_list,
    change_series,
    close_list,
    enter,
    publish_list,
    strike,
)
from baixing.programme.actions.forgetting import forget_person
from baixing.programme.actions.occasions import Sitting, add_sessions, open_sessions
from baixing.programme.actions.organising import decline_part, take_part, tell_called_off
from baixing.programme.actions.photos import add_photo, remove_photo
from baixing.programme.actions.quotas import set_quotas
from baixing.programme.actions.remembrance import (
    add_remembrance,
    change_remembrance,
    close_remembrance,
    keep_back,
    leave_tribute,
    publish_remembrance,
    show_words,
    withdraw_tribute,
)
from baixing.programme.actions.tallies import Counted, confirm_tally, return_tally, tell_tally
from baixing.programme.actions.themes import add_brand, change_brand, load_programme, set_theme

__all__ = [
    "Aim",
    "Counted",
    "Idea",
    "Promise",
    "Sitting",
    "add_brand",
    "add_campaign",
    "add_list",
    "add_photo",
    "add_remembrance",
    "add_series",
    "add_sessions",
    "change_activity",
    "change_brand",
    "change_campaign",
    "change_list",
    "change_remembrance",
    "change_series",
    "close_campaign",
    "close_list",
    "close_remembrance",
    "conclude",
    "confirm_tally",
    "decline_part",
    "enter",
    "forget_person",
    "keep_back",
    "leave_tribute",
    "load_programme",
    "open_sessions",
    "plan_activity",
    "pledge",
    "publish",
    "publish_campaign",
    "publish_list",
    "publish_remembrance",
    "remove_photo",
    "return_tally",
    "set_quotas",
    "set_theme",
    "show_words",
    "strike",
    "take_part",
    "tell_called_off",
    "tell_results",
    "tell_tally",
    "withdraw",
    "withdraw_pledge",
    "withdraw_tribute",
]
