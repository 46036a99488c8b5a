"""Invented orders, teams and people for the style guide."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from baixing.look.tones import TONES

PAGES = ("parts", "front", "service", "check", "order", "clerk", "dispatch", "inbox", "slip")
WORDS = Path(__file__).parent / "data" / "example.json"


class Example(forms.Form):
    """One field of each kind, some of them with a fault."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.CharField(label=_("Phone"), help_text=_("The number where we can reach you"))
    day = forms.ChoiceField(
        label=_("When"),
        choices=[("am", _("in the morning")), ("pm", _("in the afternoon"))],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label=_("Where"), choices=[("home", _("At home")), ("station", _("At the station"))])
    words = forms.CharField(label=_("Anything to say?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label=_("The team may phone me"))


def context(page: str) -> dict[str, object]:
    at = now()
    words: dict[str, object] = json.loads(WORDS.read_text(encoding="utf-8"))
    return {
        "words": words.get(page),
        "pages": PAGES,
        "at": {
            "now": at,
            "soon": at + timedelta(hours=2),
            "tomorrow": at + timedelta(days=1),
            "past": at - timedelta(hours=20),
        },
        "form": Example({"key": "3f1d", "phone": "138"}) if page == "parts" else Example(),
        "states": tuple(TONES),
        "page": Paginator(range(90), 20).page(2),
    }
