"""What a city asks of its units in a month, all on one form; and which month a reader asks for."""

from __future__ import annotations

from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from baixing.look.both import EditForm
from baixing.network.models import Platform
from baixing.programme.models import MOST_A_MONTH, TIERS, Quota

TIER_WORDS = {1: _("Station"), 2: _("Institute"), 3: _("County centre"), 4: _("City centre")}


class QuotasForm(EditForm):
    """A number for each platform and tier; empty asks for nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        rows = {(row.tier, row.platform_id): row.least for row in Quota.objects.all()}
        self.platforms = list(Platform.objects.all())
        cells = {(tier, one): f"t{tier}-p{one.pk}" for one in self.platforms for tier in TIERS}
        initial = {name: rows.get((tier, one.pk)) for (tier, one), name in cells.items()}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.cells = cells
        for (tier, one), name in cells.items():
            label = f"{one} · {TIER_WORDS[tier]}"
            self.fields[name] = forms.IntegerField(min_value=0, max_value=MOST_A_MONTH, required=False, label=label)

    def by_platform(self) -> list[tuple[Platform, list[BoundField]]]:
        return [(one, [self[self.cells[tier, one]] for tier in TIERS]) for one in self.platforms]

    def wanted(self) -> dict[tuple[int, int], int]:
        return {(tier, one.pk): self.cleaned_data[name] or 0 for (tier, one), name in self.cells.items()}


class MonthForm(forms.Form):
    """Whatever is asked for, there is an answer."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)

    def asked(self, today: date) -> date:
        self.is_valid()
        month = self.cleaned_data.get("month")
        near = isinstance(month, date) and abs(month.year - today.year) <= 2  # noqa: PLR2004 - years
        return month if near and isinstance(month, date) else today.replace(day=1)
