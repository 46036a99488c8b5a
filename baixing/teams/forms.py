"""What people fill in about teams, and what a reader asks of their list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import Phone, PlainText, Several
from baixing.look.both import EditForm
from baixing.network.models import Unit
from baixing.network.queries import named_behind
from baixing.people.models import Person
from baixing.people.rules.speech import SPEECH
from baixing.teams.actions import TeamFacts
from baixing.teams.models import LicenceKind, Skill, Team
from baixing.teams.queries import Asked, heirs, said_name
from baixing.teams.rules import MOST_A_WEEK as MOST_A_WEEK_EACH

LONGEST_QUESTION: Final = 100
BIGGEST_KEY: Final = 2**31 - 1
MOST_A_DAY, MOST_A_WEEK = 50, 300  # visits
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2099, 12, 31)


if TYPE_CHECKING:
    KindChoice = forms.ModelChoiceField[LicenceKind]
    SkillChoices = forms.ModelMultipleChoiceField[Skill]
    PersonChoice = forms.ModelChoiceField[Person]
else:
    KindChoice, SkillChoices = forms.ModelChoiceField, Several
    PersonChoice = forms.ModelChoiceField


class Kinds(KindChoice):
    """Kinds of licence, by their names in the reader's language."""

    def label_from_instance(self, obj: LicenceKind) -> str:
        return said_name(obj, get_language() or "")


class Skills(SkillChoices):
    def label_from_instance(self, obj: Skill) -> str:
        return said_name(obj, get_language() or "")


class Day(forms.DateField):
    """A day of this age, from the calendar of the browser or typed."""

    def __init__(self, **kwargs: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"], **kwargs)  # type: ignore[arg-type]  # passed on as given

    def validate(self, value: object) -> None:
        super().validate(value)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class AskForm(forms.Form):
    """What a reader asks of the list. Whatever it is, there is an answer."""

    unit = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, required=False)
    skill = forms.SlugField(required=False)

    def asked(self) -> Asked:
        self.is_valid()
        unit, skill = self.cleaned_data.get("unit"), self.cleaned_data.get("skill")
        return Asked(
            unit=Unit.objects.filter(pk=unit).first() if unit else None,
            skill=Skill.objects.filter(slug=skill).first() if skill else None,
            words=_plain(self.data.get("q", "")),
        )


class TeamForm(EditForm):
    """What a team says about itself."""

    name = PlainText(max_length=60, label=_("Name of the team"), help_text=_("As people call it, with its place."))
    about = PlainText(
        max_length=1000,
        multiline=True,
        required=False,
        label=_("What the team does"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    skills = Skills(Skill.objects.all(), label=_("What it can do"), widget=forms.CheckboxSelectMultiple)
    speaks = forms.MultipleChoiceField(
        choices=[(one, one) for one in SPEECH],
        required=False,
        label=_("What its people speak"),
        help_text=_("A resident may ask for one of these. Tick what somebody who goes on visits speaks well."),
        widget=forms.CheckboxSelectMultiple,
    )
    reach = forms.TypedChoiceField(
        choices=Team.Reach.choices, coerce=int, label=_("How far it goes"), widget=forms.RadioSelect
    )
    day_capacity = forms.IntegerField(
        min_value=1, max_value=MOST_A_DAY, label=_("Visits a day"), help_text=_("No more than this is offered a day.")
    )
    week_capacity = forms.IntegerField(
        min_value=1,
        max_value=MOST_A_WEEK,
        label=_("Visits a week"),
        help_text=_("From Monday to Sunday. When it is reached, the team is offered nothing more for that week."),
    )

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        day, week = said.get("day_capacity"), said.get("week_capacity")
        if isinstance(day, int) and isinstance(week, int) and week < day:
            self.add_error("week_capacity", _("This is less than in one day."))
        return said

    def facts(self) -> TeamFacts:
        said = self.cleaned_data
        plain = {name: said[name] for name in ("name", "about", "reach", "day_capacity", "week_capacity")}
        return TeamFacts(**plain, speaks=" ".join(said["speaks"]), skills=tuple(said["skills"]))


class FoundForm(TeamForm):
    """A new team, and who leads it: somebody who has signed in here before."""

    leader_name = PlainText(max_length=40, label=_("Name of the leader"))
    leader_phone = Phone(label=_("Phone of the leader"), help_text=_("The number they sign in with."))
    field_order = ("name", "leader_name", "leader_phone")

    def clean(self) -> dict[str, object]:
        said = super().clean()
        name, phone = said.get("leader_name"), said.get("leader_phone")
        if isinstance(name, str) and isinstance(phone, str):
            said["leader"] = named_behind(phone, name)
            if said["leader"] is None:
                words = _(
                    "Nobody of this name signs in with this number. They have to sign in once before they can lead."
                )
                self.add_error("leader_phone", words)
        return said


class HandOverForm(forms.Form):
    """Who leads from now on."""

    to = PersonChoice(
        Person.objects.none(), label=_("Who leads from now on"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, team: Team, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = heirs(team)


class DutyForm(forms.Form):
    """Whether work is taken from now on, and if not, up to which day."""

    on = forms.BooleanField(required=False, widget=forms.HiddenInput)
    until = Day(
        required=False,
        label=_("Last day of the break"),
        help_text=_("It ends by itself the day after."),
    )

    def clean_on(self) -> bool:
        return self.data.get("on") == "1"


class MostForm(EditForm):
    """How often a volunteer wants to go."""

    week_most = forms.IntegerField(
        min_value=1,
        max_value=MOST_A_WEEK_EACH,
        required=False,
        label=_("Visits a week at most"),
        help_text=_("From Monday to Sunday, in all your teams. Leave it empty for no limit."),
    )


class WhyForm(forms.Form):
    """Why somebody is turned away, or a team closed."""

    words = PlainText(max_length=200, label=_("Why?"), help_text=_("Those concerned will read this."))


class LicenceForm(forms.Form):
    """A paper, as it lies on the desk."""

    kind = Kinds(LicenceKind.objects.all(), label=_("Kind of licence"), empty_label=None)
    number = PlainText(max_length=60, label=_("Its number"), help_text=_("Only those who keep the team see it whole."))
    holder = PlainText(max_length=40, required=False, label=_("In whose name"))
    valid_from = Day(label=_("First day"))
    valid_until = Day(label=_("Last day"))

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        first, last = said.get("valid_from"), said.get("valid_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("valid_until", _("This is before the first day."))
        return said


class EndForm(forms.Form):
    """The day after which a paper holds no longer."""

    last_day = Day(label=_("Last day"))


def as_typed(team: Team) -> dict[str, object]:
    """A team as its form shows it."""
    plain = {name: getattr(team, name) for name in ("name", "about", "reach", "day_capacity", "week_capacity")}
    return plain | {"skills": [skill.pk for skill in team.skills.all()], "speaks": team.speeches}


def _plain(typed: str) -> str:
    """What was typed into the search box, of a length one can read, without what cannot be seen."""
    seen = (letter for letter in typed[: 4 * LONGEST_QUESTION] if letter.isprintable())
    return "".join(seen).strip()[:LONGEST_QUESTION]
