"""Days and times from the calendar of the browser, or typed."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import forms

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
WRITTEN: Final = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


class Day(forms.DateField):
    """A day of this age."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=WRITTEN, **kwargs)  # type: ignore[arg-type]  # passed on as given

    def validate(self, value: object) -> None:
        super().validate(value)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class Clock(forms.TimeField):
    """A time of day."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)  # type: ignore[arg-type]  # passed on as given
