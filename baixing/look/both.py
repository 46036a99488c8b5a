"""Two who change one thing at once: what both wrote stands side by side, field by field, and the second chooses.

A view makes the form with what stands there now as its `initial`. When its action says `Overtaken`, it makes it anew
and shows `form.beside()` with status 409. The part `_field` then shows both texts and asks which stays. What is sent
after that has the choice in it, and the form has made it before anybody reads `cleaned_data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from hashlib import sha256
from typing import Final, Self

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

TAKE: Final = "take-"  # + the name of a field: "mine" or "theirs"
THEIRS: Final = "theirs"


class EditForm(forms.Form):
    """A form over something that somebody else may change while it is being filled in."""

    theirs: Mapping[str, str] | None = None  # field: what somebody else has written there; None while nobody has

    def beside(self) -> Self:
        """Show what was typed, and beside it what stands there now where that is something else."""
        self.theirs = {name: _words(self[name]) for name in self.changed_data}
        return self

    def full_clean(self) -> None:
        if self.theirs is None and isinstance(self.data, QueryDict):
            self._take_theirs(self.data)
        super().full_clean()

    def _take_theirs(self, sent: QueryDict) -> None:
        taken = [name for name in self.fields if sent.get(TAKE + name) == THEIRS]
        if taken:
            self.data = sent.copy()
            for name in taken:
                self.data.setlist(name, _as_sent(self[name]))

    def takes_theirs(self, name: str) -> bool:
        """Was this chosen when the form was last sent?"""
        return str(self.data.get(TAKE + name)) == THEIRS

    @property
    def seen(self) -> str:
        """What tells one state of the thing from another, where its row counts no versions."""
        said = [(name, _as_sent(self[name])) for name in sorted(self.fields)]
        return sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def overtaken(self) -> bool:
        """Is this not the state that the page showed? A page that showed none asks nothing."""
        return str(self.data.get("seen", self.seen)) != self.seen


def _as_sent(bound: BoundField) -> list[str]:
    """What a browser would send of a field that nobody has touched."""
    widget, value = bound.field.widget, bound.field.prepare_value(bound.initial)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    formatted = widget.format_value(value)
    return [str(one) for one in formatted] if isinstance(formatted, list) else [str(formatted or "")]


def _words(bound: BoundField) -> str:
    """What a field began with, as people read it."""
    value = bound.initial
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _("Yes") if value else _("No")
    if isinstance(value, time) and not isinstance(value, date):
        return f"{value:%H:%M}"
    labels = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    begun = value if isinstance(value, list | tuple) else [bound.field.prepare_value(value)]
    return _(", ").join(labels.get(str(one), str(one)) for one in begun if one not in (None, ""))
