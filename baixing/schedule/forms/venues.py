"""What staff fill in about a venue, its spaces and the days on which it is closed; what a reader asks of the list."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.look.both import EditForm
from baixing.network.models import Unit
from baixing.network.queries import DAYS, unit_named
from baixing.schedule.actions import Days, SpaceFacts, VenueFacts
from baixing.schedule.forms.fields import Day
from baixing.schedule.models import DAY_MINUTES, MOST_HEADS_IN, Space, Venue
from baixing.schedule.queries.openings import Stretch, clock, hours_of
from baixing.schedule.queries.venues import AskedVenues
from baixing.schedule.rules.venue import EQUIPMENT, WAYS_IN

SPAN: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至到]\s*(\d{1,2}):(\d{2})")
BETWEEN: Final = re.compile(r"[\s,;、和]*")
LONGEST_HEADS: Final = 5  # digits
CIRCLES: Final = Space.Circle.choices


class Hours(PlainText):
    """From when to when, as people write it: 8:30-12:00, 14:30-18:00. Empty: closed."""

    default_error_messages = {
        "hours": _("Write it like 8:30-12:00, 14:30-18:00."),
        "order": _("The times have to follow each other, and end by 24:00."),
    }

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=60, required=False, **kwargs)  # type: ignore[arg-type]  # passed on as given

    def to_python(self, value: object) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value))
        if BETWEEN.fullmatch(SPAN.sub("", text)) is None:
            raise ValidationError(self.error_messages["hours"], code="hours")
        found = stretches_of(text)
        edges = [edge for stretch in found for edge in stretch]
        if sorted(set(edges)) != edges or (edges and edges[-1] > DAY_MINUTES):
            raise ValidationError(self.error_messages["order"], code="order")
        return said(found)


def stretches_of(text: str) -> list[Stretch]:
    return [
        (int(hour) * 60 + int(minute), int(till) * 60 + int(till_minute))
        for hour, minute, till, till_minute in SPAN.findall(text)
    ]


def said(stretches: list[Stretch]) -> str:
    return ", ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in stretches)


def _few_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class Codes(forms.MultipleChoiceField):
    """Some codes of a small list, which a column holds apart by spaces."""

    def __init__(self, known: dict[str, object], **kwargs: object) -> None:
        super().__init__(
            choices=list(known.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,  # type: ignore[arg-type]  # passed on as given
        )


class VenueForm(EditForm):
    """What a venue tells about itself, and when it is open."""

    name = PlainText(label=_("Name of the venue"), max_length=40)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Venue.Kind.choices)
    address = PlainText(label=_("Address"), max_length=120, required=False)
    about = PlainText(label=_("What is here"), max_length=600, multiline=True, required=False, widget=_few_lines())
    access = Codes(dict(WAYS_IN), label=_("Getting in and around"))
    hours_0 = Hours(label=DAYS[0])
    hours_1 = Hours(label=DAYS[1])
    hours_2 = Hours(label=DAYS[2])
    hours_3 = Hours(label=DAYS[3])
    hours_4 = Hours(label=DAYS[4])
    hours_5 = Hours(label=DAYS[5])
    hours_6 = Hours(label=DAYS[6])
    in_use = forms.BooleanField(
        label=_("It is in use"), required=False, help_text=_("Given up, nobody finds it any more.")
    )

    @property
    def itself(self) -> list[BoundField]:
        return [self[name] for name in ("name", "kind", "address", "about", "access")]

    @property
    def hours(self) -> list[BoundField]:
        return [self[f"hours_{day}"] for day in range(7)]

    def facts(self) -> VenueFacts:
        given = self.cleaned_data
        return VenueFacts(
            name=given["name"],
            kind=given["kind"],
            address=given["address"],
            about=given["about"],
            access=" ".join(given["access"]),
            in_use=given["in_use"],
        )

    def week(self) -> dict[int, list[Stretch]]:
        return {day: stretches_of(self.cleaned_data[f"hours_{day}"]) for day in range(7)}


def venue_as_typed(venue: Venue) -> dict[str, object]:
    plain = {name: getattr(venue, name) for name in ("name", "kind", "address", "about", "in_use")}
    hours = hours_of(venue)
    week = {f"hours_{day}": said(hours.get(day, [])) for day in range(7)}
    return {**plain, **week, "access": venue.access.split()}


class SpaceForm(EditForm):
    """What a space holds, what it is fitted with, and who may have it."""

    name = PlainText(label=_("Name of the space"), max_length=40)
    capacity = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_HEADS_IN)
    equipment = Codes(dict(EQUIPMENT), label=_("What is in it"))
    about = PlainText(
        label=_("What to know of it"), max_length=300, multiline=True, required=False, widget=_few_lines()
    )
    at_once = forms.TypedChoiceField(label=_("Who books it at once"), choices=CIRCLES, coerce=int)
    asks = forms.TypedChoiceField(
        label=_("Who may ask for it"),
        choices=CIRCLES[1:],
        coerce=int,
        help_text=_("You answer each of them. Each circle holds the ones before it."),
    )
    in_use = forms.BooleanField(label=_("It can be booked"), required=False)

    def facts(self) -> SpaceFacts:
        given = dict(self.cleaned_data)
        return SpaceFacts(**given | {"equipment": " ".join(given["equipment"])})


def space_as_typed(space: Space) -> dict[str, object]:
    plain = {name: getattr(space, name) for name in SpaceForm.base_fields}
    return {**plain, "equipment": space.equipment.split()}


class ClosureForm(forms.Form):
    """Days on which a venue, or one space of it, is closed."""

    first = Day(label=_("First day"))
    last = Day(label=_("Last day"), required=False, help_text=_("Leave it empty for one day."))
    space = forms.ChoiceField(label=_("What is closed"), required=False)
    words = PlainText(label=_("Why"), max_length=60, help_text=_("Everybody reads it."))
    insist = forms.BooleanField(required=False, label=_("Close it all the same, and call these bookings off"))

    def __init__(self, data: object = None, *, venue: Venue) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.spaces = {str(space.pk): space for space in venue.spaces.filter(in_use=True)}
        names = [(key, space.name) for key, space in self.spaces.items()]
        self.fields["space"].choices = [("", _("The whole venue")), *names]  # type: ignore[attr-defined]  # a choice

    def days(self) -> Days:
        first = self.cleaned_data["first"]
        return Days(first, self.cleaned_data["last"] or first)

    def shut(self) -> Space | None:
        return self.spaces.get(self.cleaned_data["space"])


class VenuesForm(forms.Form):
    """What a reader asks of the list. Whatever it is, there is an answer."""

    unit = forms.CharField(required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *Venue.Kind.choices], required=False)
    heads = forms.IntegerField(label=_("For so many people"), min_value=1, max_value=MOST_HEADS_IN, required=False)
    fitted = forms.ChoiceField(label=_("With"), choices=[("", _("Whatever")), *EQUIPMENT.items()], required=False)

    def asked(self) -> AskedVenues:
        self.is_valid()
        given = self.cleaned_data
        unit: Unit | None = unit_named(given.get("unit") or "")
        return AskedVenues(unit, given.get("kind") or "", given.get("heads"), given.get("fitted") or "")
