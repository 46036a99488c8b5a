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
from baixing.programme.actions.occasions import Sitting, add_sessions, open_sessions
from baixing.programme.actions.photos import add_photo, remove_photo
from baixing.programme.actions.themes import add_brand, change_brand, load_programme, set_theme

__all__ = [
    "Idea",
    "Sitting",
    "add_brand",
    "add_photo",
    "add_sessions",
    "change_activity",
    "change_brand",
    "conclude",
    "load_programme",
    "open_sessions",
    "plan_activity",
    "publish",
    "remove_photo",
    "set_theme",
    "tell_results",
    "withdraw",
]
