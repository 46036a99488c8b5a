"""Who is told what of a booking. Times are facts, said in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

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


def confirmed(bookings: Iterable[Booking], at: datetime) -> None:
    notices.tell_all([_word(one, "booking.confirmed") for one in bookings], at=at)


def refused(booking: Booking, words: str, at: datetime) -> None:
    notices.tell_all([_word(booking, "booking.refused", words=words)], at=at)


def taken(bookings: Iterable[Booking], at: datetime) -> None:
    notices.tell_all([_word(one, "booking.taken") for one in bookings], at=at)


def late(booking: Booking, at: datetime) -> None:
    notices.tell_all([_word(booking, "booking.late")], at=at)


def called_off(bookings: Iterable[Booking], words: str, at: datetime) -> None:
    notices.tell_all([_word(one, "booking.called_off", urgent=True, words=words) for one in bookings], at=at)


def moved(booking: Booking, at: datetime) -> None:
    """To whoever booked it; and to its owner, who has to answer anew where the space asks for that."""
    title = booking.session.title if booking.session else booking.purpose
    notices.tell_all([_word(booking, "booking.moved", title=title)], at=at)
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
