from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.hours.actions import Told
from baixing.hours.models import Note
from baixing.kernel.fields import PlainText


class NoteForm(forms.Form):
    """What is written into a record."""

    kind = forms.ChoiceField(choices=Note.Kind.choices, label=_("Kind of entry"), widget=forms.RadioSelect)
    title = PlainText(
        max_length=60, label=_("In short"), help_text=_("The name of the training or of the honour, or one sentence.")
    )
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    giver = PlainText(
        max_length=60,
        required=False,
        label=_("Who held the training or gave the honour"),
        help_text=_("If it is empty, your unit."),
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=100_000,
        required=False,
        label=_("Minutes of the training"),
        help_text=_("They are no hours of service and stand in no sum of them."),
    )
    words = PlainText(
        max_length=300,
        multiline=True,
        required=False,
        label=_("More of it"),
        help_text=_("The volunteer reads this. Name no resident."),
    )

    def told(self) -> Told:
        return Told(**self.cleaned_data)
