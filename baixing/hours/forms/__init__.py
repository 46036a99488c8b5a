from __future__ import annotations

import json
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.hours.models import OtherSystem
from baixing.kernel.fields import PlainText
from baixing.look.both import EditForm

LONGEST = 5 * 366  # days of one report
CODE = 26  # letters of the code on a certificate


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class WordsForm(forms.Form):
    """Why, or what was found."""

    words = PlainText(max_length=300, multiline=True, label=_("In your words"))


class CorrectForm(forms.Form):
    """What a line should have said."""

    minutes = forms.IntegerField(
        min_value=0,
        max_value=100_000,
        label=_("Minutes that stay"),
        help_text=_("0 takes the whole line back."),
    )
    words = PlainText(max_length=300, multiline=True, label=_("What is wrong with the line"))


class VerifyForm(forms.Form):
    code = PlainText(
        max_length=40,
        label=_("Code on the certificate"),
        help_text=_("26 letters and digits below the QR code. Spaces do not matter."),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split()).lower()


class LevelForm(EditForm):
    """How a level is called, and how many hours it asks for."""

    name = PlainText(max_length=20, label=_("Name of the level"))
    name_en = PlainText(max_length=40, required=False, label=_("Name in English"))
    hours = forms.IntegerField(min_value=1, max_value=100_000, label=_("Hours it asks for"))


class PeriodForm(forms.Form):
    """From one month to another."""

    first = forms.DateField(
        input_formats=["%Y-%m"], label=_("From the month"), widget=MonthInput, help_text=_("As 2026-03.")
    )
    last = forms.DateField(input_formats=["%Y-%m"], label=_("To the month"), widget=MonthInput)

    def clean(self) -> dict[str, date]:
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and not first <= last:
            self.add_error("last", _("The last month lies before the first one."))
        elif first and last and (last - first).days > LONGEST:
            self.add_error("last", _("Five years at one go, at most."))
        return told

    def months(self) -> tuple[date, date]:
        return self.cleaned_data["first"], self.cleaned_data["last"]


class SystemForm(forms.Form):
    """Another system whose signed word is taken."""

    name = PlainText(max_length=60, label=_("Name of the system"))
    code = forms.SlugField(max_length=40, label=_("Its short name, as its transfers write it"))
    public_key = PlainText(max_length=44, label=_("Its public key"), help_text=_("Ed25519, in base64."))


class TakeInForm(forms.Form):
    """A transfer as it was sent."""

    document = PlainText(max_length=2000, multiline=True, label=_("The transfer"), help_text=_("JSON, as it came."))
    signature = PlainText(max_length=88, label=_("Its signature"))

    def clean_document(self) -> dict[str, object]:
        try:
            found = json.loads(self.cleaned_data["document"])
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(_("This is not a transfer as docs/ledger.md describes it."))
        return found


class SendOutForm(forms.Form):
    """Whose hours go where."""

    system = forms.ModelChoiceField(OtherSystem.objects.filter(active=True), label=_("To which system"))
    number = PlainText(max_length=14, label=_("Volunteer number"))
    minutes = forms.IntegerField(min_value=1, max_value=60_000, label=_("Minutes"))
