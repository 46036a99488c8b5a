from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText


class FindForm(forms.Form):
    """A question about an order, as it is asked on the phone."""

    asked = PlainText(
        label=_("Number, name, phone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "data-search": ""}),
    )
