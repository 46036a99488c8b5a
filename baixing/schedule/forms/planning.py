"""A session is planned, once or again and again, and one of many is changed or called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.schedule.actions import ALL, LATER, ONE, Again
from baixing.schedule.forms.repeating import RepeatForm
from baixing.schedule.forms.sessions import SessionForm
from baixing.schedule.models import Space
from baixing.schedule.queries.repeating import Asked


class _Picked(forms.Field):
    """Days that were ticked in the list of dates."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: list[str] | None) -> list[date]:
        try:
            return [date.fromisoformat(text) for text in value or ()]
        except ValueError:
            raise ValidationError(_("Write each day like 2026-05-01."), code="days") from None


class PlanForm(RepeatForm, SessionForm):
    """A new session or many of them, and the space that is booked for each."""

    space = forms.ChoiceField(
        label=gettext_lazy("Book a space for it"),
        required=False,
        help_text=gettext_lazy("One of ours; for each day by itself."),
    )
    skip = _Picked(required=False)
    others = forms.BooleanField(label=gettext_lazy("Plan the other days"), required=False)

    def __init__(self, *args: Any, spaces: Iterable[Space] = (), **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        super().__init__(*args, **kwargs)
        self.spaces = {str(space.pk): space for space in spaces}
        named = [(key, f"{space.venue.name} · {space.name}") for key, space in self.spaces.items()]
        self.fields["space"].choices = [("", _("No space")), *named]  # type: ignore[attr-defined]  # a choice

    def asked(self) -> Asked | None:
        """What dates are to be looked at; None for a single one."""
        repeat = self.repeat()
        if repeat is None:
            return None
        return Asked(repeat, self.start(), self.end(), self.space_said(), frozenset(self.days_left_out()))

    def again(self) -> Again | None:
        repeat = self.repeat()
        return Again(repeat, self.days_left_out(), self.cleaned_data["others"]) if repeat else None

    def space_said(self) -> Space | None:
        return self.spaces.get(self.cleaned_data["space"])

    def days_left_out(self) -> list[date]:
        return [*self.cleaned_data["left_out"], *self.cleaned_data["skip"]]

    def has_seen(self, asked: Asked) -> bool:
        """Does whoever sends it know the dates?"""
        return bool(self.data.get("seen") == asked.digest)


class WhichForm(forms.Form):
    """Of many sessions of one recurrence: this one, this and the later ones, or all to come."""

    which = forms.ChoiceField(
        label=gettext_lazy("For which of them"),
        choices=[
            (ONE, gettext_lazy("This one alone")),
            (LATER, gettext_lazy("This one and all later ones")),
            (ALL, gettext_lazy("All that are to come")),
        ],
        widget=forms.RadioSelect,
        initial=ONE,
    )
