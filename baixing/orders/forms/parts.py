"""What all forms about orders share: halves of days as choices, words, an order at a moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.fields import PlainText
from baixing.orders.models import Order
from baixing.schedule.actions import Slot

LONGEST = 500
HALVES = (("am", _("Morning"), time(9), time(12)), ("pm", _("Afternoon"), time(14, 30), time(18)))
DAYS = 7


def windows(today: datetime) -> list[tuple[str, str]]:
    """Mornings and afternoons of the next seven days, as choices."""
    first = today.astimezone(LOCAL).date() + timedelta(days=1)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return [(f"{day:%Y-%m-%d}-{half}", f"{day:%m-%d} {label}") for day in days for half, label, *_rest in HALVES]


def slots(chosen: list[str]) -> tuple[Slot, ...]:
    """The chosen halves of days, as times."""
    ends = {half: (start, end) for half, _label, start, end in HALVES}
    found = []
    for one in chosen:
        day, half = datetime.strptime(one[:10], "%Y-%m-%d").replace(tzinfo=LOCAL).date(), one[11:]
        start, end = ends[half]
        found.append(Slot(datetime.combine(day, start, LOCAL), datetime.combine(day, end, LOCAL)))
    return tuple(found)


def words_field(label: object, *, required: bool = True, **kwargs: object) -> PlainText:
    area = forms.Textarea(attrs={"rows": 3})
    return PlainText(label=label, required=required, max_length=LONGEST, multiline=True, widget=area, **kwargs)


class VerbForm(forms.Form):
    """A form about one order at a moment; the choices come from both."""

    def __init__(self, *args: object, order: Order, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.order, self.at = order, at
        self.fill()

    def fill(self) -> None:
        """Give the fields their choices."""

    def choose(self, name: str, rows: object) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
