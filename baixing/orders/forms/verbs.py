"""The shape of what comes in with each verb. Whether it may happen is the action's business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.menu.models import ServiceItem
from baixing.menu.queries import offered_in
from baixing.network.models import Unit
from baixing.orders.forms.parts import VerbForm, windows, words_field
from baixing.orders.models import Order, Rating, Reason
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Team


class WordsForm(VerbForm):
    words = words_field(_("In a few words"))


class FreeWordsForm(VerbForm):
    words = words_field(_("In a few words"), required=False)


class AskForm(VerbForm):
    question = words_field(_("What do you want to ask?"))


class SupplyForm(VerbForm):
    answer = words_field(_("Your answer"))


class AdmitForm(VerbForm):
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Order.Urgency.choices)

    def fill(self) -> None:
        self.fields["urgency"].initial = self.order.urgency


class ItemForm(VerbForm):
    item = forms.ModelChoiceField(ServiceItem.objects.none(), label=_("Service"))

    def fill(self) -> None:
        self.choose("item", offered_in(self.order.station, self.at.astimezone(LOCAL).date()))


class MergeForm(VerbForm):
    into = forms.ModelChoiceField(Order.objects.none(), label=_("Into which order?"))

    def fill(self) -> None:
        alike = Order.objects.live().filter(item=self.order.item, station=self.order.station)
        self.choose("into", alike.exclude(pk=self.order.pk))


class TransferForm(VerbForm):
    to = forms.ModelChoiceField(Unit.objects.none(), label=_("To which unit?"))
    words = words_field(_("Why?"), required=False)

    def fill(self) -> None:
        beside = Unit.objects.filter(parent=self.order.owner.parent, tier=self.order.owner.tier)
        self.choose("to", beside.exclude(pk=self.order.owner_id))


class ChangeForm(VerbForm):
    words = words_field(_("Anything to say?"), required=False)
    address = PlainText(label=_("Address"), max_length=120, required=False)
    windows = forms.MultipleChoiceField(
        label=_("When are you at home?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def fill(self) -> None:
        self.fields["words"].initial, self.fields["address"].initial = self.order.words, self.order.address
        self.fields["windows"].choices = windows(self.at)  # type: ignore[attr-defined]  # a choice field


class SuggestForm(VerbForm):
    windows = forms.MultipleChoiceField(label=_("When does it suit you?"), widget=forms.CheckboxSelectMultiple)

    def fill(self) -> None:
        self.fields["windows"].choices = windows(self.at)  # type: ignore[attr-defined]  # a choice field


class DispatchForm(VerbForm):
    team = forms.ModelChoiceField(Team.objects.all(), widget=forms.HiddenInput)


class ClaimForm(VerbForm):
    team = forms.ModelChoiceField(Team.objects.none(), label=_("With which team?"))

    def fill(self) -> None:
        self.choose("team", Team.objects.active())


class _ReasonForm(VerbForm):
    kind = ""
    reason = forms.ModelChoiceField(Reason.objects.none(), label=_("Reason"), empty_label=None)

    def fill(self) -> None:
        self.choose("reason", Reason.objects.filter(kind=self.kind, active=True))


class DeclineForm(_ReasonForm):
    kind = Reason.Kind.DECLINE


class RejectForm(_ReasonForm):
    kind = Reason.Kind.REJECT
    words = words_field(_("In a few words"), required=False)


class HandBackForm(RejectForm):
    kind = Reason.Kind.HAND_BACK


class GiveUpForm(_ReasonForm):
    kind = Reason.Kind.GIVE_UP
    words = words_field(_("What else can the resident do?"))


class PauseForm(_ReasonForm):
    kind = Reason.Kind.PAUSE
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=30, initial=7)
    words = words_field(_("In a few words"), required=False)


class AppointForm(VerbForm):
    start = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=480, initial=60)
    volunteers = forms.ModelMultipleChoiceField(
        Person.objects.all(), label=_("Who goes?"), widget=forms.CheckboxSelectMultiple
    )

    def fill(self) -> None:
        self.choose("volunteers", _members(self.order.team))
        first = self.order.windows.first()
        self.fields["start"].initial = first.start if first else None

    def slot(self) -> Slot:
        start: datetime = self.cleaned_data["start"]
        return Slot(start, start + timedelta(minutes=self.cleaned_data["minutes"]))


class ServeForm(VerbForm):
    result = words_field(_("What was done?"))
    came = forms.ModelMultipleChoiceField(
        Person.objects.all(), label=_("Who came?"), widget=forms.CheckboxSelectMultiple
    )

    def fill(self) -> None:
        going = Person.objects.filter(pk__in=_named(self.order))
        self.choose("came", going)
        self.fields["came"].initial = list(going)


class MissForm(VerbForm):
    absent = forms.ChoiceField(
        label=_("Who was not there?"), choices=(("team", _("The team")), ("resident", _("The resident")))
    )
    words = words_field(_("In a few words"), required=False)


class RateForm(VerbForm):
    face = forms.ChoiceField(label=_("How was it?"), choices=Rating.Face.choices, widget=forms.RadioSelect)
    solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=(("yes", _("Yes")), ("no", _("No")), ("", _("Not sure"))),
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = words_field(_("Anything to say?"), required=False)
    proof = forms.ChoiceField(
        label=_("Only for staff: how do you know?"), choices=(("", "-"), *Order.Proof.choices[:3]), required=False
    )


class FollowForm(VerbForm):
    phone = Phone(label=_("Mobile number of somebody of your family"))


FORMS: dict[str, Callable[..., VerbForm]] = {
    "change": ChangeForm, "ask": AskForm, "supply": SupplyForm, "withdraw": VerbForm, "name_item": ItemForm,
    "admit": AdmitForm, "reject": RejectForm, "merge": MergeForm, "transfer": TransferForm, "pause": PauseForm,
    "agree": VerbForm, "refuse": FreeWordsForm, "resume": VerbForm, "give_up": GiveUpForm, "dispatch": DispatchForm,
    "open": VerbForm, "claim": ClaimForm, "accept": VerbForm, "decline": DeclineForm, "recall": VerbForm,
    "appoint": AppointForm, "suggest": SuggestForm, "hand_back": HandBackForm, "miss": MissForm, "serve": ServeForm,
    "alarm": WordsForm, "reveal": VerbForm, "rate": RateForm, "dispute": WordsForm, "redo": FreeWordsForm,
    "uphold": WordsForm, "urge": VerbForm, "follow": FollowForm, "join": VerbForm,
}  # fmt: skip


def _members(team: Team | None) -> object:
    if team is None:
        return Person.objects.none()
    inside = team.memberships.members().values("person")
    return Person.objects.filter(pk__in=inside) | Person.objects.filter(pk=team.leader_id)


def _named(order: Order) -> list[int]:
    return list(order.visit.attendances.values_list("person_id", flat=True)) if order.visit else []
