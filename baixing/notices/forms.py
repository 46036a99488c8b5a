from __future__ import annotations

from django import forms
from django.http import QueryDict  # noqa: TID251 - what a form is made from
from django.utils.translation import gettext_lazy as _

from baixing.look.both import EditForm
from baixing.notices.models import Channel


class ChoiceForm(forms.Form):
    """Whether to be told in a way, and the address for mail, which is asked for when it is turned on."""

    on = forms.BooleanField(required=False)
    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        error_messages={"required": _("This is not an e-mail address. Please check it.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, said: QueryDict | None = None, channel: str = Channel.EMAIL) -> None:
        super().__init__(said)
        self.fields["address"].required = channel == Channel.EMAIL and (said is None or "on" in said)


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
    since = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    until = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
