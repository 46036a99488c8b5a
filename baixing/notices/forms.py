from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoiceForm(forms.Form):
    """Whether to be told in a way, and the address for mail."""

    on = forms.BooleanField(required=False)
    address = forms.EmailField(label=_("E-mail address"), max_length=200, required=False)
