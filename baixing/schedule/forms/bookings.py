"""What people fill in to book a space, to answer, and to look for a free one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import PlainText
from baixing.look.said import said_near_date
from baixing.network.models import Unit
from baixing.schedule.actions import Hold, Slot
from baixing.schedule.forms.fields import Clock, Day
from baixing.schedule.forms.repeating import RepeatForm
from baixing.schedule.models import MOST_HEADS_IN, Session, Space, Venue
from baixing.schedule.queries.free import AskedSpaces
from baixing.schedule.rules.venue import EQUIPMENT, books_at_once, may_ask
from baixing.teams.models import Team

MYSELF: Final = "me"


class BookingForm(RepeatForm):
    """When, for whom, for how many, and what for; once, or again and again."""

    day = Day(label=_("Day"))
    start = Clock(label=_("From when"))
    end = Clock(label=_("Until when"), help_text=_("Setting up and clearing away included."))
    name = forms.ChoiceField(label=_("Booked for"))
    headcount = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_HEADS_IN)
    session = forms.ChoiceField(label=_("For which session"), required=False)
    purpose = PlainText(
        label=_("What for"), max_length=80, required=False, help_text=_("Only for what is no session of ours.")
    )
    others = forms.BooleanField(label=_("Book the other times"), required=False)

    def __init__(
        self,
        data: object = None,
        *,
        space: Space,
        units: Iterable[Unit] = (),
        teams: Iterable[Team] = (),
        sessions: Iterable[Session] = (),
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]  # a QueryDict
        self.space = space
        self.units = {f"unit-{one.pk}": one for one in units if may_ask(space, one, None)}
        self.teams = {f"team-{one.pk}": one for one in teams if may_ask(space, None, one)}
        self.sessions = {str(one.pk): one for one in sessions}
        names: list[tuple[str, str, Unit | None, Team | None]]
        names = [(key, one.short, one, None) for key, one in self.units.items()]
        names += [(key, one.name, None, one) for key, one in self.teams.items()]
        if may_ask(space, None, None):
            names.append((MYSELF, gettext("Myself"), None, None))
        self.names = [(key, _named(name, books_at_once(space, unit, team))) for key, name, unit, team in names]
        self.fields["name"].choices = self.names  # type: ignore[attr-defined]  # a choice
        told = [
            (key, f"{said_near_date(one.start.astimezone(LOCAL))} {one.title}") for key, one in self.sessions.items()
        ]
        self.fields["session"].choices = [("", _("None: for something else")), *told]  # type: ignore[attr-defined]  # a choice

    def hold(self) -> Hold:
        given = self.cleaned_data
        return Hold(
            space=self.space,
            slot=slot_of(given["day"], given["start"], given["end"]),
            headcount=given["headcount"],
            purpose=given["purpose"],
            session=self.sessions.get(given["session"]),
            unit=self.units.get(given["name"]),
            team=self.teams.get(given["name"]),
        )


def _named(name: str, at_once: bool) -> str:
    """In whose name, and whether that has to be answered."""
    way = gettext("at once") if at_once else gettext("by asking")
    return f"{name} · {way}"


def slot_of(day: date, start: time, end: time) -> Slot:
    """Until 00:00 is until midnight."""
    last = day + timedelta(days=1) if end == time.min else day
    return Slot(datetime.combine(day, start, LOCAL), datetime.combine(last, end, LOCAL))


class AnswerForm(forms.Form):
    """Why not."""

    words = PlainText(label=_("Why"), max_length=200, help_text=_("Whoever booked it reads this."))


class FreeForm(forms.Form):
    """When, for how many, where and with what somebody looks for a space."""

    day = Day(label=_("Day"))
    start = Clock(label=_("From when"))
    end = Clock(label=_("Until when"))
    heads = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_HEADS_IN, initial=20)
    place = forms.ChoiceField(label=_("Where"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Venue.Kind.choices], required=False)
    fitted = forms.MultipleChoiceField(
        label=_("With"), choices=list(EQUIPMENT.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: object = None, *, places: Iterable[Unit]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.places = {str(unit.pk): unit for unit in places}
        named = [(key, unit.short) for key, unit in self.places.items()]
        self.fields["place"].choices = [*named, ("", _("Everywhere"))]  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, object]:
        given = super().clean() or self.cleaned_data
        day, start, end = given.get("day"), given.get("start"), given.get("end")
        if day and start is not None and end is not None and (slot := slot_of(day, start, end)).end <= slot.start:
            self.add_error("end", ValidationError(_("The end must be after the start."), code="order"))
        return given

    def asked(self) -> AskedSpaces:
        given = self.cleaned_data
        slot = slot_of(given["day"], given["start"], given["end"])
        return AskedSpaces(
            slot.start,
            slot.end,
            heads=given["heads"],
            unit=self.places.get(given["place"]),
            kind=given["kind"],
            fitted=tuple(given["fitted"]),
        )
