"""What is said of a contest, what is entered, who judges, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import Phone, PlainText
from baixing.network.models import Unit
from baixing.network.queries import named_behind
from baixing.people.models import Person
from baixing.programme.actions import Call, Entered
from baixing.programme.forms.parts import Clock, Day, MatterForm, NewMatterForm, Pick, choices_of
from baixing.programme.models import MOST_POINTS, Contest, Work
from baixing.teams.models import Team

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_CATEGORIES: Final = 10
PLAIN: Final = ("title", "words", "kind")


class ContestForm(MatterForm):
    title = PlainText(max_length=60, label=_("Name of the contest"))
    kind = forms.ChoiceField(label=_("What it is"), choices=Contest.Kind.choices, widget=forms.RadioSelect)
    words = PlainText(
        max_length=2000,
        multiline=True,
        label=_("What is asked for, and for whom"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    categories = PlainText(
        max_length=450,
        multiline=True,
        label=_("Categories"),
        help_text=_("One a line, at most ten."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_day = Day(label=_("Opens on"))
    opens_time = Clock(label=_("Opens at"))
    closes_day = Day(label=_("Closes on"))
    closes_time = Clock(label=_("Closes at"), help_text=_("The server's clock counts, to the second."))

    def clean_categories(self) -> list[str]:
        names = [line.strip() for line in str(self.cleaned_data["categories"]).splitlines() if line.strip()]
        if len(names) > MOST_CATEGORIES or max(map(len, names), default=0) > 40:  # noqa: PLR2004 - as the column
            raise ValidationError(_("At most ten categories, each of at most 40 letters."))
        return names

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        days = [said.get(name) for name in ("opens_day", "opens_time", "closes_day", "closes_time")]
        if all(one is not None for one in days) and self._moment("closes") <= self._moment("opens"):
            self.add_error("closes_day", _("The last moment is before the first."))
        return said

    def said(self) -> Call:
        said = self.cleaned_data
        facts = {name: said[name] for name in PLAIN}
        return Call(self._moment("opens"), self._moment("closes"), said["categories"], facts)

    def _moment(self, name: str) -> datetime:
        said = self.cleaned_data
        return datetime.combine(said[f"{name}_day"], said[f"{name}_time"], LOCAL)


class NewContestForm(NewMatterForm, ContestForm):
    """As a unit begins it."""


class PictureForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        max_length=200,
        help_text=_("JPEG, PNG or WebP, at most 12 MB. We take out where and by which camera it was made."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_words = PlainText(max_length=100, label=_("What is to be seen"))

    def picture(self) -> tuple[bytes, str] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data.get("photo")
        return (bytes(file.read()), self.cleaned_data["photo_words"]) if file else None


class WorkForm(PictureForm):
    """A work, or a matter of a village; with a photo if one likes."""

    category = Pick(_("Category"), required=True)
    title = PlainText(max_length=60, label=_("Name of the work"))
    words = PlainText(
        max_length=5000,
        multiline=True,
        label=_("The work, or what it tells"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    maker = PlainText(
        max_length=40,
        required=False,
        label=_("How the maker wants to be named"),
        help_text=_("Everybody reads it when the work is shown. Leave it empty to stay unnamed."),
    )
    team = Pick(_("Team that made it"))
    unit = Pick(_("Unit whose matter it is"))
    field_order = ("category", "title", "words", "maker", "team", "unit", "photo", "photo_words")

    def __init__(
        self, *args: object, contest: Contest, teams: Iterable[Team], units: Iterable[Unit], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.categories = {row.pk: row for row in contest.categories.all()}
        self.teams, self.units = ({row.pk: row for row in teams}, {row.pk: row for row in units})
        self._offer("category", choices_of(self.categories.values())[1:])
        self._offer("team", choices_of(self.teams.values()))
        self._offer("unit", choices_of(self.units.values()))
        self.fields["photo"].required = self.fields["photo_words"].required = False

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        if said.get("photo") and not said.get("photo_words"):
            self.add_error("photo_words", _("Say what is to be seen, for those who do not see it."))
        return said

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Who has no team or unit is not asked for one."""
        if len(choices) > 1 or name == "category":
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields[name]

    def entered(self) -> Entered:
        said = self.cleaned_data
        facts = {name: said[name] for name in ("title", "words", "maker")}
        team, unit = self.teams.get(said.get("team") or 0), self.units.get(said.get("unit") or 0)
        return Entered(self.categories[said["category"]], facts, team, unit, self.picture())


class JurorForm(forms.Form):
    """Who is asked to judge: a person who signs in here."""

    name = PlainText(max_length=40, label=_("Name"))
    phone = Phone(label=_("Phone"), help_text=_("The number they sign in with."))

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        name, phone = said.get("name"), said.get("phone")
        if isinstance(name, str) and isinstance(phone, str):
            said["person"] = named_behind(phone, name)
            if said["person"] is None:
                self.add_error("phone", _("Nobody of this name signs in with this number."))
        return said

    def person(self) -> Person:
        found: Person = self.cleaned_data["person"]
        return found


class MarkForm(forms.Form):
    points = forms.TypedChoiceField(
        label=_("Points"),
        coerce=int,
        choices=[("", "—"), *((number, str(number)) for number in range(1, MOST_POINTS + 1))],  # none is given by haste
    )


class RefuseForm(forms.Form):
    words = PlainText(max_length=200, label=_("Why it is not taken in"))


class PrizesForm(forms.Form):
    """A prize, or none, for each of the works."""

    def __init__(self, *args: object, works: Iterable[Work], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        choices = [("", "—"), *Work.Prize.choices]
        for work in works:
            self.fields[f"work-{work.pk}"] = forms.ChoiceField(label=work.title, choices=choices, required=False)

    def prizes(self) -> dict[int, str]:
        return {int(name.partition("-")[2]): prize for name, prize in self.cleaned_data.items()}


def as_contest(found: Contest) -> dict[str, object]:
    opens, closes = found.opens_at.astimezone(LOCAL), found.closes_at.astimezone(LOCAL)
    return {
        **{name: getattr(found, name) for name in PLAIN},
        "categories": "\n".join(found.categories.values_list("name", flat=True)),
        "opens_day": opens.date(),
        "opens_time": opens.time(),
        "closes_day": closes.date(),
        "closes_time": closes.time(),
    }
