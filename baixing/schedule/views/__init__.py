from __future__ import annotations

from baixing.schedule.views.calendar import calendar, drop_days_off, take_days_off

__all__ = ["calendar", "drop_days_off", "take_days_off"]
