"""What the forms of orders have in common: the form of one verb, and times as people choose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import PlainText
from baixing.look.said import WORD_JOINER, said_date, said_day
from baixing.orders.models import Order, Reason
from baixing.orders.queries import pages
from baixing.orders.queries.slots import AFTERNOON, MORNING
from baixing.orders.rules import Standing
from baixing.people.rules.speech import SPEECH
from baixing.schedule.actions import Slot

HALVES = {"am": MORNING, "pm": AFTERNOON}
DAYS = 7
FARTHEST = timedelta(days=90)
LONGEST_WORDS = 500
SHORT_ROWS = 3

Text = str | Promise


class VerbForm(forms.Form):
    """The form of one verb on the page of an order. Its values are the keywords of the action."""

    label: ClassVar[Text] = ""
    button: ClassVar[Text] = ""
    hint: ClassVar[Text] = ""
    css: ClassVar[str] = ""
    part: ClassVar[str] = "orders/parts/_verb.html"
    leaves: ClassVar[bool] = False  # the order may not be visible to this person afterwards

    def __init__(self, data: Mapping[str, object] | None = None, *, order: Order, one: Standing) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}_%s")
        self.order, self.one = order, one
        self.prepare()

    def prepare(self) -> None:
        """Set what depends on the order."""

    def values(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class WindowsField(forms.MultipleChoiceField):
    """Mornings and afternoons of the coming days. None chosen means any time."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: object) -> None:
        self.kept: dict[str, Slot] = {}
        super().__init__(
            label=gettext_lazy("When are you at home?"),
            help_text=gettext_lazy("Choose nothing if any time is fine."),
            required=False,
            **kwargs,  # type: ignore[arg-type]  # passed on as given
        )

    def offer(self, at: datetime, lead_days: int = 0, kept: Iterable[Slot] = ()) -> None:
        """The half days to choose from; times that were chosen before stay on the list."""
        slots = {**{_name(slot): slot for slot in kept}, **half_days(at, lead_days)}
        self.kept = dict(sorted(slots.items()))
        self.choices = [(name, _words(slot, at)) for name, slot in self.kept.items()]

    def clean(self, value: object) -> tuple[Slot, ...]:
        names = super().clean(value)
        return tuple(self.kept[name] for name in names)


def half_days(at: datetime, lead_days: int = 0) -> dict[str, Slot]:
    first = at.astimezone(LOCAL).date() + timedelta(days=lead_days)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    slots = [_slot(day, half) for day in days for half in HALVES.values()]
    return {_name(slot): slot for slot in slots if slot.end > at}


def slot_words(slot: Slot, at: datetime) -> str:
    """The half day or its hours, and below it the date once the day's name does not say it already."""
    start, today = slot.start.astimezone(LOCAL), at.astimezone(LOCAL).date()
    half = _half_words(start, slot.end.astimezone(LOCAL))
    near, on = said_day(start.date(), today), said_date(start.date(), today)
    words = _("%(day)s, %(half)s") % {"day": near, "half": half}
    return f"{on}\n{half}" if near == on else f"{words}\n{on}"


def _half_words(start: datetime, end: datetime) -> str:
    if start.time() not in {half[0] for half in HALVES.values()}:
        return f"{start:%H:%M}–{WORD_JOINER}{end:%H:%M}"
    return _("morning") if start.hour < MORNING[1].hour else _("afternoon")


_words = lazy(slot_words, str)  # said only where they are shown


def _slot(day: date, half: tuple[time, time]) -> Slot:
    return Slot(datetime.combine(day, half[0], LOCAL), datetime.combine(day, half[1], LOCAL))


def _name(slot: Slot) -> str:
    start = slot.start.astimezone(LOCAL)
    named = next((name for name, half in HALVES.items() if half[0] == start.time()), "")
    return f"{start:%Y-%m-%d}-{named or f'{start:%H%M}'}"


def windows_of(order: Order) -> list[Slot]:
    return [Slot(window.start, window.end) for window in order.windows.all()]


class NearDate(forms.DateField):
    """A day within the coming three months."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def check(self, day: date | None, at: datetime) -> date | None:
        today = at.astimezone(LOCAL).date()
        if day is not None and not today <= day <= today + FARTHEST:
            raise ValidationError(_("Choose a day within the next three months."), code="far")
        return day


class ReasonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One of a list of reasons that the city edits."""

    def __init__(self, kind: str, *, label: Text = "", empty: Text | None = None) -> None:
        """With words for `empty` it may stay empty."""
        self.kind = kind
        super().__init__(Reason.objects.none(), to_field_name="code", required=empty is None, empty_label=None)
        self.label = label or gettext_lazy("Reason")  # type: ignore[assignment]  # lazy words too
        self.empty_label = empty  # type: ignore[assignment]  # lazy words, said in the reader's language

    def offer(self) -> None:
        self.queryset = pages.reasons(self.kind)


def words_field(label: Text, *, required: bool = False, help_text: Text = "") -> PlainText:
    rows = forms.Textarea(attrs={"rows": SHORT_ROWS})
    return PlainText(
        max_length=LONGEST_WORDS, multiline=True, label=label, required=required, help_text=help_text, widget=rows
    )


def speech_field(nothing: Text) -> forms.ChoiceField:
    """`nothing` says what it means to choose none."""
    return forms.ChoiceField(
        required=False,
        label=gettext_lazy("In which language or dialect?"),
        choices=[("", nothing), *((one, one) for one in SPEECH)],
    )


def proof_field(*, required: bool = True) -> forms.ChoiceField:
    kinds = [(kind.value, kind.label) for kind in Order.Proof if kind != Order.Proof.GUARDIAN]
    return forms.ChoiceField(label=gettext_lazy("How do you know that they want it?"), choices=kinds, required=required)
