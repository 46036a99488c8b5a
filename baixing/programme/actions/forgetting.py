"""What is left of somebody who is to be forgotten: counts alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.people.models import Person
from baixing.programme.actions.campaigns import forget_pledges
from baixing.programme.actions.remembrance import forget_tributes
from baixing.programme.actions.works import forget_works


@transaction.atomic
def forget_person(person: Person, *, by: Person, at: datetime) -> None:  # noqa: ARG001 - as every listener is told
    forget_pledges(person)
    forget_tributes(person)
    forget_works(person)
