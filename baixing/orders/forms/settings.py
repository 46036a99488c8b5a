"""The reasons and the clocks of a city, as its centre types them."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import Span
from baixing.kernel.fields import PlainText
from baixing.look.both import EditForm
from baixing.orders.models import Order, Reason
from baixing.orders.queries.settings import StepClock, others_of
from baixing.orders.rules import clocks

TELLS_WHERE = ("reject", "give_up")
FAR = _("Choose a length between one hour and 60 days.")


class ReasonForm(EditForm):
    """One reason and its place in the list."""

    name = PlainText(max_length=60, label=_("Reason"))
    name_en = PlainText(max_length=120, required=False, label=_("Reason in English"))
    instead = PlainText(max_length=200, label=_("Where the resident can go instead"))
    instead_en = PlainText(max_length=300, required=False, label=_("Where to go instead, in English"))
    after = forms.TypedChoiceField(label=_("Place in the list"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Mapping[str, object] | None = None, *, kind: str, found: Reason | None = None) -> None:
        super().__init__(data, initial=_as_typed(kind, found))
        if kind not in TELLS_WHERE:
            del self.fields["instead"], self.fields["instead_en"]
        places = [(row.pk, _("after: %(reason)s") % {"reason": row}) for row in others_of(kind, found)]
        after = self.fields["after"]
        if isinstance(after, forms.ChoiceField):
            after.choices = [("", _("first of the list")), *places]

    def words(self) -> dict[str, str]:
        return {name: said for name, said in self.cleaned_data.items() if name != "after"}


class ClockForm(EditForm):
    """How long one step may take, by urgency."""

    def __init__(self, data: Mapping[str, object] | None = None, *, found: StepClock) -> None:
        super().__init__(data)
        for urgency, label in Order.Urgency.choices:
            span = found.spans[urgency]
            far = {"min_value": FAR, "max_value": FAR}
            self.fields[urgency] = forms.IntegerField(
                label=label, initial=span.amount, min_value=1, max_value=clocks.LONGEST, error_messages=far
            )
            self.fields[f"{urgency}_unit"] = forms.ChoiceField(
                label=_("%(urgency)s: counted in") % {"urgency": label},
                initial=span.unit,
                choices=list(clocks.UNITS.items()),
            )

    def spans(self) -> dict[str, Span]:
        said = self.cleaned_data
        return {name: Span(said[name], said[f"{name}_unit"]) for name in Order.Urgency.values}


def _as_typed(kind: str, found: Reason | None) -> dict[str, object]:
    """A reason as its form shows it; a new one stands last."""
    others = others_of(kind, found)
    if found is None:
        return {"after": others[-1].pk if others else ""}
    before = [row.pk for row in others if (row.position, row.pk) < (found.position, found.pk)]
    words = {name: getattr(found, name) for name in ("name", "name_en", "instead", "instead_en")}
    return {**words, "after": before[-1] if before else ""}
