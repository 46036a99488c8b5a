"""Sign-ups of somebody who is to be forgotten, and of guests whose session is long over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.notices import actions as notices
from baixing.people.models import Person
from baixing.schedule.actions import seats, telling_booking
from baixing.schedule.actions.feeds import revoke_all
from baixing.schedule.models import Alert, Booking, Reading, Sheet, Signup, Standby, WalkIn
from baixing.schedule.rules.booking import LIFE as LIFE_OF_BOOKING
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
    _forget_bookings(person, by=by, at=at)


def _forget_bookings(person: Person, *, by: Person, at: datetime) -> None:
    """What they booked for themself is free again, and says no more what it was for. A unit's or a team's stays."""
    own = Booking.objects.filter(by=person, unit=None, team=None)
    for booking in own.live().filter(end__gt=at).order_by("pk"):
        LIFE_OF_BOOKING.move("release", None, booking)
        journal.write("release", booking, by=by, at=at)
        telling_booking.gone(booking, at)
    journal.erase_words_of(own, at=at)
    notices.erase_words_of([name_of(booking) for booking in own], at=at)
    own.exclude(purpose="").update(purpose=FORGOTTEN, answer="")


@transaction.atomic
def forget_guests(before: datetime) -> int:
    """Names and phones of guests and parties go once their session is long over; how many. The heads stay."""
    Reading.objects.filter(sheet__session__end__lt=before).exclude(lines="").update(lines="")
    Sheet.objects.filter(session__end__lt=before).exclude(answers="").update(answers="")
    WalkIn.objects.filter(session__end__lt=before).exclude(guest="").update(guest="", phone="")
    old = Signup.objects.filter(session__end__lt=before, person=None).exclude(party=FORGOTTEN)
    return old.update(phone="", phone_index="", guest="", party=FORGOTTEN)
