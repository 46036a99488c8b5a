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
from baixing.programme.views.quotas import plan, plan_rows, set_quotas
from baixing.programme.views.results import add_photo, photo, remove_photo, tell_results
from baixing.programme.views.series import add_series, add_stops, change_series, series
from baixing.programme.views.sessions import add_sessions, open_sessions
from baixing.programme.views.themes import add_brand, brand, edit_list, theme
from baixing.programme.views.whats_on import whats_on, whats_on_map

__all__ = [
    "activity",
    "activity_list",
    "add_brand",
    "add_list",
    "add_photo",
    "add_series",
    "add_sessions",
    "add_stops",
    "brand",
    "change_activity",
    "change_list",
    "change_series",
    "close_list",
    "conclude",
    "desk",
    "edit_list",
    "enter",
    "lists",
    "open_sessions",
    "photo",
    "plan",
    "plan_activity",
    "plan_rows",
    "publish",
    "publish_list",
    "remove_photo",
    "series",
    "set_quotas",
    "strike",
    "tell_results",
    "theme",
    "whats_on",
    "whats_on_map",
    "withdraw",
]
