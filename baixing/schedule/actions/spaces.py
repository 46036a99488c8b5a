"""The turn of a space, and who does not get what somebody else was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow
from baixing.schedule.actions import telling_booking as telling
from baixing.schedule.models import Booking, Space
from baixing.schedule.rules.booking import LIFE


def take_turn(space: Space) -> None:
    """From here on nobody else writes a booking of this space until the transaction ends."""
    Space.objects.filter(pk=space.pk).update(turn=F("turn") + 1)


def check_in_use(space: Space) -> None:
    """The space's turn is ours: whoever gives it up waits."""
    if not Space.objects.in_use().filter(pk=space.pk).exists():
        raise NotNow(_("This space cannot be booked any more."))


def refuse_losers(winners: Sequence[Booking], at: datetime) -> None:
    """Whoever asked for a time that is confirmed now. The space's turn is ours."""
    first, last = winners[0].start, max(row.end for row in winners)
    asked = Booking.objects.asked().filter(space=winners[0].space).sharing(first, last).with_nouns().order_by("pk")
    lost = [one for one in asked if any(row.start < one.end and row.end > one.start for row in winners)]
    for one in lost:
        LIFE.move("refuse", None, one, cause=Booking.Cause.TAKEN)
        journal.write("refuse", one, by=None, at=at, cause=str(Booking.Cause.TAKEN))
    telling.taken(lost, at)
