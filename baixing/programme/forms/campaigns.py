"""What is said of a campaign, for whom one promises, and what a unit has counted."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.look.said import said_month
from baixing.network.models import Unit
from baixing.programme.actions import Aim, Counted
from baixing.programme.forms.parts import Day, MatterForm, NewMatterForm, Pick, choices_of, with_kept
from baixing.programme.models import MOST_COUNTED, Campaign, Pledge
from baixing.programme.queries.themes import months

PLAIN: Final = ("title", "words", "promise", "counted", "measure")
MOST_WORDS: Final = 200


class CampaignForm(MatterForm):
    title = PlainText(max_length=60, label=_("Name of the campaign"))
    words = PlainText(
        max_length=1000,
        multiline=True,
        required=False,
        label=_("What it is for"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    promise = PlainText(
        max_length=200, label=_("What one promises"), help_text=_("One sentence, as whoever joins would say it.")
    )
    counted = PlainText(
        max_length=60,
        label=_("What is counted"),
        help_text=_("Matters, never people. For example: weddings held plainly"),
    )
    measure = PlainText(
        max_length=10, label=_("Unit of measure"), help_text=_("For example: weddings, tables, kilograms")
    )
    first = Day(label=_("From this day"))
    last = Day(label=_("Up to this day"))

    theme = Pick(_("Theme of a month"))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        named = [row.theme for row in months(today) if row.theme]
        self.fields["theme"].choices = with_kept(choices_of(named), self.initial, "theme")  # type: ignore[attr-defined]  # a choice

    def said(self) -> Aim:
        said = self.cleaned_data
        facts = {name: said[name] for name in PLAIN} | {"theme_id": said["theme"]}
        return Aim(said["first"], said["last"], facts)

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("The last day is before the first."))
        return said


class NewCampaignForm(NewMatterForm, CampaignForm):
    """As a unit begins it."""


class PledgeForm(forms.Form):
    """For whom: oneself, the household, or a unit."""

    holder = forms.ChoiceField(label=_("Who promises"), widget=forms.RadioSelect)

    def __init__(self, *args: object, choices: list[tuple[str, str]], units: list[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.units = {f"unit-{unit.pk}": unit for unit in units}
        self.fields["holder"].choices = choices  # type: ignore[attr-defined]  # a choice

    def promised(self) -> tuple[str, Unit | None]:
        chosen = self.cleaned_data["holder"]
        unit = self.units.get(chosen)
        return (Pledge.Kind.UNIT if unit else chosen), unit


class TallyForm(forms.Form):
    unit = Pick(_("Unit"), required=True)
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    number = forms.IntegerField(min_value=0, max_value=MOST_COUNTED)
    words = PlainText(
        max_length=300,
        required=False,
        label=_("How it was counted"),
        help_text=_("From which book or list. Name nobody."),
    )

    def __init__(
        self, *args: object, campaign: Campaign, units: list[Unit], months: list[date], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.units = {unit.pk: unit for unit in units}
        self.fields["unit"].choices = choices_of(units)[1:]  # type: ignore[attr-defined]  # a choice
        self.fields["month"].choices = [(month.isoformat(), said_month(month)) for month in months]  # type: ignore[attr-defined]
        self.fields["number"].label = f"{campaign.counted} ({campaign.measure})"

    def counted(self) -> tuple[Unit, Counted]:
        said = self.cleaned_data
        return self.units[said["unit"]], Counted(said["month"], said["number"], said["words"])


class ReturnForm(forms.Form):
    """Why a count comes back to whoever told it."""

    words = PlainText(max_length=MOST_WORDS, label=_("What is not right with it"))


def as_campaign(found: Campaign) -> dict[str, object]:
    begun: dict[str, object] = {name: getattr(found, name) for name in (*PLAIN, "first", "last")}
    return begun | {"theme": found.theme_id, "theme_words": found.theme}
