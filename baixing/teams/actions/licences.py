"""Papers of a team, written down by those who have seen them. What orders ask of a paper is asked of its days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.people.models import Person
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Licence, LicenceKind, Team
from baixing.teams.rules import check


@transaction.atomic
def add_licence(
    team: Team,
    kind: LicenceKind,
    valid_from: date,
    valid_until: date,
    *,
    number: str,
    by: Person,
    at: datetime,
    holder: str = "",
) -> Licence:
    """Both days count. The number is sealed; the journal names the kind only."""
    take_team(team)
    check("add_licence", by, team, at)
    if valid_until < valid_from:
        raise Unfit(_("A licence ends after it starts."), field="valid_until")
    licence = Licence.objects.create(
        team=team, kind=kind, number=number, holder=holder, valid_from=valid_from, valid_until=valid_until
    )
    journal.write("add_licence", team, by=by, at=at, licence=licence.pk, kind=kind.slug)
    return licence


@transaction.atomic
def end_licence(licence: Licence, last_day: date, *, by: Person, at: datetime) -> None:
    """It was taken away or given back: it holds up to this day, and no longer."""
    take_team(licence.team)
    check("end_licence", by, licence.team, at)
    if not licence.valid_from <= last_day <= licence.valid_until:
        raise Unfit(_("Choose a day between the first and the last day of the licence."), field="last_day")
    unchanged = Licence.objects.filter(pk=licence.pk, valid_until=licence.valid_until)
    if not unchanged.update(valid_until=last_day):
        raise Overtaken
    licence.refresh_from_db()
    journal.write("end_licence", licence.team, by=by, at=at, licence=licence.pk, last_day=last_day.isoformat())
