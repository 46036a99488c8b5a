"""Where and when an activity is held, and for whom there is room."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import PlainText
from baixing.network.models import Unit
from baixing.programme.actions import Sitting
from baixing.programme.forms.parts import Clock, Day, Days, Units
from baixing.schedule.actions import Need
from baixing.schedule.models import MOST_SEATS, Role
from baixing.schedule.rules.recurrence import Repeat, times

DAY: Final = timedelta(days=1)
OLDEST: Final = 120
LONGEST: Final = timedelta(days=366)
SELDOM: Final = (
    "but", "also", "where", "meeting_point", "speech", "link", "age_from", "age_to",
    "volunteers", "least", "approval", "risk", "insurance",
)  # fmt: skip
REPEATS: Final = [
    ("once", _("Once")),
    ("daily", _("Every day")),
    ("workdays", _("Every working day")),
    ("weekly", _("Every week")),
    ("fortnightly", _("Every second week")),
    ("monthly", _("Every month, on the same weekday")),
]
PLAIN: Final = ("place", "meeting_point", "speech", "link", "approval", "risk", "insurance")


class SessionsForm(forms.Form):
    """One session, or one that comes again and again with its exceptions."""

    first = Day(label=_("Day"))
    starts = Clock(label=_("Begins at"))
    ends = Clock(label=_("Ends at"), help_text=_("At an earlier time than it begins: of the next day."))
    repeat = forms.ChoiceField(label=_("How often"), choices=REPEATS, initial="once")
    until = Day(label=_("Comes again until"), required=False, help_text=_("Only when it comes again; within a year."))
    but = Days(label=_("But not on"), help_text=_("Days like 2026-04-05, with a space or a line between them."))
    also = Days(label=_("And also on"), help_text=_("Further days, at the same time."))
    where = Units(label=_("At which unit"), help_text=_("Leave it empty for the host itself."))
    place = PlainText(max_length=80, required=False, label=_("Place"), help_text=_("The hall, the square, the door."))
    meeting_point = PlainText(max_length=80, required=False, label=_("Where people meet"))
    speech = PlainText(max_length=20, required=False, label=_("Language or dialect"))
    link = forms.URLField(
        max_length=300, required=False, assume_scheme="https", label=_("Address to take part from afar")
    )
    seats = forms.IntegerField(
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        label=_("Seats for residents"),
        help_text=_("Leave it empty when nobody has to sign up."),
    )
    age_from = forms.IntegerField(min_value=0, max_value=OLDEST, required=False, label=_("Age from"))
    age_to = forms.IntegerField(min_value=0, max_value=OLDEST, required=False, label=_("Age up to"))
    volunteers = forms.IntegerField(min_value=1, max_value=MOST_SEATS, required=False, label=_("Seats for volunteers"))
    least = forms.IntegerField(min_value=0, max_value=MOST_SEATS, required=False, label=_("Volunteers needed at least"))
    approval = forms.BooleanField(required=False, label=_("Each sign-up waits for a yes of ours"))
    risk = PlainText(
        max_length=300, required=False, label=_("What may happen"), help_text=_("Heat, heights, roads: said before.")
    )
    insurance = PlainText(max_length=80, required=False, label=_("Insurance of the volunteers"))

    def usual(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in SELDOM]

    def seldom(self) -> list[BoundField]:
        return [self[name] for name in SELDOM]

    @property
    def says_seldom(self) -> bool:
        """Was anything typed there, or is anything wrong with it?"""
        return any(self.data.get(name) or name in self.errors for name in SELDOM)

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        first, until, repeat = said.get("first"), said.get("until"), said.get("repeat")
        if repeat not in {None, "once"} and until is None and "until" not in self.errors:
            self.add_error("until", _("Say until when. Nothing goes on without end."))
        if isinstance(first, date) and isinstance(until, date):
            self._check_span(first, until)
        low, high = said.get("age_from"), said.get("age_to")
        if isinstance(low, int) and isinstance(high, int) and high < low:
            self.add_error("age_to", _("This is younger than the age from which it is."))
        self._check_people(said)
        return said

    def sitting(self, host: Unit) -> Sitting:
        said = self.cleaned_data
        where = said["where"][0] if said["where"] else host
        return Sitting(where, self._times(), self._needs(), {name: said[name] for name in PLAIN})

    def _check_span(self, first: date, until: date) -> None:
        if until < first:
            self.add_error("until", _("The last day is before the first."))
        elif until - first > LONGEST:
            self.add_error("until", _("That is more than a year ahead."))

    def _check_people(self, said: dict[str, object]) -> None:
        least, most = said.get("least") or 0, said.get("volunteers") or 0
        if isinstance(least, int) and isinstance(most, int) and least > most:
            self.add_error("least", _("It needs more people than there are seats for."))
        if isinstance(where := said.get("where"), list) and len(where) > 1:
            self.add_error("where", _("One unit at a time. Add the sessions of another one after this."))

    def _times(self) -> list[tuple[datetime, datetime]]:
        said = self.cleaned_data
        start, end = _span(said["first"], said["starts"], said["ends"])
        found = times(self._repeat(), start, left_out=said["but"], also=said["also"])
        return [(begins, begins + (end - start)) for begins in found]

    def _repeat(self) -> Repeat:
        said = self.cleaned_data
        if said["repeat"] == "once":
            return Repeat("daily", count=1)
        every, apart = {"fortnightly": ("weekly", 2), "monthly": ("monthly_day", 1)}.get(
            said["repeat"], (said["repeat"], 1)
        )
        return Repeat(every, apart, until=said["until"])

    def _needs(self) -> list[Need]:
        said, needs = self.cleaned_data, []
        if said["seats"]:
            ages = {"age_from": said["age_from"], "age_to": said["age_to"]}
            needs.append(Need(Role.Side.RESIDENT, said["seats"], **ages))
        if said["volunteers"]:
            needs.append(Need(Role.Side.VOLUNTEER, said["volunteers"], least=said["least"] or 0))
        return needs


def _span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    last = day if ends > starts else day + DAY
    return datetime.combine(day, starts, LOCAL), datetime.combine(last, ends, LOCAL)
