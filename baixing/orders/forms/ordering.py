"""Placing an order, for oneself or for somebody at the desk; following one by its code."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.kernel.refusals import Unfit
from baixing.menu.models import ServiceItem
from baixing.menu.queries import find, on_offer
from baixing.network.models import Home, Unit
from baixing.network.queries import called
from baixing.orders.actions import Wanted
from baixing.orders.forms.parts import WindowsField, proof_field, speech_field, words_field
from baixing.orders.queries import pages
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.teams.models import Team

MEANT = 6  # names that are offered when the words are not clear
CODE = re.compile(r"[A-Z2-7]{16}")
FOUR = re.compile(r"[0-9]{4}")


class VillageField(PlainText):
    """A village typed by its name or in pinyin."""

    def clean(self, value: object) -> Unit:
        try:
            return called(super().clean(value), tier=1)
        except Unfit as unfit:
            raise ValidationError(str(unfit), code="village") from unfit


class PlaceForm(forms.Form):
    """The check page before an order is placed. What is known is filled in."""

    resident = forms.ModelChoiceField(Person.objects.none(), label=_("For whom?"), empty_label=None)
    village = VillageField(label=_("Village or community"), max_length=40)
    address = PlainText(label=_("Address"), max_length=120, required=False)
    windows = WindowsField()
    words = words_field(_("Anything to say?"))
    shared = forms.BooleanField(
        required=False,
        label=_("Neighbours may read this wish and join it"),
        help_text=_("They see the words, not who wrote them."),
    )

    asked_team = forms.ModelChoiceField(
        Team.objects.none(),
        required=False,
        label=_("Is there a team you would like?"),
        empty_label=_("Any team is fine"),
        help_text=_("It is asked first where that is not much farther or later."),
    )
    speech = speech_field(_("Any will do"))
    by_person = forms.BooleanField(
        required=False,
        label=_("A person chooses who comes, not the computer"),
        help_text=_("Then somebody of your station looks for a team. It may take a little longer."),
    )

    def __init__(self, data: object = None, *, one: Standing, home: Home | None, item: ServiceItem | None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.one, self.home, self.item = one, home, item
        self._offer(item)
        self.initial = {
            "resident": one.person.pk,
            "address": home.address if home else "",
            "speech": one.person.speech,
        }
        self.fields["speech"].help_text = _(
            "It is kept for next time. A team that speaks it is asked first where it is not much farther."
        )
        if home:
            del self.fields["village"]
        if item is None:
            self.fields["words"].required = True
            self.fields["words"].label = str(_("What do you need?"))
            self.fields["words"].widget.attrs |= {"data-like": reverse("orders:like")}
        else:
            del self.fields["shared"]

    def _offer(self, item: ServiceItem | None) -> None:
        who, windows = self.fields["resident"], self.fields["windows"]
        if isinstance(windows, WindowsField):
            windows.offer(self.one.at, item.lead_days if item else 0)
        known, asked = pages.teams_known(self.one, item), self.fields["asked_team"]
        if isinstance(asked, forms.ModelChoiceField):
            asked.queryset = known
        if not known:
            del self.fields["asked_team"]
        if not self.one.wards:
            del self.fields["resident"]
        elif isinstance(who, forms.ModelChoiceField):
            who.queryset = pages.people_served(self.one)

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            resident=said.get("resident") or self.one.person,
            station=self.home.station if self.home else said["village"],
            item=self.item,
            words=said["words"],
            address=said["address"],
            phone=self.one.person.phone,
            windows=said["windows"],
            shared=bool(said.get("shared")),
            by_person=bool(said.get("by_person")),
            asked_team=said.get("asked_team"),
            speech=said["speech"],
        )


class BehalfForm(forms.Form):
    """Staff order for somebody who rang or came. Eight fields."""

    phone = Phone(label=_("Phone"), landline=True)
    name = PlainText(label=_("Full name"), max_length=40)
    village = forms.ModelChoiceField(Unit.objects.none(), label=_("Village or community"), empty_label=None)
    address = PlainText(label=_("Address"), max_length=120, required=False)
    item = PlainText(
        label=_("Service"),
        max_length=60,
        required=False,
        help_text=_("A few words of it: the tap drips. Leave it empty for a wish."),
        widget=forms.TextInput(attrs={"list": "items", "autocomplete": "off"}),
    )
    words = words_field(_("What do they say?"))
    speech = speech_field(_("They said nothing of it"))
    proof = proof_field()

    def __init__(self, data: object = None, *, one: Standing) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict
        self.today = one.at.astimezone(LOCAL).date()
        village = self.fields["village"]
        if isinstance(village, forms.ModelChoiceField):
            village.queryset = pages.villages(one)

    def names(self) -> list[str]:
        """Of all that is on offer, to choose from while typing."""
        return list(on_offer(None, self.today).in_order().values_list("name", flat=True))

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        asked, village = str(said.get("item") or ""), said.get("village")
        if asked and isinstance(village, Unit):
            said["item"] = self._meant(asked, village)
        elif not asked:
            said["item"] = None
            if not said.get("words"):
                self.add_error("words", _("Please say in words what they need."))
        return said

    def _meant(self, asked: str, village: Unit) -> ServiceItem | None:
        """The item of this name, or the only one that the words mean; else the form says which there are."""
        offered = on_offer(village, self.today)
        exact = offered.filter(Q(name=asked) | Q(name_en__iexact=asked))
        named = list(exact) or list(offered.filter(name__contains=asked)) or find(asked, village, self.today)
        if len(named) == 1:
            return named[0]
        if named:
            names = " · ".join(item.name for item in named[:MEANT])
            self.add_error("item", gettext("Which of these? %(names)s") % {"names": names})
        else:
            self.add_error("item", gettext("Nothing on this village's menu is like that. Leave it empty for a wish."))
        return None


class TrackForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your slip"),
        max_length=40,
        help_text=_("Sixteen letters and digits, as they stand on your slip."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    four = forms.CharField(
        label=_("The last four digits of your phone"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"])).upper()
        code = code.replace("0", "O").replace("1", "I")
        if not CODE.fullmatch(code):
            raise ValidationError(_("A code has sixteen letters and digits."), code="code")
        return code

    def clean_four(self) -> str:
        four = unicodedata.normalize("NFKC", self.cleaned_data["four"]).strip()
        if not FOUR.fullmatch(four):
            raise ValidationError(_("Type four digits."), code="four")
        return four
