"""What the resident does with an order, or staff on their word."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import Phone, PlainText
from baixing.orders.forms.parts import VerbForm, WindowsField, proof_field, speech_field, windows_of, words_field
from baixing.orders.models import Order, Rating
from baixing.orders.rules import LIFE, actors

ABSENT = {
    "team": (_("Nobody came"), Order.State.PENDING),
    "resident": (_("The resident was out"), Order.State.ACCEPTED),
}


class WithdrawForm(VerbForm):
    label = _("Withdraw")
    button = _("Withdraw the order")
    hint = _("The order ends. You can place it again at any time.")
    css = "btn-danger"


class UrgeForm(VerbForm):
    label = button = _("Urge")
    hint = _("The station is told that you wait. Once a day.")


class ChangeForm(VerbForm):
    label = _("Change the order")
    button = _("Save the changes")
    words = words_field(_("Anything to say?"))
    address = PlainText(max_length=120, label=_("Address"), required=False)
    windows = WindowsField()
    speech = speech_field(_("Any will do"))

    def prepare(self) -> None:
        kept = windows_of(self.order)
        _offer(self)
        shown = self.fields["windows"]
        chosen = [name for name, slot in shown.kept.items() if slot in kept] if isinstance(shown, WindowsField) else []
        plain = {name: getattr(self.order, name) for name in ("words", "address", "speech")}
        self.initial = plain | {"windows": chosen}


class SupplyForm(VerbForm):
    label = _("Answer the question")
    button = _("Send the answer")
    part: ClassVar[str] = "orders/parts/_supply.html"
    answer = words_field(_("Your answer"), required=True)


class FollowForm(VerbForm):
    label = _("Let family follow")
    button = _("Let them follow")
    hint = _("They see how your order goes and when somebody comes. They see neither your words nor your address.")
    name = PlainText(max_length=40, label=_("Their full name"))
    phone = Phone(label=_("Their mobile number"))


class SuggestForm(VerbForm):
    label = _("Ask for another time")
    button = _("Send these times")
    windows = WindowsField()

    def prepare(self) -> None:
        _offer(self)


class RateForm(VerbForm):
    label = _("How was it?")
    button = _("Rate it")
    part: ClassVar[str] = "orders/parts/_rate.html"
    face = forms.ChoiceField(label=_("How was it?"), choices=Rating.Face.choices, widget=forms.RadioSelect)
    solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = words_field(_("Anything to say?"))
    proof = proof_field(required=False)

    def prepare(self) -> None:
        if actors.resident(self.one, self.order):
            del self.fields["proof"]


class DisputeForm(VerbForm):
    label = _("I am not content")
    button = _("Ask the unit above to look at it")
    words = words_field(_("What went wrong?"), required=True)


class MissForm(VerbForm):
    label = _("The visit did not happen")
    button = _("Report it")
    leaves = True
    absent = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    words = words_field(_("Anything to say?"))

    def prepare(self) -> None:
        """The resident says that nobody came, the team that nobody was at home."""
        field = self.fields["absent"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, words) for name, (words, end) in ABSENT.items() if self._may(end)]

    def _may(self, end: str) -> bool:
        moves = (move for move in LIFE if move.verb == "miss" and move.end == end)
        return any(move.who(self.one, self.order) for move in moves)


def _offer(form: VerbForm) -> None:
    field = form.fields["windows"]
    if isinstance(field, WindowsField):
        lead = form.order.item.lead_days if form.order.item else 0
        field.offer(form.one.at, lead, windows_of(form.order))
