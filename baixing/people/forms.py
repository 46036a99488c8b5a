from __future__ import annotations

import json
import re
import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import Phone, PlainText
from baixing.look.both import EditForm
from baixing.people.models import Person, PersonQuerySet
from baixing.people.rules import Paper, plain_name
from baixing.people.rules.speech import SPEECH

OLDEST = 120  # years
DATE = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D?)")


class BirthDate(forms.CharField):
    """A date of birth typed as people write it: 19500305, 1950-3-5, 1950年3月5日."""

    def __init__(self, **kwargs: object) -> None:
        attrs = {"autocomplete": "bday", "inputmode": "numeric"}
        super().__init__(
            max_length=20,
            label=_("Date of birth"),
            help_text=_("Eight digits: year, month, day. For example 19500305."),
            widget=forms.TextInput(attrs=attrs),
            **kwargs,  # type: ignore[arg-type]  # passed on as given
        )

    def clean(self, value: object) -> date | None:
        text = unicodedata.normalize("NFKC", str(super().clean(value))).strip()
        if not text:
            return None
        found = DATE.fullmatch(text)
        try:
            return date(*(int(part) for part in found.groups() if part)) if found else self._no()
        except ValueError:
            return self._no()

    def _no(self) -> date:
        raise ValidationError(_("This is not a date. Write it like 19500305."), code="date")


class TodayForm(forms.Form):
    """A form that must know what day it is."""

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.today = today

    def clean_born(self) -> date | None:
        born: date | None = self.cleaned_data["born"]
        if born and not self.today.year - OLDEST <= born.year:
            raise ValidationError(_("This is too long ago. Please check the year."), code="old")
        if born and born > self.today:
            raise ValidationError(_("This day has not come yet. Please check it."), code="ahead")
        return born


class PhoneForm(forms.Form):
    phone = Phone(label=_("Mobile number"))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise ValidationError(_("The code has six digits."), code="digits")
        return digits


class RecoveryForm(forms.Form):
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=40,
        help_text=_("One of those you wrote down, such as abcd-2345-efgh-6789."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class PasskeyForm(forms.Form):
    """What a browser says for a passkey, as JSON. Nobody types it."""

    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def clean_answer(self) -> dict[str, object]:
        try:
            said = json.loads(self.cleaned_data["answer"])
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise ValidationError(_("The passkey gave no answer. Please try again."), code="answer")
        return said


class NewPasskeyForm(PasskeyForm):
    name = PlainText(
        label=_("A name for it"),
        max_length=40,
        help_text=_("For example: my phone, the computer at the desk."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WhoForm(forms.Form):
    """Which of the household. The choices are the whole of what may be chosen."""

    who = forms.ModelChoiceField(
        label=_("The person"),
        queryset=Person.objects.none(),
        error_messages={"invalid_choice": _("Choose one of the people on this page.")},
    )

    def __init__(self, *args: object, people: PersonQuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        field = self.fields["who"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = people


class NameForm(EditForm):
    name = PlainText(
        label=_("Full name"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SpeechForm(EditForm):
    """In which language or dialect somebody would like to be spoken to."""

    speech = forms.ChoiceField(
        required=False,
        label=_("Language or dialect of visits"),
        help_text=_(
            "Teams that speak it are asked first where that is not much farther or later. Only who looks for a team "
            "for your order, and the team that is asked, see it."
        ),
        choices=[("", _("Any will do")), *((one, one) for one in SPEECH)],
    )


class AgreeForm(forms.Form):
    agree = forms.BooleanField(
        label=_("I have read this and agree."),
        error_messages={"required": _("Without this we may not keep your name and number.")},
    )


class NewForm(NameForm, AgreeForm, TodayForm):
    born = BirthDate(required=False)
    field_order = ("name", "born", "agree")


class JoinForm(NameForm, TodayForm):
    born = BirthDate(required=False)


class BornForm(TodayForm):
    born = BirthDate()


class GuardianForm(forms.Form):
    phone = Phone(label=_("Your guardian's mobile number"))


class NewNumberForm(forms.Form):
    """The number to be taken. A code goes to it before anything changes."""

    phone = Phone(label=_("New mobile number"))


class FindForm(NameForm, TodayForm):
    """For a desk: somebody who has lost their number, by the whole name and something else that they know."""

    four = forms.CharField(
        label=_("Last four digits of the old number"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    born = BirthDate(required=False)
    number = PlainText(
        label=_("Volunteer number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "four", "born", "number")

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, today=today, **kwargs)
        for name in ("name", "born"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # somebody else's, at a shared desk

    def clean_four(self) -> str:
        digits = unicodedata.normalize("NFKC", self.cleaned_data["four"]).strip()
        if digits and not re.fullmatch(r"[0-9]{4}", digits):
            raise ValidationError(_("Four digits, please."), code="digits")
        return digits

    def clean_number(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["number"]).replace(" ", "").upper()

    def clean(self) -> dict[str, object]:
        given = self.cleaned_data
        if not self.errors and not any(given.get(name) for name in ("four", "born", "number")):
            raise ValidationError(_("Besides the name give one of the other three."), code="alone")
        return given


class SeenForm(WhoForm):
    """Who of those found it is, and by which paper the desk knows."""

    paper = forms.ChoiceField(
        label=_("Which paper have you seen?"),
        choices=Paper.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the paper you have seen.")},
    )


class EraseForm(forms.Form):
    """The name typed once more, so that nobody goes by a slip of the thumb."""

    name = PlainText(
        label=_("Type your full name to delete the account"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.person = person

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if plain_name(name) != plain_name(self.person.name):
            raise ValidationError(_("This is not the name on your account. Nothing was deleted."), code="name")
        return name
