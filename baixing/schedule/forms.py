"""What people fill in about a team's calendar."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText


class MonthForm(forms.Form):
    """Which month a reader asks for. Whatever it is, there is an answer."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)

    def asked(self, today: date) -> date:
        self.is_valid()
        month = self.cleaned_data.get("month")
        near = isinstance(month, date) and abs(month.year - today.year) <= 1
        return month if near and isinstance(month, date) else today


class DaysOffForm(forms.Form):
    """From when to when a team serves nobody."""

    first = forms.DateField(label=_("First day off"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day off"),
        required=False,
        help_text=_("Leave it empty for one day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = PlainText(
        max_length=60, required=False, label=_("What for"), help_text=_("Only the team and its station read this.")
    )
