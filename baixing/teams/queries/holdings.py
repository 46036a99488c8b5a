"""What teams hold on a person, and what a person still owes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held
from baixing.teams.models import Duty, Membership, Team, Volunteer


def whose_number(number: str) -> int | None:
    """The key of the person whose volunteer number this is."""
    return Volunteer.objects.filter(number=number).values_list("person_id", flat=True).first()


def duties(person: Person, _at: datetime) -> Iterator[str]:
    for team in Team.objects.active().filter(leader=person).order_by("pk"):
        yield _("the lead of %(team)s") % {"team": team.name}


def held(person: Person, _at: datetime) -> list[Held]:
    return [
        Held(_("Volunteer number"), list(_numbers(person))),
        Held(_("Teams"), list(_memberships(person))),
        Held(_("Duty"), list(_duty(person))),
    ]


def _numbers(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Volunteer.objects.filter(person=person):
        yield {_("Number"): row.number, _("Since"): f"{row.at.astimezone(LOCAL):%F}"}


def _memberships(person: Person) -> Iterator[Mapping[str, Fact]]:
    for team in Team.objects.filter(leader=person).order_by("pk"):
        yield {_("Team"): team.name, _("State"): _("Leader"), _("Since"): ""}
    for row in Membership.objects.filter(person=person).select_related("team").order_by("pk"):
        yield {
            _("Team"): row.team.name,
            _("State"): row.get_state_display(),
            _("Since"): f"{row.at.astimezone(LOCAL):%F}",
        }


def _duty(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Duty.objects.filter(person=person):
        yield {
            _("On duty"): row.on_duty,
            _("Last day off duty"): f"{row.off_until:%F}" if row.off_until else None,
            _("Visits a week at most"): row.week_most,
        }
