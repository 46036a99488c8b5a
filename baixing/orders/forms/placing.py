"""Placing an order, for oneself or somebody else, and following one."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import Phone, PlainText
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.orders.forms.parts import windows, words_field
from baixing.orders.models import CallBack, Order


class PlaceForm(forms.Form):
    """One page to check: where, when, anything to say."""

    words = words_field(_("Anything to say?"), required=False)
    address = PlainText(label=_("Address"), max_length=120, required=False)
    windows = forms.MultipleChoiceField(
        label=_("When are you at home?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.fields["windows"].choices = windows(at)  # type: ignore[attr-defined]  # a choice field


class WishForm(PlaceForm):
    words = words_field(_("What do you need?"))


class OnBehalfForm(forms.Form):
    """Eight fields at most: who, where, what, and how staff know."""

    phone = Phone(label=_("Phone of the resident"))
    name = PlainText(label=_("Full name"), max_length=40)
    station = forms.ModelChoiceField(Unit.objects.none(), label=_("Village or community"))
    address = PlainText(label=_("Address"), max_length=120, required=False)
    item = forms.ModelChoiceField(ServiceItem.objects.active(), label=_("Service"), required=False)
    words = words_field(_("In the resident's words"), required=False)
    proof = forms.ChoiceField(label=_("How do you know?"), choices=Order.Proof.choices[:3])

    def __init__(self, *args: object, stations: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.fields["station"].queryset = stations  # type: ignore[attr-defined]  # a ModelChoiceField


class TrackForm(forms.Form):
    code = PlainText(label=_("Code on your slip"), max_length=30)
    tail = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("Last four digits of your phone"),
        error_messages={"invalid": _("Type the four digits at the end of your number.")},
    )

    def clean_code(self) -> str:
        letters = "".join(self.cleaned_data["code"].upper().split()).replace("-", "")
        if len(letters) != 16:  # noqa: PLR2004 - eighty bits in base 32
            raise ValidationError(_("The code has sixteen letters and digits."))
        return letters


class CallForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What did they say?"), choices=CallBack.Outcome.choices)
