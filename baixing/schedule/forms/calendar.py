"""What people fill in about a team's calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.schedule.forms.fields import Day

A_YEAR: Final = timedelta(days=364)


class MonthForm(forms.Form):
    """Which month a reader asks for. Whatever it is, there is an answer."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)

    def asked(self, today: date) -> date:
        self.is_valid()
        month = self.cleaned_data.get("month")
        near = isinstance(month, date) and abs(month.year - today.year) <= 1
        return month if near and isinstance(month, date) else today


class DayForm(forms.Form):
    """Which day a reader asks for. Whatever it is, there is an answer."""

    day = Day(required=False)

    def asked(self, today: date) -> date:
        self.is_valid()
        day = self.cleaned_data.get("day")
        near = isinstance(day, date) and abs(day.year - today.year) <= 1
        return day if near and isinstance(day, date) else today


class DaysOffForm(forms.Form):
    """From when to when a team serves nobody."""

    first = forms.DateField(label=_("First day off"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day off"),
        required=False,
        help_text=_("Leave it empty for one day, or for a year when it is every week."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    weekly = forms.BooleanField(required=False, label=_("Every week on the weekday of the first day"))
    words = PlainText(
        max_length=60, required=False, label=_("What for"), help_text=_("Only the team and its station read this.")
    )

    def span(self) -> tuple[date, date]:
        """The first and the last day: one day, or a year of weeks, when no last one is named."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return first, last or (first + A_YEAR if self.cleaned_data["weekly"] else first)
