"""What is said of a series, of a list, and of the stops of a tour."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import PlainText
from baixing.kernel.refusals import Unfit
from baixing.look.both import EditForm
from baixing.network.models import Unit
from baixing.programme.actions import Promise, Sitting
from baixing.programme.forms.parts import Day, OfUnit, Pick, choices_of
from baixing.programme.models import MOST_SESSIONS, Activity, ActivityList, Series
from baixing.programme.queries.naming import named_unit
from baixing.schedule.actions import Need
from baixing.schedule.models import MOST_SEATS, Role

STOP: Final = re.compile(r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s+(?P<clock>\d{1,2}[:：]\d{2})\s+(?P<unit>.+)")
MOST_HOURS: Final = 12
WORDS: Final = ("title", "words")


class SeriesForm(EditForm):
    title = PlainText(max_length=60, label=_("Name"))
    kind = forms.ChoiceField(label=_("What it is"), choices=Series.Kind.choices, widget=forms.RadioSelect)
    words = PlainText(max_length=1000, multiline=True, required=False, label=_("What holds it together"))

    def facts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "kind", "words")}


class NewSeriesForm(OfUnit, SeriesForm):
    """As a unit begins it."""


class ListForm(EditForm):
    title = PlainText(max_length=60, label=_("Name of the list"))
    words = PlainText(max_length=500, multiline=True, required=False, label=_("What it promises"))
    first = Day(label=_("From this day"))
    last = Day(label=_("Up to this day"))
    target = forms.IntegerField(min_value=1, max_value=MOST_SESSIONS, label=_("How many sessions"))

    def promise(self) -> Promise:
        said = self.cleaned_data
        return Promise(said["first"], said["last"], said["target"], {name: said[name] for name in WORDS})

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first."))
        return said


class NewListForm(OfUnit, ListForm):
    """As a unit begins it."""


class EnterForm(forms.Form):
    """Which activity comes onto a list, or goes."""

    activity = Pick(_("Activity"), required=True)

    def __init__(self, *args: object, rows: list[Activity], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.rows = {row.pk: row for row in rows}
        self.fields["activity"].choices = choices_of(rows)[1:]  # type: ignore[attr-defined]  # a choice

    def chosen(self) -> Activity:
        return self.rows[self.cleaned_data["activity"]]


class StopsForm(forms.Form):
    """Where a tour stops: a line for each."""

    stops = PlainText(
        max_length=3000,
        multiline=True,
        label=_("Stops"),
        help_text=_("A line for each: day, time, unit. For example: 2026-04-05 09:30 柳树村"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    hours = forms.FloatField(min_value=0.5, max_value=MOST_HOURS, label=_("Hours at each stop"))
    seats = forms.IntegerField(
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        label=_("Seats for residents"),
        help_text=_("Leave it empty when nobody has to sign up."),
    )

    def clean_stops(self) -> list[tuple[datetime, Unit]]:
        lines = str(self.cleaned_data["stops"]).splitlines()
        return [_stop(line.strip()) for line in lines if line.strip()]

    def sittings(self) -> list[Sitting]:
        said = self.cleaned_data
        length = timedelta(hours=said["hours"])
        needs = [Need(Role.Side.RESIDENT, said["seats"])] if said["seats"] else []
        return [Sitting(unit, [(start, start + length)], needs) for start, unit in said["stops"]]


def as_series(series: Series) -> dict[str, object]:
    return {name: getattr(series, name) for name in SeriesForm.base_fields}


def as_list(found: ActivityList) -> dict[str, object]:
    return {name: getattr(found, name) for name in ListForm.base_fields}


def _stop(line: str) -> tuple[datetime, Unit]:
    found = STOP.fullmatch(line)
    if not found:
        raise ValidationError(_("“%(line)s”: write day, time and unit."), params={"line": line[:40]})
    day, clock = re.sub(r"[/.]", "-", found["day"]), found["clock"].replace("：", ":")
    try:
        start = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)
        return start, named_unit(found["unit"].strip())
    except ValueError:
        raise ValidationError(_("“%(line)s”: there is no such day or time."), params={"line": line[:40]}) from None
    except Unfit as no:
        raise ValidationError("“%(line)s”: %(no)s", params={"line": line[:40], "no": no}) from None
