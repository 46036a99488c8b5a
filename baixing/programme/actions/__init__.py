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
from baixing.programme.actions.occasions import Sitting, add_sessions, open_sessions
from baixing.programme.actions.photos import add_photo, remove_photo
from baixing.programme.actions.quotas import set_quotas
from baixing.programme.actions.themes import add_brand, change_brand, load_programme, set_theme

__all__ = [
    "Idea",
    "Promise",
    "Sitting",
    "add_brand",
    "add_list",
    "add_photo",
    "add_series",
    "add_sessions",
    "change_activity",
    "change_brand",
    "change_list",
    "change_series",
    "close_list",
    "conclude",
    "enter",
    "load_programme",
    "open_sessions",
    "plan_activity",
    "publish",
    "publish_list",
    "remove_photo",
    "set_quotas",
    "set_theme",
    "strike",
    "tell_results",
    "withdraw",
]
