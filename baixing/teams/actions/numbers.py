"""Volunteer numbers, one after the other, each given once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow
from baixing.people.models import Person
from baixing.teams.actions.turns import take_person
from baixing.teams.models import NumberRun, Volunteer
from baixing.teams.rules import number_of

MOST = 9_999_999  # volunteers a year


@transaction.atomic
def enrol_volunteer(person: Person, *, by: Person | None, at: datetime) -> Volunteer:
    """Give a person their number for life. Whoever has one keeps it."""
    take_person(person)
    if had := Volunteer.objects.filter(person=person).first():
        return had
    number = _next_number(at.astimezone(LOCAL).year)
    volunteer = Volunteer.objects.create(person=person, number=number, at=at)
    journal.write("enrol_volunteer", volunteer, by=by, at=at, person=person.pk)
    return volunteer


def _next_number(year: int) -> str:
    """Whoever takes the next one holds the year's run until the transaction ends, so none is lost or given twice."""
    run, _made = NumberRun.objects.get_or_create(year=year)
    if not NumberRun.objects.filter(pk=run.pk, last__lt=MOST).update(last=F("last") + 1):
        raise NotNow(_("All volunteer numbers of this year are given."))
    run.refresh_from_db()
    return number_of(year, run.last)
