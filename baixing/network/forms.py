"""What staff fill in about a unit and its posts, and how anybody names a unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.kernel.refusals import Unfit
from baixing.look.both import EditForm
from baixing.network.actions import UnitFacts
from baixing.network.models import Post, Unit
from baixing.network.queries import DAYS, called, named_behind
from baixing.people.models import Person

LONGEST_AWAY: Final = timedelta(days=366)
Kind = Unit.Kind
HANGS: Final = {4: Kind.CENTRE, 3: Kind.INSTITUTE, 2: Kind.STATION}  # what a unit of a tier has below it


class UnitField(PlainText):
    """A unit typed by its name or in pinyin."""

    def clean(self, value: object) -> Unit:
        try:
            return called(super().clean(value))
        except Unfit as unfit:
            raise ValidationError(str(unfit), code="unit") from unfit


class HomeForm(EditForm):
    """Where in the village a person lives."""

    address = PlainText(
        label=_("Address"),
        max_length=120,
        required=False,
        help_text=_("House, stairs, door. Only a team that has accepted your order sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    alone = forms.BooleanField(label=_("I am old and live alone: please come as two"), required=False)


class TimeOfDay(forms.TimeField):
    def __init__(self, **kwargs: object) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)  # type: ignore[arg-type]  # passed on as given


class UnitForm(EditForm):
    """What a unit tells about itself."""

    phone = Phone(label=_("Phone"), landline=True, required=False)
    opens = TimeOfDay(label=_("Opens"))
    noon_from = TimeOfDay(label=_("Closes at noon"), required=False)
    noon_to = TimeOfDay(label=_("Opens again"), required=False)
    closes = TimeOfDay(label=_("Closes"))
    open_days = forms.MultipleChoiceField(
        label=_("Open on"),
        choices=[(str(number), name) for number, name in enumerate(DAYS, 1)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Monday to Friday means workdays: holidays off, make-up days on."),
    )
    address = PlainText(label=_("Address"), max_length=120, required=False)
    about = PlainText(label=_("What is here"), max_length=1000, multiline=True, required=False)

    def facts(self) -> UnitFacts:
        said = dict(self.cleaned_data)
        return UnitFacts(**said | {"open_days": "".join(sorted(said["open_days"]))})


def as_typed(unit: Unit) -> dict[str, object]:
    return {name: getattr(unit, name) for name in UnitForm.base_fields} | {"open_days": list(unit.open_days)}


def as_placed(unit: Unit) -> dict[str, object]:
    return {"lat": unit.lat, "lon": unit.lon, "source": unit.place_source}


class NewUnitForm(forms.Form):
    """A unit to be hung on another."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    short = PlainText(label=_("Short name"), max_length=40, help_text=_("The name of the place, as people say it."))
    name = PlainText(
        label=_("Name in full"), max_length=80, required=False, help_text=_("Leave it empty to have it made for you.")
    )
    code = forms.RegexField(
        r"^[0-9]{9,12}$",
        label=_("Statistical code"),
        required=False,
        error_messages={"invalid": _("A code has nine to twelve digits.")},
    )

    def __init__(self, data: object = None, *, parent: Unit) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        kinds = [HANGS[parent.tier]] if parent.tier in HANGS else []
        choices = [(kind.value, kind.label) for kind in (*kinds, Kind.MEMBER, Kind.BASE)]
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = choices
            kind.initial = choices[0][0]

    def clean_code(self) -> str | None:
        code: str = self.cleaned_data["code"]
        if code and Unit.objects.filter(code=code).exists():
            raise ValidationError(_("Another unit has this code."), code="taken")
        return code or None


class MoveForm(forms.Form):
    parent = UnitField(
        label=_("Under which unit?"), max_length=40, help_text=_("Type its name or the first letters of its pinyin.")
    )


class PlaceForm(EditForm):
    """Where a unit lies. The source says who measured."""

    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    source = PlainText(
        label=_("Where the numbers come from"),
        max_length=80,
        help_text=_("For example: measured at the door, by name and date."),
    )


class NamedForm(forms.Form):
    """Somebody named by phone and name; they must have signed in once before."""

    phone = Phone(label=_("Their mobile number"))
    name = PlainText(label=_("Their full name"), max_length=40)

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        phone, name = said.get("phone"), said.get("name")
        said["person"] = named_behind(phone, name) if phone and name else None
        if phone and name and said["person"] is None:
            words = _("Nobody of this name signs in with this number. They have to sign in once first.")
            self.add_error("phone", ValidationError(words, code="unknown"))
        return said

    def person(self) -> Person | None:
        found = self.cleaned_data.get("person")
        return found if isinstance(found, Person) else None


class AppointForm(NamedForm):
    kind = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    field_order = ("kind", "name", "phone")

    def __init__(self, data: object = None, *, kinds: Iterable[Post.Kind]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        kind, open_ones = self.fields["kind"], set(kinds)
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(k.value, k.label) for k in Post.Kind if k in open_ones]


class LeaveForm(NamedForm):
    """Who takes over; nobody named means that the colleagues or the unit above do."""

    field_order = ("name", "phone")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        for name in ("name", "phone"):
            self.fields[name].required = False

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if bool(said.get("name")) != bool(said.get("phone")) and not self.errors:
            self.add_error("phone", _("Give both the name and the number, or neither."))
        return said


class DeputyForm(NamedForm):
    """Who stands in, from one day to another, both included."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("name", "phone", "first", "last")

    def clean(self) -> dict[str, object]:
        said = super().clean()
        first, last = said.get("first"), said.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day must not be before the first."))
            elif last - first > LONGEST_AWAY:
                self.add_error("last", _("Nobody stands in for longer than a year. Fill the post anew instead."))
        return said

    def span(self, at: datetime) -> tuple[datetime, datetime]:
        """From now or the first day's beginning to the last day's end."""
        start = datetime.combine(self.cleaned_data["first"], time(0), LOCAL)
        end = datetime.combine(self.cleaned_data["last"], time(0), LOCAL) + timedelta(days=1)
        return max(start, at), end
