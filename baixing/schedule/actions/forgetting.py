"""Sign-ups of somebody who is to be forgotten, and of guests whose session is long over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.journal import actions as journal
from baixing.people.models import Person
from baixing.schedule.actions import seats
from baixing.schedule.actions.feeds import revoke_all
from baixing.schedule.models import Alert, Reading, Sheet, Signup, Standby
from baixing.schedule.rules.signup import BEFORE, LIFE

FORGOTTEN = "—"  # stands where the name was


@transaction.atomic
def forget_person(person: Person, *, by: Person, at: datetime) -> None:
    """Seats that are to come are free again. Rows and heads stay: they name nobody once the person is emptied."""
    Standby.objects.filter(person=person).delete()
    Alert.objects.filter(person=person).delete()
    ahead = Signup.objects.filter(person=person, state__in=BEFORE, session__end__gt=at)
    for signup in ahead.select_related("session", "role").order_by("role", "pk"):
        seated = signup.is_seated
        LIFE.move("call_off", None, signup, held_until=None)
        journal.write("call_off", signup, by=by, at=at)
        if seated:
            seats.free(signup.role, signup.headcount, at=at)
    revoke_all(person, by=by, at=at)


@transaction.atomic
def forget_guests(before: datetime) -> int:
    """Names and phones of guests and parties go once their session is long over; how many. The heads stay."""
    Reading.objects.filter(sheet__session__end__lt=before).exclude(lines="").update(lines="")
    Sheet.objects.filter(session__end__lt=before).exclude(answers="").update(answers="")
    old = Signup.objects.filter(session__end__lt=before, person=None).exclude(party=FORGOTTEN)
    return old.update(phone="", phone_index="", guest="", party=FORGOTTEN)
