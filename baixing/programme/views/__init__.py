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
from baixing.programme.views.results import add_photo, photo, remove_photo, tell_results
from baixing.programme.views.sessions import add_sessions, open_sessions
from baixing.programme.views.themes import add_brand, brand, edit_list, theme
from baixing.programme.views.whats_on import whats_on, whats_on_map

__all__ = [
    "activity",
    "add_brand",
    "add_photo",
    "add_sessions",
    "brand",
    "change_activity",
    "conclude",
    "desk",
    "edit_list",
    "open_sessions",
    "photo",
    "plan_activity",
    "publish",
    "remove_photo",
    "tell_results",
    "theme",
    "whats_on",
    "whats_on_map",
    "withdraw",
]
