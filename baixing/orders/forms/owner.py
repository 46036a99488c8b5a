"""What the unit that owns an order does with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import DEFAULT, LOCAL
from baixing.menu.models import ServiceItem
from baixing.menu.queries import offered_in
from baixing.network.models import Unit
from baixing.orders.forms.parts import NearDate, ReasonField, VerbForm, words_field
from baixing.orders.models import CallBack, Order
from baixing.orders.queries import Candidate, eligible, pages
from baixing.teams.models import Team

SHOWN = 8


class AdmitForm(VerbForm):
    label = _("Take it on")
    button = _("Admit")
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Order.Urgency.choices, widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.initial = {"urgency": self.order.urgency}


class AskForm(VerbForm):
    label = _("Ask the resident")
    button = _("Send the question")
    reason = ReasonField("ask", label=_("A usual question"), empty=_("None of these: in my own words"))
    question = words_field(_("In your own words"))

    def prepare(self) -> None:
        offer_reasons(self)

    def clean(self) -> dict[str, object]:
        said = self.cleaned_data
        if not self.errors and not said["reason"] and not said["question"]:
            self.add_error("question", _("Choose a question or write one."))
        return said

    def values(self) -> dict[str, object]:
        usual, own = self.cleaned_data["reason"], self.cleaned_data["question"]
        return {"question": "\n".join(part for part in (usual.name if usual else "", own) if part)}


class NameItemForm(VerbForm):
    label = _("Name the service")
    button = _("This is the service")
    item = forms.ModelChoiceField(ServiceItem.objects.none(), label=_("Service"), empty_label=None)

    def prepare(self) -> None:
        today = self.one.at.astimezone(LOCAL).date()
        choose(self, "item", offered_in(self.order.station, today).in_order())


class RejectForm(VerbForm):
    label = _("Say no")
    button = _("Say no to this order")
    hint = _("For a service of the menu the unit above has to agree.")
    css = "btn-danger"
    reason = ReasonField("reject")
    words = words_field(_("Anything to say?"))

    def prepare(self) -> None:
        offer_reasons(self)


class MergeForm(VerbForm):
    label = _("Merge")
    button = _("Merge into this order")
    into = forms.ModelChoiceField(Order.objects.none(), label=_("Equal order"), empty_label=None)

    def prepare(self) -> None:
        choose(self, "into", pages.equal_orders(self.order))


class TransferForm(VerbForm):
    label = _("Pass on")
    button = _("Ask that unit to take it")
    to = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    words = words_field(_("Why?"))

    def prepare(self) -> None:
        choose(self, "to", pages.peers(self.order))


class PauseForm(VerbForm):
    label = _("Pause")
    button = _("Propose the pause")
    hint = _("The unit above has to agree. Once only, at most 30 days.")
    reason = ReasonField("pause")
    until = NearDate(label=_("Until"))
    words = words_field(_("Anything to say?"))

    def prepare(self) -> None:
        offer_reasons(self)

    def clean_until(self) -> datetime | None:
        day: date | None = NearDate().check(self.cleaned_data["until"], self.one.at)
        return datetime.combine(day, DEFAULT.opens, LOCAL) if day else None


class AgreeForm(VerbForm):
    label = button = _("Agree")


class RefuseForm(VerbForm):
    label = button = _("Do not agree")
    leaves = True
    words = words_field(_("Why not?"))


class ResumeForm(VerbForm):
    label = button = _("Go on now")


class GiveUpForm(VerbForm):
    label = _("It cannot be met")
    button = _("Say that it cannot be met")
    css = "btn-danger"
    reason = ReasonField("give_up")
    words = words_field(_("What else can the resident do?"), required=True)

    def prepare(self) -> None:
        offer_reasons(self)


class DispatchForm(VerbForm):
    label = _("Who should serve?")
    button = _("Offer to this team")
    part: ClassVar[str] = "orders/parts/_dispatch.html"
    team = forms.ModelChoiceField(Team.objects.active(), label=_("Team"))

    def _candidates(self) -> list[Candidate]:
        return eligible(self.order, self.one.at.astimezone(LOCAL).date())

    def prepare(self) -> None:
        found = self._candidates() if not self.is_bound else []
        self.fit = [one for one in found if not one.barriers][:SHOWN]
        self.unfit = [one for one in found if one.barriers][:SHOWN]


class OpenForm(VerbForm):
    label = button = _("Open to all teams")
    hint = _("The first team that can serve and claims it has it.")


class RecallForm(VerbForm):
    label = button = _("Take the offer back")


class RedoForm(VerbForm):
    label = _("Serve it again")
    button = _("Have it served again")
    words = words_field(_("Anything to say?"))


class UpholdForm(VerbForm):
    label = _("Close it as it is")
    button = _("Close with this reason")
    words = words_field(_("Reason, for the resident to read"), required=True)


class CloseCallForm(VerbForm):
    label = _("A call to make: did the visit happen?")
    button = _("Write down what they said")
    leaves = True
    outcome = forms.ChoiceField(
        label=_("What did the call tell?"), choices=CallBack.Outcome.choices, widget=forms.RadioSelect
    )


def choose(form: VerbForm, name: str, found: object) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = found  # type: ignore[assignment]  # a query set of the field's own kind


def offer_reasons(form: VerbForm) -> None:
    field = form.fields["reason"]
    if isinstance(field, ReasonField):
        field.offer()
