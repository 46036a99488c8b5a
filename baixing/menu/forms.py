"""What staff fill in about their menu, and what a reader asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baixing.kernel.fields import PlainText, Several
from baixing.look.both import EditForm
from baixing.menu.models import DAY_OF_MINUTES, OLDEST, ServiceItem, Synonym
from baixing.menu.queries import STATES, Narrowed
from baixing.network.models import Platform, Task
from baixing.teams.models import LicenceKind, Skill

MONTHS: Final = [(str(month), _("%(month)s") % {"month": month}) for month in range(1, 13)]
LONGEST_QUESTION: Final = 100
LONGEST_LIST: Final = 20_000
MOST_PAIRS: Final = 500
LONGEST_WORD: Final = 20
FREE, PAID = "free", "paid"


if TYPE_CHECKING:
    OneOf = forms.ModelChoiceField[Model]
    ManyOf = forms.ModelMultipleChoiceField[Model]
else:
    OneOf, ManyOf = forms.ModelChoiceField, Several


class Named(OneOf):
    """A row of a list, by its name in the reader's language."""

    def label_from_instance(self, obj: Model) -> str:
        return _name(obj)


class ManyNamed(ManyOf):
    def label_from_instance(self, obj: Model) -> str:
        return _name(obj)


def _name(row: Model) -> str:
    english = getattr(row, "name_en", "") if (get_language() or "").startswith("en") else ""
    return english or str(row)


class AskForm(forms.Form):
    """What a reader asks of the menu. Whatever it is, there is an answer."""

    platform = forms.SlugField(required=False)
    audience = forms.ChoiceField(choices=ServiceItem.Audience.choices, required=False)
    free = forms.BooleanField(required=False)
    at_home = forms.BooleanField(required=False)

    def asked(self) -> tuple[str, Narrowed]:
        """The words, and what narrows the answer; what means nothing asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        narrowed = Narrowed(
            platform=said.get("platform", ""),
            audience=said.get("audience", ""),
            free=said.get("free", False),
            at_home=said.get("at_home", False),
        )
        return plain_question(self.data.get("q", "")), narrowed

    def audiences(self) -> list[tuple[str, object]]:
        return [choice for choice in ServiceItem.Audience.choices if choice[0] != ServiceItem.Audience.ANYBODY]


class KeptForm(forms.Form):
    """What staff ask of their own menu."""

    state = forms.ChoiceField(choices=[(state, state) for state in STATES], required=False)

    def asked(self) -> tuple[str, str]:
        self.is_valid()
        return plain_question(self.data.get("q", "")), self.cleaned_data.get("state", "")


def plain_question(typed: str) -> str:
    """What was typed into a search box, of a length one can read, without what cannot be seen."""
    seen = (letter for letter in typed[: 4 * LONGEST_QUESTION] if letter.isprintable())
    return "".join(seen).strip()[:LONGEST_QUESTION]


class ItemForm(EditForm):
    """All that an item says, in five parts: SECTIONS names them."""

    name = PlainText(
        max_length=24, label=_("Name of the service"), help_text=_("As people call it: 2 to 12 characters, no slogans.")
    )
    name_en = PlainText(max_length=80, required=False, label=_("Name in English"))
    gist = PlainText(
        max_length=120, label=_("In one sentence"), help_text=_("What one gets. It stands under the name on the menu.")
    )
    gist_en = PlainText(max_length=200, required=False, label=_("The sentence in English"))
    platform = Named(Platform.objects.all(), label=_("Platform"), empty_label=None, widget=forms.RadioSelect)
    tasks = ManyNamed(Task.objects.all(), required=False, label=_("Tasks"), widget=forms.CheckboxSelectMultiple)
    audience = forms.ChoiceField(choices=ServiceItem.Audience.choices, label=_("For whom"), widget=forms.RadioSelect)
    words = PlainText(
        max_length=1000,
        multiline=True,
        required=False,
        label=_("Other words for it"),
        help_text=_("What people say when they need it, one a line. It is found by these words."),
    )

    gets = PlainText(max_length=1000, multiline=True, label=_("What one gets"))
    who = PlainText(max_length=400, required=False, label=_("Who comes"))
    minutes = forms.IntegerField(min_value=5, max_value=DAY_OF_MINUTES, label=_("How long it takes, in minutes"))
    place = forms.ChoiceField(choices=ServiceItem.Place.choices, label=_("Where"), widget=forms.RadioSelect)
    prepare = PlainText(max_length=600, multiline=True, required=False, label=_("What to prepare"))
    risks = PlainText(max_length=600, multiline=True, required=False, label=_("What can go wrong"))

    min_age = forms.IntegerField(min_value=0, max_value=OLDEST, required=False, label=_("From the age of"))
    max_age = forms.IntegerField(min_value=0, max_value=OLDEST, required=False, label=_("Up to the age of"))
    documents = PlainText(max_length=600, multiline=True, required=False, label=_("Papers to show"))
    months = forms.MultipleChoiceField(
        choices=MONTHS,
        required=False,
        label=_("Months in which it is offered"),
        help_text=_("None chosen means all year."),
        widget=forms.CheckboxSelectMultiple,
    )

    skill = Named(Skill.objects.all(), label=_("Skill of the team"))
    licence = Named(
        LicenceKind.objects.all(), required=False, label=_("Licence the law asks for"), empty_label=_("None")
    )
    people = forms.IntegerField(min_value=1, max_value=20, label=_("How many volunteers come"))
    lead_days = forms.IntegerField(min_value=0, max_value=60, label=_("Days needed beforehand"))
    urgency = forms.ChoiceField(choices=ServiceItem.Urgency.choices, label=_("How urgent it usually is"))
    shared = forms.BooleanField(
        required=False,
        label=_("One visit serves several households"),
        help_text=_("Neighbours see that it is ordered in their village and may join, without knowing by whom."),
    )

    cost = forms.ChoiceField(
        choices=[(FREE, _("Free")), (PAID, _("Not free"))], label=_("The service"), widget=forms.RadioSelect
    )
    parts_payer = forms.ChoiceField(
        choices=ServiceItem.Payer.choices, required=False, label=_("Who pays for parts"), widget=forms.RadioSelect
    )
    parts_note = PlainText(max_length=200, required=False, label=_("About parts and costs"))

    SECTIONS: Final = (
        (_("On the menu"), ("name", "name_en", "gist", "gist_en", "platform", "tasks", "audience", "words")),
        (_("What happens"), ("gets", "who", "minutes", "place", "prepare", "risks")),
        (_("Conditions"), ("min_age", "max_age", "documents", "months")),
        (_("The team"), ("skill", "licence", "people", "lead_days", "urgency", "shared")),
        (_("Costs"), ("cost", "parts_payer", "parts_note")),
    )

    def sections(self) -> list[tuple[object, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        youngest, oldest = said.get("min_age"), said.get("max_age")
        if isinstance(youngest, int) and isinstance(oldest, int) and youngest > oldest:
            self.add_error("max_age", _("This is younger than the age it starts from."))
        if said.get("parts_payer") and not said.get("parts_note"):
            self.add_error("parts_note", _("Please say which parts there are and what they cost."))
        return said

    def facts(self) -> dict[str, object]:
        """As the model keeps it."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("cost", "months")}
        return facts | {
            "free": self.cleaned_data["cost"] == FREE,
            "months": ",".join(self.cleaned_data["months"]),
            "words": "\n".join(line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()),
        }


def as_typed(item: ServiceItem) -> dict[str, object]:
    """An item as its form shows it."""
    plain = {name: getattr(item, name) for name in ItemForm.base_fields if hasattr(item, name)}
    return plain | {
        "cost": FREE if item.free else PAID,
        "months": [month for month in item.months.split(",") if month],
        "tasks": [task.pk for task in item.tasks.all()],
        "skill": item.skill_id,
        "licence": item.licence_id,
        "platform": item.platform_id,
    }


class WhyForm(forms.Form):
    """Why an item goes off the menu."""

    why = PlainText(max_length=200, label=_("Why it goes off the menu"))


class BackForm(forms.Form):
    """What is different now, so that an item nobody accepted may come back."""

    changed = PlainText(
        max_length=200,
        required=False,
        label=_("What has changed?"),
        help_text=_("For example: a team was found, its time or place is another."),
    )

    def __init__(self, item: ServiceItem | None, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # passed on as given
        self.fields["changed"].required = bool(item and item.asked_at)


class SynonymsForm(EditForm):
    """One pair a line: what people say = what it means."""

    pairs = PlainText(
        max_length=LONGEST_LIST,
        multiline=True,
        required=False,
        label=_("What people say = what it means"),
        help_text=_("One pair a line, with an equals sign between them. For example: 水嘴子 = 水龙头"),
        widget=forms.Textarea(attrs={"rows": 20}),
    )

    def clean_pairs(self) -> list[tuple[str, str]]:
        """Every line that does not fit is named, so that all can be mended at once."""
        lines = [(n, line) for n, line in enumerate(str(self.cleaned_data["pairs"]).splitlines(), 1) if line.strip()]
        read = {number: _pair(line) for number, line in lines}
        bad = [str(number) for number, pair in read.items() if pair is None]
        if bad:
            words = _("Line %(lines)s is not a pair. Write two words of at most 20 letters with = between them.")
            raise ValidationError(words, code="pair", params={"lines": ", ".join(bad[:10])})
        if len(read) > MOST_PAIRS:
            raise ValidationError(_("This is too long a list. 500 pairs can be kept."), code="many")
        return [pair for pair in read.values() if pair]


def as_lines(pairs: Iterable[Synonym]) -> str:
    return "\n".join(f"{pair.word} = {pair.means}" for pair in pairs)


def _pair(line: str) -> tuple[str, str] | None:
    word, equals, means = (part.strip() for part in line.replace("＝", "=").partition("="))
    fits = equals and word and means and word != means and max(len(word), len(means)) <= LONGEST_WORD
    return (word, means) if fits and "=" not in means else None
