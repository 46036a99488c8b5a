"""What a reader asks of what is on. Whatever it is, there is an answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Final

from django import forms
from django.http import QueryDict  # noqa: TID251 - what an address asks
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Platform
from baixing.network.queries import unit_named
from baixing.programme.forms.parts import Day, Pick, choices_of
from baixing.programme.queries.whats_on import Asked, Key
from baixing.schedule.models import Session

OLDEST, LONGEST_KEY = 120, 18
KINDS: Final = [("", "—"), *((k.value, k.label) for k in Session.Kind if k != Session.Kind.VISIT)]


class NarrowForm(forms.Form):
    """What narrows the list."""

    platform = Pick(_("Platform"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    age = forms.IntegerField(min_value=0, max_value=OLDEST, required=False, label=_("Age of whoever comes"))
    free = forms.BooleanField(required=False, label=_("Only where seats are free"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as given
        self.fields["platform"].choices = choices_of(Platform.objects.all())  # type: ignore[attr-defined]  # a choice


class DayForm(forms.Form):
    day = Day(required=False)


def asked_in(sent: QueryDict, narrow: NarrowForm) -> Asked:
    """What does not fit is as if it had not been asked."""
    narrow.is_valid()
    said, day = narrow.cleaned_data, DayForm(sent)
    day.is_valid()
    return Asked(
        day=day.cleaned_data.get("day"),
        unit=unit_named(sent.get("unit", "")),
        platform=said.get("platform"),
        kind=said.get("kind", ""),
        age=said.get("age"),
        free=bool(said.get("free")),
        after=_key(sent.get("after", "")),
    )


def written(key: Key) -> str:
    """As an address carries it."""
    start, pk = key
    return f"{start.timestamp():.6f}-{pk}"


def _key(text: str) -> Key | None:
    with suppress(ValueError, OverflowError, OSError):
        stamp, pk = text[:60].split("-")
        if pk.isascii() and pk.isdigit() and len(pk) <= LONGEST_KEY:
            return datetime.fromtimestamp(float(stamp), tz=LOCAL), int(pk)
    return None
