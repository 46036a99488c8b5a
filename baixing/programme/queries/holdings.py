"""What the programme holds on a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held
from baixing.programme.models import Juror, Pledge, Tribute, Work


def held(person: Person, _at: datetime) -> list[Held]:
    return [
        Held(_("What I promised"), list(_pledges(person))),
        Held(_("Works that I entered"), list(_works(person))),
        Held(_("What I judge"), list(_judging(person))),
        Held(_("What I laid down in remembrance"), list(_tributes(person))),
    ]


def _pledges(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Pledge.objects.filter(by=person).select_related("campaign", "unit").order_by("pk"):
        yield {
            _("Campaign"): row.campaign.title,
            _("Who promises"): row.unit.short if row.unit else row.get_kind_display(),
            _("State"): row.get_state_display(),
            _("Promised on"): _moment(row.at),
        }


def _tributes(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Tribute.objects.filter(by=person).select_related("page").order_by("pk"):
        yield {
            _("Remembrance"): row.page.title,
            _("A flower"): row.get_flower_display(),
            _("A few words"): row.words,
            _("State"): row.get_state_display(),
            _("Laid down on"): _moment(row.at),
        }


def _works(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in (
        Work.objects.filter(by=person)
        .select_related("contest", "guardian")
        .annotate(photos=Count("pictures"))
        .order_by("pk")
    ):
        yield {
            _("Contest"): row.contest.title,
            _("Name of the work"): row.title,
            _("The work, or what it tells"): row.words,
            _("How the maker wants to be named"): row.maker,
            _("State"): row.get_state_display(),
            _("Guardian who agreed"): row.guardian.name if row.guardian else "",
            _("Result"): row.get_prize_display(),
            _("Photos"): row.photos,
            _("Entered on"): _moment(row.at),
        }


def _judging(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Juror.objects.filter(person=person).select_related("contest").order_by("pk"):
        yield {
            _("Contest"): row.contest.title,
            _("Asked on"): _moment(row.at),
            _("Handed in"): _moment(row.handed_in_at),
        }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else ""
