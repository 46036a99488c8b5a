from __future__ import annotations

from baixing.schedule.forms.calendar import DaysOffForm, MonthForm

__all__ = ["DaysOffForm", "MonthForm"]
