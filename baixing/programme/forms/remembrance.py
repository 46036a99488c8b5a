"""What is said of whom a unit remembers, and what one leaves there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.programme.forms.parts import MatterForm, NewMatterForm
from baixing.programme.models import Remembrance, Tribute


class RemembranceForm(MatterForm):
    title = PlainText(max_length=60, label=_("Whom we remember"))
    words = PlainText(
        max_length=2000,
        multiline=True,
        label=_("What is told of them"),
        help_text=_("Only what is known, and from where."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def said(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("title", "words")}


class NewRemembranceForm(NewMatterForm, RemembranceForm):
    """As a unit begins it."""


class TributeForm(forms.Form):
    flower = forms.ChoiceField(label=_("A flower"), choices=Tribute.Flower.choices, widget=forms.RadioSelect)
    words = PlainText(
        max_length=100,
        required=False,
        label=_("A few words"),
        help_text=_("Somebody of the unit reads them first. They are shown without your name."),
    )


def as_remembrance(found: Remembrance) -> dict[str, object]:
    return {name: getattr(found, name) for name in RemembranceForm.base_fields}
