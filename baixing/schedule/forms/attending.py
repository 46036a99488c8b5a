"""What is typed at the door."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.kernel.http import LARGEST_KEY
from baixing.schedule.actions import Noted, Seat, Tapped
from baixing.schedule.models import MOST_HEADS, Role, Session

LONGEST_NONCE: Final = 40
NEW: Final = "new"  # the verb of a walk-in
DIGITS: Final = {"inputmode": "numeric", "autocomplete": "off"}


class HereForm(forms.Form):
    """By the code that a camera has read, or by the number beside it."""

    code = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    number = forms.RegexField(r"^\s*\d{3}\s*\d{3}\s*$", required=False)

    def clean_number(self) -> str:
        return "".join(filter(str.isdigit, self.cleaned_data["number"]))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not (said.get("code") or said.get("number")):
            self.add_error("number", _("Type the six digits that stand on the screen."))
        return said


class HeadsForm(forms.Form):
    """How many of a party really came; nothing of one person."""

    heads = forms.IntegerField(min_value=1, max_value=MOST_HEADS, required=False)


class CodeForm(forms.Form):
    """The code of a sign-up, or of a sheet, as it was read or typed."""

    code = forms.CharField(max_length=200, label=_("Code"), widget=forms.TextInput(attrs={"autocomplete": "off"}))


class FindForm(forms.Form):
    """What somebody types on the device at the door, and whom they chose."""

    typed = forms.CharField(
        max_length=40,
        label=_("The last four digits of your phone"),
        widget=forms.TextInput(attrs={**DIGITS, "autofocus": True}),
    )
    signup = forms.IntegerField(min_value=1, required=False)


class WalkInForm(forms.Form):
    """Somebody who came unasked."""

    name = PlainText(max_length=30, label=_("Name"))
    phone = Phone(required=False, label=_("Phone"))
    headcount = forms.IntegerField(min_value=1, max_value=MOST_HEADS, initial=1, label=_("How many"))
    role = forms.ModelChoiceField(Role.objects.none(), label=_("As"), empty_label=None)
    agreed = forms.BooleanField(required=False, label=_("They have read what is agreed, and agree."))

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        roles = session.roles.for_residents()
        self.session = session
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]  # a model choice
        self.fields["role"].initial = roles.values_list("pk", flat=True).first()
        if not session.agreement:
            del self.fields["agreed"]

    def seat(self) -> Seat:
        said = self.cleaned_data
        role: Role = said["role"]
        role.session = self.session
        agreed = bool(said.get("agreed"))
        return Seat(role, guest=said["name"], phone=said["phone"], headcount=said["headcount"], agreed=agreed)


class CallerForm(WalkInForm):
    """Somebody who signs up by telephone or at the desk, for themself or for a group."""

    field_order = ("name", "phone", "party", "headcount", "role", "agreed")
    party = PlainText(max_length=60, required=False, label=_("Name of the group, if they come as one"))

    def seat(self) -> Seat:
        return replace(super().seat(), party=self.cleaned_data["party"])


class ReportForm(forms.Form):
    """How it was, in words."""

    words = PlainText(max_length=1000, required=False, label=_("How it was"), widget=forms.Textarea(attrs={"rows": 4}))


class LeftForm(forms.Form):
    """When somebody left, by the clock on the wall."""

    left = forms.TimeField(input_formats=["%H:%M", "%H:%M:%S"])

    def moment(self, session: Session) -> datetime:
        """On the day on which it ended; the evening before, where that lies nearer to the end."""
        end = session.end.astimezone(LOCAL)
        moment = datetime.combine(end.date(), self.cleaned_data["left"], LOCAL)
        return moment - timedelta(days=1) if moment - end > timedelta(hours=12) else moment


class TapsForm(forms.Form):
    """What a device has kept: its taps, and what its clock says now."""

    clock = forms.CharField(max_length=40)
    taps = forms.CharField(max_length=400_000)

    def clean_clock(self) -> datetime:
        return _moment(self.cleaned_data["clock"])

    def clean_taps(self) -> list[Tapped | Noted]:
        try:
            rows = json.loads(self.cleaned_data["taps"])
            return [_noted(row) if row["verb"] == NEW else _tapped(row) for row in rows]
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise forms.ValidationError(_("This list cannot be read. Please reload the page.")) from None


def _tapped(row: dict[str, Any]) -> Tapped:
    return Tapped(_nonce(row), _key(row["signup"]), str(row["verb"])[:4], _moment(row["at"]))


def _noted(row: dict[str, Any]) -> Noted:
    """A number that is none is not lost with the name: it is left away, and the name speaks for itself."""
    name, heads = PlainText(max_length=30).clean(str(row["name"])[:30]), row["heads"]
    if not isinstance(heads, int) or not 1 <= heads <= MOST_HEADS:
        raise ValueError
    try:
        phone = Phone(required=False).clean(str(row["phone"])[:40])
    except forms.ValidationError:
        phone = ""
    return Noted(_nonce(row), _key(row["role"]), name, phone, heads, _moment(row["at"]))


def _key(number: object) -> int:
    if not isinstance(number, int) or not 0 < number <= LARGEST_KEY:
        raise ValueError
    return number


def _nonce(row: dict[str, Any]) -> str:
    text = row["nonce"]
    if not isinstance(text, str) or not 8 <= len(text) <= LONGEST_NONCE or not text.isascii():  # noqa: PLR2004 - of a UUID
        raise ValueError
    return text


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise forms.ValidationError(_("This list cannot be read. Please reload the page."))
    return found
