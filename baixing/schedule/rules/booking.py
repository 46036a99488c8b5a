"""The life of a booking (LIVES, part 2), and who stands how to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed, Unfit, Words
from baixing.network.models import Unit
from baixing.schedule.models import BOOKED, Booking
from baixing.schedule.rules.standing import Standing
from baixing.teams.models import Team

State = Booking.State
LONGEST_BOOKING: Final = timedelta(days=1)
MOST_OF_A_RESIDENT: Final = 5  # bookings of one person for themself that are to come


@dataclass(frozen=True)
class Hindrance:
    """One time that cannot be had, and why; or one booking that stands in the way."""

    start: datetime
    end: datetime
    words: str


class Hindered(Unfit):
    """Some of it cannot be. All of that is named, and nothing is written until the person says so."""

    def __init__(self, words: Words, hindrances: Sequence[Hindrance], *, field: str = "") -> None:
        super().__init__(words, field=field)
        self.hindrances = list(hindrances)


def owns(one: Standing, booking: Booking) -> bool:
    """The head and the staff of the venue's unit, and those above."""
    return one.is_in_charge(booking.space.venue.unit)


def is_behind(one: Standing, booking: Booking) -> bool:
    """Who booked it; the unit, the team, or whoever runs the session that it is for."""
    if booking.by_id == one.person.pk:
        return True
    for_unit = booking.unit is not None and one.is_in_charge(booking.unit)
    for_team = booking.team is not None and one.keeps(booking.team)
    return for_unit or for_team or (booking.session is not None and one.runs(booking.session))


def _answers(one: Standing, booking: Booking) -> bool:
    return owns(one, booking) and one.at < booking.end


def _gives_back(one: Standing, booking: Booking) -> bool:
    return is_behind(one, booking) and one.at < booking.end


def _nobody(_one: Standing, _booking: Booking) -> bool:
    return False


LIFE: Final[Life[Standing, Booking]] = Life(
    Move("confirm", {State.ASKED}, State.CONFIRMED, who=_answers),
    Move("refuse", {State.ASKED}, State.REFUSED, who=_answers, by_clock=True),
    Move("release", BOOKED, State.RELEASED, who=_gives_back, by_clock=True),
    Move("call_off", {State.CONFIRMED}, State.CALLED_OFF, who=_answers, by_clock=True),
    Move("call_off", {State.ASKED}, State.CALLED_OFF, who=_nobody, by_clock=True),
    # with its session, which somebody has just moved
    Move("move", BOOKED, State.ASKED, who=_nobody, by_clock=True),
    Move("move", {State.CONFIRMED}, State.CONFIRMED, who=_nobody, by_clock=True),
)


def check_booker(one: Standing, unit: Unit | None, team: Team | None) -> None:
    """Nobody books in the name of a unit or a team that is not theirs to speak for."""
    if unit is not None and not one.is_in_charge(unit):
        raise NotAllowed(_("Only the head and the staff of a unit book for it."))
    if team is not None and not (one.keeps(team) and team.active):
        raise NotAllowed(_("Only the leader of an open team, or the staff where it is at home, book for it."))
