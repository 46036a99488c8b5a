"""What the programme holds on a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held
from baixing.programme.models import Pledge


def held(person: Person, _at: datetime) -> list[Held]:
    return [Held(_("What I promised"), list(_pledges(person)))]


def _pledges(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Pledge.objects.filter(by=person).select_related("campaign", "unit").order_by("pk"):
        yield {
            _("Campaign"): row.campaign.title,
            _("Who promises"): row.unit.short if row.unit else row.get_kind_display(),
            _("State"): row.get_state_display(),
            _("Promised on"): _moment(row.at),
        }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else ""
