"""What a head fills in about weights, and which team a dispatcher chooses instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.dispatching.rules.weights import NOTICES, WEIGHTS
from baixing.look.both import EditForm

BIGGEST_KEY: Final = 2**63 - 1


class ChangeForm(forms.Form):
    team = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY)


class PolicyForm(EditForm):
    """Each weight, with its explanation and its bounds; and the notice."""

    notice = forms.TypedChoiceField(
        coerce=int,
        choices=list(NOTICES.items()),
        label=_("Notice before a visit"),
        help_text=_(
            "How long before its day a visit is promised at least, except where the resident's days end sooner. More "
            "notice costs the plan some freedom; people who are to go prefer one day."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, found: Mapping[str, int]) -> None:
        super().__init__(data, initial=dict(found))
        for one in WEIGHTS:
            self.fields[one.name] = forms.IntegerField(
                min_value=one.least, max_value=one.most, label=str(one.label), help_text=str(one.words)
            )
        self.order_fields([*(one.name for one in WEIGHTS), "notice"])
