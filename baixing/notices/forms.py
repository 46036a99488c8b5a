from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.look.both import EditForm


class ChoiceForm(forms.Form):
    """Whether to be told in a way, and the address for mail."""

    on = forms.BooleanField(required=False)
    address = forms.EmailField(label=_("E-mail address"), max_length=200, required=False)


class BrowserForm(forms.Form):
    """What a browser's push service gave it: written by the page, never by hand."""

    endpoint = forms.CharField(max_length=1_000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=120, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=60, widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """What a person came back with from WeChat."""

    code = forms.CharField(max_length=200)
    state = forms.CharField(max_length=128)


class QuietForm(EditForm):
    """The hours in which a person wants to hear nothing that can wait."""

    on = forms.BooleanField(required=False, label=_("Nothing that can wait in these hours"))
    since = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    until = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
