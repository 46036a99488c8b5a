"""What is said of an activity, and what is told of it afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText
from baixing.look.both import EditForm
from baixing.network.models import Platform, Task, Unit
from baixing.programme.actions import Idea
from baixing.programme.forms.parts import Pick, Units, choices_of, with_kept
from baixing.programme.models import Activity, Brand, Organiser
from baixing.programme.queries.campaigns import campaigns_for
from baixing.programme.queries.collections import series_for
from baixing.programme.queries.naming import name_of_unit
from baixing.programme.queries.themes import months
from baixing.teams.models import Team

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KINDS: Final = {"hosts": Organiser.Kind.HOST, "organisers": Organiser.Kind.ORGANISER}
KINDS_ALL: Final = {**KINDS, "supporters": Organiser.Kind.SUPPORTER}
PLAIN: Final = ("title", "words")
PICKED: Final = ("theme", "brand", "platform", "task", "series", "campaign")


class ActivityForm(EditForm):
    """What is put on, under which names, and with whom."""

    title = PlainText(max_length=60, label=_("Name of the activity"))
    words = PlainText(
        max_length=1000,
        multiline=True,
        required=False,
        label=_("What happens, and for whom"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    platform = Pick(_("Platform"))
    task = Pick(_("Task"))
    theme = Pick(_("Theme of a month"))
    brand = Pick(_("Brand"))
    series = Pick(_("Series or tour"))
    campaign = Pick(_("Campaign"))
    hosts = Units(label=_("Other hosts"), help_text=_("Units of the network, one a line. The host itself is named."))
    organisers = Units(label=_("Organisers"), help_text=_("Who does the work. One unit a line."))
    supporters = Units(label=_("Supporters"), help_text=_("Who helps. One unit a line."))

    def __init__(self, *args: object, today: date, units: list[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        named = [row.theme for row in months(today) if row.theme]
        self._offer("platform", choices_of(Platform.objects.all()))
        self._offer("task", choices_of(Task.objects.all()))
        self._offer("brand", choices_of(Brand.objects.all()))
        self._offer("theme", choices_of(named))
        self._offer("series", choices_of(series_for(units)))
        self._offer("campaign", choices_of(campaigns_for(units)))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast("Pick", self.fields[name]).choices = with_kept(choices, self.initial, name)

    def idea(self) -> Idea:
        said = self.cleaned_data
        facts = {name: said[name] for name in PLAIN} | {f"{name}_id": said[name] for name in PICKED}
        together = [(kind, unit) for name, kind in KINDS_ALL.items() for unit in said[name]]
        return Idea(facts, together)


class PlanForm(ActivityForm):
    """A new one: which unit answers for it, and which team runs it."""

    unit = Pick(_("Host"), required=True)
    team = Pick(_("Team that runs it"))
    field_order = ("title", "words", "unit", "team")

    def __init__(self, *args: object, units: list[Unit], teams: list[Team], **kwargs: object) -> None:
        super().__init__(*args, units=units, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.units = {unit.pk: unit for unit in units}
        self.teams = {team.pk: team for team in teams}
        self._offer("unit", choices_of(units)[1:])
        self._offer("team", choices_of(teams))

    def host(self) -> tuple[Unit, Team | None]:
        """A team runs what its own home hosts, unless another unit is named for it."""
        said = self.cleaned_data
        return self.units[said["unit"]], self.teams.get(said["team"] or 0)


class ResultsForm(EditForm):
    """What came of it, in words."""

    results = PlainText(
        max_length=2000,
        multiline=True,
        label=_("What came of it"),
        help_text=_("What was done, and what has changed by it. Everybody reads this; name nobody."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        max_length=200,
        help_text=_("JPEG, PNG or WebP, at most 12 MB. We take out where and by which camera it was made."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    words = PlainText(
        max_length=100, label=_("What is to be seen"), help_text=_("For those who do not see it. Name nobody.")
    )
    agreed = forms.BooleanField(label=_("Everybody who can be recognised has agreed, and of children their guardians."))

    def clean_photo(self) -> bytes:
        file: UploadedFile[bytes] = self.cleaned_data["photo"]
        return bytes(file.read())


def as_kept(activity: Activity) -> dict[str, object]:
    """What stands there now, as the form begins with it."""
    begun: dict[str, object] = {name: getattr(activity, name) for name in PLAIN}
    for name in PICKED:
        begun |= {name: getattr(activity, f"{name}_id"), f"{name}_words": getattr(activity, name)}
    return begun | _together(activity)


def _together(activity: Activity) -> dict[str, object]:
    rows = list(activity.organisers.select_related("unit__parent"))
    return {
        name: "\n".join(name_of_unit(row.unit) for row in rows if row.kind == kind) for name, kind in KINDS_ALL.items()
    }
