"""What becomes of a session's bookings when it moves, and when it is called off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import Unfit
from baixing.people.models import Person
from baixing.schedule.actions import spaces
from baixing.schedule.actions import telling_booking as telling
from baixing.schedule.actions.visiting import Slot
from baixing.schedule.models import Booking, Session
from baixing.schedule.queries.openings import openings
from baixing.schedule.rules.booking import LIFE, LONGEST_BOOKING
from baixing.schedule.rules.venue import books_at_once

S, Cause = Booking.State, Booking.Cause


@transaction.atomic
def move_bookings(session: Session, before: Slot, *, by: Person, at: datetime) -> None:
    """Its spaces go with it, with as much time round it as they had; refused when one of them is not free then."""
    live = Booking.objects.live().filter(session=session).with_nouns()
    for booking in live.order_by("space", "pk"):
        start = session.start - (before.start - booking.start)
        _move(booking, Slot(start, session.end + (booking.end - before.end)), by, at)


@transaction.atomic
def call_off_bookings(session: Session, *, by: Person | None, at: datetime) -> None:
    """Its spaces are free again. Whoever called it off knows, so nobody is told."""
    for booking in Booking.objects.live().filter(session=session).order_by("pk"):
        LIFE.move("call_off", None, booking, cause=Cause.SESSION)
        journal.write("call_off", booking, by=by, at=at, cause=str(Cause.SESSION))
        telling.gone(booking, at)


def _move(booking: Booking, slot: Slot, by: Person, at: datetime) -> None:
    space = booking.space
    spaces.take_turn(space)
    barrier = openings(space, slot.start, slot.end, but=booking).barrier(slot.start, slot.end)
    if slot.end - slot.start > LONGEST_BOOKING:
        barrier = _("One booking is a day at most. Book each day.")
    if barrier:
        words = _("It cannot move: %(space)s is booked for it, and cannot be had then. %(why)s")
        raise Unfit(words % {"space": space.name, "why": barrier}, field="start")
    stays = booking.state == S.CONFIRMED and books_at_once(space, booking.unit, booking.team)
    end = S.CONFIRMED if stays else S.ASKED
    LIFE.check("move", None, booking, end)
    booking.step(end, start=slot.start, end=slot.end)
    journal.write("move", booking, by=by, at=at, start=slot.start.isoformat(), end=slot.end.isoformat())
    telling.moved(booking, at)
    if stays:
        spaces.refuse_losers([booking], at)
