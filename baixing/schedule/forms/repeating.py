"""How often something is: once, or again and again with an end and exceptions."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.network.queries import DAYS
from baixing.schedule.forms.fields import Day
from baixing.schedule.rules.recurrence import MOST_APART, MOST_OCCURRENCES, Repeat

DAYS_LEFT_OUT: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
REPEATS: Final = [
    ("", _("Once")),
    ("daily", _("Every day")),
    ("weekly", _("Every week")),
    ("monthly", _("Every month on this date")),
    ("monthly_day", _("Every month on this weekday")),
]


class LeftOut(PlainText):
    """Days, as people write them one after the other."""

    default_error_messages = {"days": _("Write each day like 2026-05-01.")}

    def clean(self, value: object) -> list[date]:
        text = super().clean(value)
        found = DAYS_LEFT_OUT.findall(text)
        if re.sub(r"[\s,，;；、]", "", DAYS_LEFT_OUT.sub("", text)):
            raise ValidationError(self.error_messages["days"], code="days")
        return [self._day(one) for one in found]

    def _day(self, text: str) -> date:
        try:
            return date(*map(int, re.findall(r"\d+", text)))
        except ValueError:
            raise ValidationError(self.error_messages["days"], code="days") from None


class RepeatForm(forms.Form):
    """Once, or again and again: until a day or so many times, and on which days not."""

    every = forms.ChoiceField(label=_("How often"), choices=REPEATS, required=False)
    apart = forms.IntegerField(label=_("Every how many"), min_value=1, max_value=MOST_APART, required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("On which weekdays, when it is every week"),
        choices=[(str(number), name) for number, name in enumerate(DAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = Day(label=_("Until which day"), required=False)
    count = forms.IntegerField(label=_("Or how many times"), min_value=1, max_value=MOST_OCCURRENCES, required=False)
    left_out = LeftOut(label=_("Not on these days"), max_length=400, required=False)

    def repeat(self) -> Repeat | None:
        given = self.cleaned_data
        if not given["every"]:
            return None
        days = tuple(int(day) for day in given["weekdays"])
        return Repeat(given["every"], given["apart"] or 1, days, given["until"], given["count"])
