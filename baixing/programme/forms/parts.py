"""Parts of these forms: one of the rows there are, units by their names, days and times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.kernel.refusals import Unfit
from baixing.look.both import EditForm
from baixing.network.models import Unit
from baixing.programme.queries.naming import named_unit

DAY_FORMATS: Final = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
FIRST_YEAR, LAST_YEAR = 2000, 2099
Choices = Iterable[tuple[str, str]]


class Pick(forms.TypedChoiceField):
    """One of the rows there are, by its key; None when none is chosen."""

    def __init__(self, label: object, choices: Choices = (), **kwargs: object) -> None:
        given = {"required": False, "coerce": int, "empty_value": None, **kwargs}
        super().__init__(label=label, choices=choices, **given)  # type: ignore[arg-type]  # passed on as given


class Day(forms.DateField):
    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=DAY_FORMATS, **kwargs)  # type: ignore[arg-type]  # passed on as given

    def validate(self, value: object) -> None:
        super().validate(value)
        if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class Clock(forms.TimeField):
    def __init__(self, **kwargs: object) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        formats = ["%H:%M", "%H:%M:%S", "%H.%M"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)  # type: ignore[arg-type]  # passed on as given


class Days(PlainText):
    """Some days, as people write them: 2026-04-05, or 4-5 of the year at hand."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=600, multiline=True, required=False, **kwargs)
        self.widget.attrs["rows"] = 2

    def clean(self, value: object) -> list[date]:
        words = re.split(r"[\s,;，、；]+", super().clean(value))
        return sorted({_day(word) for word in words if word})


class Units(PlainText):
    """Units of the network by their names, one a line."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=1200, multiline=True, required=False, **kwargs)
        self.widget.attrs["rows"] = 2

    def clean(self, value: object) -> list[Unit]:
        return [_unit(line) for line in super().clean(value).splitlines() if line.strip()]


def choices_of(rows: Iterable[Model]) -> list[tuple[str, str]]:
    return [("", "—"), *((str(row.pk), str(row)) for row in rows)]


def with_kept(choices: list[tuple[str, str]], initial: Mapping[str, object], name: str) -> list[tuple[str, str]]:
    """What stands there now is always among them."""
    now, there = initial.get(name), {value for value, _label in choices}
    kept = [(str(now), str(initial.get(f"{name}_words")))] if now and str(now) not in there else []
    return [*choices, *kept]


def _unit(line: str) -> Unit:
    try:
        return named_unit(line.strip())
    except Unfit as no:
        raise ValidationError("%(line)s: %(no)s", params={"line": line.strip(), "no": no}) from None


def _day(word: str) -> date:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(word, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValidationError(_("%(word)s is no day. Write days like 2026-04-05."), params={"word": word[:20]})


class WhyForm(forms.Form):
    """Why it is called off, as everybody reads it."""

    words = PlainText(max_length=200, multiline=True, label=_("Why?"))


class OfUnit(forms.Form):
    """Together with the form of a thing: which unit begins it."""

    unit = Pick(_("Unit"), required=True)

    def __init__(self, *args: object, units: list[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.units = {unit.pk: unit for unit in units}
        self.fields["unit"].choices = choices_of(units)[1:]  # type: ignore[attr-defined]  # a choice

    def unit_chosen(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class MatterForm(EditForm):
    """What is said of a campaign, of a contest, of whom a unit remembers."""

    def said(self) -> object:
        raise NotImplementedError


class NewMatterForm(OfUnit, MatterForm):
    """The same as a unit begins it."""
