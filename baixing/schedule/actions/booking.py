"""A space is booked, once or again and again; asked for, confirmed, refused, given back, called off.

Two who come at once for one time take the space's turn, one after the other; the second one looks after the first
has written. Several may ask for one time: who is confirmed has it, and the others are told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.kernel.rows import insert
from baixing.network.models import Unit
from baixing.people.actions.turns import take_turn
from baixing.people.models import Person
from baixing.schedule.actions import spaces
from baixing.schedule.actions import telling_booking as telling
from baixing.schedule.actions.visiting import Slot
from baixing.schedule.models import Booking, Recurrence, Session, Space
from baixing.schedule.queries.openings import Openings, openings
from baixing.schedule.rules import FARTHEST, Standing
from baixing.schedule.rules.booking import (
    LIFE,
    LONGEST_BOOKING,
    MOST_OF_A_RESIDENT,
    Hindered,
    Hindrance,
    check_booker,
    is_behind,
)
from baixing.schedule.rules.recurrence import Repeat, check_apart, exdates_of, occurrences, rule_of
from baixing.schedule.rules.venue import books_at_once, may_ask
from baixing.teams.models import Team

S, Cause = Booking.State, Booking.Cause


@dataclass(frozen=True)
class Hold:
    """Which space somebody would like to hold, when, for how many, and what for. For a unit, a team, or themself."""

    space: Space
    slot: Slot
    headcount: int
    purpose: str = ""
    session: Session | None = None
    unit: Unit | None = None
    team: Team | None = None


@transaction.atomic
def book(hold: Hold, *, by: Person, at: datetime) -> Booking:
    """Confirmed at once where the space allows it to them; else asked for, and its owner answers."""
    one = Standing(by, at)
    _check(hold, one)
    spaces.take_turn(hold.space)
    spaces.check_in_use(hold.space)
    free = openings(hold.space, hold.slot.start, hold.slot.end)
    if barrier := free.barrier(hold.slot.start, hold.slot.end):
        raise Unfit(barrier, field="day")
    return _write(hold, [hold.slot], None, one)[0]


@transaction.atomic
def book_again(
    hold: Hold, repeat: Repeat, *, left_out: Collection[date] = (), others: bool = False, by: Person, at: datetime
) -> list[Booking]:
    """The same again and again. All the times that cannot be had are named first; `others` books the rest then."""
    if hold.session is not None:
        raise Unfit(_("A session is held once. Book its space for that time alone."), field="every")
    one, length = Standing(by, at), hold.slot.end - hold.slot.start
    _check(hold, one)
    rule = rule_of(repeat, hold.slot.start.astimezone(LOCAL).date())
    starts = occurrences(rule, hold.slot.start, left_out)
    slots = [Slot(start, start + length) for start in starts]
    check_apart(starts, length)
    _check_time(slots[-1], at)
    spaces.take_turn(hold.space)
    spaces.check_in_use(hold.space)
    fit, hindrances = _sort(slots, openings(hold.space, slots[0].start, slots[-1].end))
    if hindrances and not (others and fit):
        raise _hindered(hindrances, fit)
    missing = {one.start.astimezone(LOCAL).date() for one in hindrances}
    found = Recurrence.objects.create(
        rule=rule, exdates=exdates_of({*left_out, *missing}), start=hold.slot.start, end=hold.slot.end
    )
    return _write(hold, fit, found, one)


@transaction.atomic
def confirm(booking: Booking, *, by: Person, at: datetime) -> None:
    """The owner says yes. Whoever asked for the same time does not get it, and is told."""
    LIFE.check("confirm", Standing(by, at), booking)
    if at >= booking.start:
        raise NotNow(_("It would have begun already."))
    spaces.take_turn(booking.space)
    free = openings(booking.space, booking.start, booking.end, but=booking)
    if barrier := free.barrier(booking.start, booking.end):
        raise NotNow(barrier)
    LIFE.move("confirm", Standing(by, at), booking)
    journal.write("confirm", booking, by=by, at=at)
    telling.confirmed([booking], at)
    spaces.refuse_losers([booking], at)


@transaction.atomic
def refuse(booking: Booking, *, words: str, by: Person | None, at: datetime) -> None:
    """The owner says no, and why; the clock does when nobody has answered."""
    if by is not None and not words.strip():
        raise Unfit(_("Say why, in words that whoever asked will read."), field="words")
    cause = "" if by else Cause.LATE
    LIFE.move("refuse", Standing(by, at) if by else None, booking, answer=words, cause=cause)
    journal.write("refuse", booking, by=by, at=at, words=words, cause=str(cause))
    telling.refused(booking, words, at) if by else telling.late(booking, at)


@transaction.atomic
def release(booking: Booking, *, by: Person | None, at: datetime) -> None:
    """Given back by whoever booked it: others may have it."""
    if at >= booking.end:
        raise NotNow(_("It is over already."))
    LIFE.move("release", Standing(by, at) if by else None, booking)
    journal.write("release", booking, by=by, at=at)
    telling.gone(booking, at)


@transaction.atomic
def release_rest(booking: Booking, *, by: Person, at: datetime) -> int:
    """All of the same recurrence that is to come; how many."""
    if not is_behind(Standing(by, at), booking):
        raise NotAllowed
    if booking.recurrence is None:
        raise NotNow
    ahead = Booking.objects.live().filter(recurrence=booking.recurrence, start__gt=at).with_nouns().order_by("pk")
    rows = list(ahead)
    for row in rows:
        release(row, by=by, at=at)
    return len(rows)


@transaction.atomic
def call_off(booking: Booking, *, words: str, by: Person, at: datetime) -> None:
    """The owner takes back what was confirmed, and says why."""
    if not words.strip():
        raise Unfit(_("Say why, in words that whoever booked it will read."), field="words")
    LIFE.move("call_off", Standing(by, at), booking, answer=words)
    journal.write("call_off", booking, by=by, at=at, words=words)
    telling.called_off([booking], words, at)


def _check(hold: Hold, one: Standing) -> None:
    check_booker(one, hold.unit, hold.team)
    _check_time(hold.slot, one.at)
    if not 1 <= hold.headcount <= hold.space.capacity:
        words = _("%(space)s holds %(most)d people at most.") % {"space": hold.space, "most": hold.space.capacity}
        raise Unfit(words if hold.headcount > 0 else _("For how many people?"), field="headcount")
    if hold.session is None and not hold.purpose.strip():
        raise Unfit(_("Say what for."), field="purpose")
    _check_session(hold, one)
    if not may_ask(hold.space, hold.unit, hold.team):
        raise NotAllowed(_("This space is not for you to book: its owner has kept it for others."))


def _check_time(slot: Slot, at: datetime) -> None:
    if slot.end <= slot.start:
        raise Unfit(_("The end must be after the start."), field="end")
    if slot.end - slot.start > LONGEST_BOOKING:
        raise Unfit(_("One booking is a day at most. Book each day."), field="end")
    if slot.start < at:
        raise Unfit(_("That is over already. Choose a time to come."), field="day")
    if slot.start > at + FARTHEST:
        raise Unfit(_("That is more than a year ahead."), field="day")


def _check_session(hold: Hold, one: Standing) -> None:
    session = hold.session
    if session is None:
        return
    if not one.runs(session):
        raise NotAllowed(_("Only whoever runs a session books a space for it."))
    if session.state not in {Session.State.DRAFT, Session.State.OPEN}:
        raise Unfit(_("This session is over or called off."), field="session")
    if not (hold.slot.start <= session.start and session.end <= hold.slot.end):
        raise Unfit(_("The session does not lie in this time: book it from before its start to its end."), field="day")


def _sort(slots: Sequence[Slot], free: Openings) -> tuple[list[Slot], list[Hindrance]]:
    barriers = [(slot, free.barrier(slot.start, slot.end)) for slot in slots]
    fit = [slot for slot, barrier in barriers if not barrier]
    return fit, [Hindrance(slot.start, slot.end, barrier) for slot, barrier in barriers if barrier]


def _hindered(hindrances: Sequence[Hindrance], fit: Sequence[Slot]) -> Hindered:
    if not fit:
        return Hindered(_("None of these times can be had. Nothing is booked."), hindrances, field="day")
    words = ngettext(
        "%(some)d of these times cannot be had. Nothing is booked yet.",
        "%(some)d of these times cannot be had. Nothing is booked yet.",
        len(hindrances),
    )
    return Hindered(words % {"some": len(hindrances)}, hindrances, field="day")


def _write(hold: Hold, slots: Sequence[Slot], recurrence: Recurrence | None, one: Standing) -> list[Booking]:
    """The space's turn is ours."""
    _check_alike(hold, slots, one)
    at_once = books_at_once(hold.space, hold.unit, hold.team)
    rows = [_row(hold, slot, recurrence, one, S.CONFIRMED if at_once else S.ASKED) for slot in slots]
    insert(rows)
    lines = [journal.Line("book", row, {"space": hold.space.pk, "start": row.start.isoformat()}) for row in rows]
    journal.write_all(lines, by=one.person, at=one.at)
    if at_once:
        spaces.refuse_losers(rows, one.at)
        telling.booked(rows, one.at)
    else:
        telling.asked(rows, one.at)
    return rows


def _check_alike(hold: Hold, slots: Sequence[Slot], one: Standing) -> None:
    """Nobody asks twice for one time; a resident holds so many at once."""
    theirs = Booking.objects.live().filter(unit=hold.unit, team=hold.team)
    if hold.unit is None and hold.team is None:
        take_turn("book", str(one.person.pk))
        theirs = theirs.filter(by=one.person)
        if theirs.filter(end__gt=one.at).count() + len(slots) > MOST_OF_A_RESIDENT:
            raise TooMany(_("At most %(most)d bookings to come.") % {"most": MOST_OF_A_RESIDENT})
    same = theirs.filter(space=hold.space).sharing(slots[0].start, slots[-1].end)
    for other in same.asked():
        if any(slot.start < other.end and slot.end > other.start for slot in slots):
            raise Unfit(_("You have asked for this time already."), field="day")


def _row(hold: Hold, slot: Slot, recurrence: Recurrence | None, one: Standing, state: str) -> Booking:
    return Booking(
        state=state,
        space=hold.space,
        session=hold.session,
        purpose=hold.purpose,
        start=slot.start,
        end=slot.end,
        headcount=hold.headcount,
        unit=hold.unit,
        team=hold.team,
        by=one.person,
        at=one.at,
        recurrence=recurrence,
    )
