"""Who is told what of a booking. Times are facts, said in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from baixing.journal.models import name_of
from baixing.kernel.calendar import LOCAL
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.schedule.models import Booking, Space


def asked(bookings: Sequence[Booking], at: datetime) -> None:
    """Of many at once, the first: its page leads to the others."""
    first = bookings[0]
    purpose = first.session.title if first.session else first.purpose
    word = _word(first, "booking.asked", people=owners(first.space, at), who=who(first), purpose=purpose)
    notices.tell_all([word], at=at)


REMINDERS = ("booking.reminder",)


def confirmed(bookings: Sequence[Booking], at: datetime) -> None:
    notices.tell_all([*[_word(one, "booking.confirmed") for one in bookings], *_reminders(bookings, at)], at=at)


def booked(bookings: Sequence[Booking], at: datetime) -> None:
    """At once: whoever booked knows it, and is reminded when it comes near."""
    notices.tell_all(_reminders(bookings, at), at=at)


def gone(booking: Booking, at: datetime) -> None:
    """Nothing more of what was to come."""
    notices.forget(name_of(booking), REMINDERS, at=at)


def refused(booking: Booking, words: str, at: datetime) -> None:
    notices.tell_all([_word(booking, "booking.refused", words=words)], at=at)


def taken(bookings: Iterable[Booking], at: datetime) -> None:
    notices.tell_all([_word(one, "booking.taken") for one in bookings], at=at)


def late(booking: Booking, at: datetime) -> None:
    notices.tell_all([_word(booking, "booking.late")], at=at)


def team_closed(booking: Booking, at: datetime) -> None:
    gone(booking, at)
    notices.tell_all([_word(booking, "booking.team")], at=at)


def called_off(bookings: Sequence[Booking], words: str, at: datetime) -> None:
    for one in bookings:
        gone(one, at)
    notices.tell_all([_word(one, "booking.called_off", urgent=True, words=words) for one in bookings], at=at)


def moved(booking: Booking, at: datetime) -> None:
    """To whoever booked it; and to its owner, who has to answer anew where the space asks for that."""
    title = booking.session.title if booking.session else booking.purpose
    gone(booking, at)
    reminders = _reminders([booking], at) if booking.state == Booking.State.CONFIRMED else []
    notices.tell_all([_word(booking, "booking.moved", title=title), *reminders], at=at)
    if booking.state == Booking.State.ASKED:
        asked([booking], at)


def owners(space: Space, at: datetime) -> list[Person]:
    """Who answers for the space: those in charge of its unit; where nobody is, of the nearest unit above."""
    unit = space.venue.unit
    while True:
        found = list(holders(unit, IN_CHARGE, at))
        if found or unit.parent is None:
            return found
        unit = unit.parent


def who(booking: Booking) -> str:
    """In whose name it is: a unit's or a team's, or a resident's with only the family name."""
    if booking.unit is not None:
        return booking.unit.short
    return booking.team.name if booking.team is not None else booking.by.masked_name


def _reminders(bookings: Iterable[Booking], at: datetime) -> list[Word]:
    """As long before as the deployment says; in a quiet hour it waits for the morning."""
    ahead = settings.BOOKING_REMINDER
    due = [(one, one.start - ahead) for one in bookings if ahead]
    return [replace(_word(one, "booking.reminder"), due=moment) for one, moment in due if moment > at]


def _word(
    booking: Booking, kind: str, *, people: Iterable[Person] | None = None, urgent: bool = False, **facts: str
) -> Word:
    said = {
        "space": f"{booking.space.venue.name} {booking.space.name}",
        "when": booking.start.astimezone(LOCAL).isoformat(timespec="minutes"),
        **facts,
    }
    whom = [booking.by] if people is None else list(people)
    return Word(whom, kind, said, f"/bookings/{booking.pk}/", urgent=urgent, thing=name_of(booking))
