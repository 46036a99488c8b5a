"""The pages of what the city puts on."""

from __future__ import annotations

from baixing.programme.views.activities import (
    activity,
    change_activity,
    conclude,
    desk,
    plan_activity,
    publish,
    withdraw,
)
from baixing.programme.views.campaigns import (
    add_campaign,
    campaign,
    campaigns,
    change_campaign,
    close_campaign,
    pledge,
    publish_campaign,
    withdraw_pledge,
)
from baixing.programme.views.lists import (
    activity_list,
    add_list,
    change_list,
    close_list,
    enter,
    lists,
    publish_list,
    strike,
)
from baixing.programme.views.organising import decline_part, take_part
from baixing.programme.views.quotas import plan, plan_rows, set_quotas
from baixing.programme.views.remembrance import (
    add_remembrance,
    change_remembrance,
    close_remembrance,
    keep_back,
    leave_tribute,
    publish_remembrance,
    remembrance,
    remembrances,
    show_words,
    withdraw_tribute,
    words,
)
from baixing.programme.views.results import add_photo, photo, remove_photo, tell_results
from baixing.programme.views.series import add_series, add_stops, change_series, series
from baixing.programme.views.sessions import add_sessions, open_sessions
from baixing.programme.views.tallies import confirm_tally, return_tally, tallies, tell_tally
from baixing.programme.views.themes import add_brand, brand, edit_list, theme
from baixing.programme.views.whats_on import whats_on, whats_on_map

__all__ = [
    "activity",
    "activity_list",
    "add_brand",
    "add_campaign",
    "add_list",
    "add_photo",
    "add_remembrance",
    "add_series",
    "add_sessions",
    "add_stops",
    "brand",
    "campaign",
    "campaigns",
    "change_activity",
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
    "desk",
    "edit_list",
    "enter",
    "keep_back",
    "leave_tribute",
    "lists",
    "open_sessions",
    "photo",
    "plan",
    "plan_activity",
    "plan_rows",
    "pledge",
    "publish",
    "publish_campaign",
    "publish_list",
    "publish_remembrance",
    "remembrance",
    "remembrances",
    "remove_photo",
    "return_tally",
    "series",
    "set_quotas",
    "show_words",
    "strike",
    "take_part",
    "tallies",
    "tell_results",
    "tell_tally",
    "theme",
    "whats_on",
    "whats_on_map",
    "withdraw",
    "withdraw_pledge",
    "withdraw_tribute",
    "words",
]
