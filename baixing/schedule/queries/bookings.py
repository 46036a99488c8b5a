"""Bookings: who sees one, what waits for an answer, what a booker may choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from baixing.look.said import masked_name
from baixing.network.models import Unit
from baixing.network.queries import line_of
from baixing.network.rules import posts_of
from baixing.schedule.models import Booking, BookingQuerySet, Session, SessionQuerySet
from baixing.schedule.queries.sessions import run_by
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import LIFE, is_behind, owns
from baixing.teams.models import Team, TeamQuerySet

MOST_SESSIONS = 30  # to choose from, the next ones


@dataclass(frozen=True)
class BookingPage:
    """One booking as somebody sees it who may."""

    booking: Booking
    powers: frozenset[str]
    what: str
    who: str
    person: str  # who booked it, to its owner and to those behind it
    rivals: list[tuple[str, Booking]]  # who else asks for the time
    rest: int  # of the same recurrence that is to come
    owns: bool


@dataclass(frozen=True)
class BookingRow:
    booking: Booking
    what: str
    who: str
    rivals: int = 0


def visible(one: Standing) -> BookingQuerySet:
    """Of those whose venue one keeps; one's own, and those of one's units and teams."""
    return Booking.objects.filter(_owned(one) | _behind(one)).with_nouns()


def to_answer(one: Standing) -> BookingQuerySet:
    """What waits for this person's yes or no; the soonest first."""
    asked = Booking.objects.asked().filter(_owned(one), start__gt=one.at)
    return asked.with_nouns().order_by("start", "pk")


def mine(one: Standing) -> BookingQuerySet:
    """What this person, their units and teams have booked and is not over; the soonest first."""
    return Booking.objects.filter(_behind(one), end__gt=one.at).with_nouns().order_by("start", "pk")


def rows(bookings: list[Booking]) -> list[BookingRow]:
    """Each with how many others ask for its time."""
    rivals = _rivals(bookings)
    return [BookingRow(row, what(row), who(row), sum(1 for other in rivals if _rival(other, row))) for row in bookings]


def page(booking: Booking, one: Standing) -> BookingPage:
    owner = owns(one, booking)
    rivals = [(who(other), other) for other in _rivals([booking]) if _rival(other, booking)]
    ahead = Booking.objects.live().filter(recurrence=booking.recurrence_id, start__gt=one.at)
    behind = is_behind(one, booking)
    return BookingPage(
        booking=booking,
        powers=LIFE.powers(one, booking),
        what=what(booking),
        who=who(booking),
        person=booking.by.name,
        rivals=rivals if booking.is_live else [],
        rest=ahead.count() if booking.recurrence_id and behind else 0,
        owns=owner,
    )


def what(booking: Booking) -> str:
    return booking.session.title if booking.session else booking.purpose


def who(booking: Booking) -> str:
    """In whose name; a resident by the family name alone."""
    if booking.unit is not None:
        return booking.unit.short
    return booking.team.name if booking.team is not None else masked_name(booking.by.name)


def knows(one: Standing | None, booking: Booking) -> bool:
    """Whether this person is told what it is for, in a timetable that everybody reads."""
    session = booking.session
    if session is not None and session.public and session.state != Session.State.DRAFT:
        return True
    return one is not None and (owns(one, booking) or is_behind(one, booking))


def teams_to_book_for(one: Standing) -> TeamQuerySet:
    return Team.objects.active().filter(leader=one.person).order_by("name", "pk")


def sessions_to_book_for(one: Standing) -> SessionQuerySet:
    """What this person runs and is to come."""
    state = (Session.State.DRAFT, Session.State.OPEN)
    return run_by(one).filter(state__in=state, start__gte=one.at).order_by("start", "pk")[:MOST_SESSIONS]


def searches(one: Standing) -> bool:
    """Does this person look for spaces in the whole city? Whoever holds a post or leads a team."""
    return bool(posts_of(one.person, one.at)) or teams_to_book_for(one).exists()


def places(one: Standing) -> list[Unit]:
    """Where to look: the unit in which they work or their team is at home, and those above; the widest first."""
    posts = posts_of(one.person, one.at)
    if posts:
        return line_of(posts[0].unit)
    team = teams_to_book_for(one).select_related("home").first()
    return line_of(team.home) if team else []


def _owned(one: Standing) -> Q:
    found = Q(pk=None)
    for office in one.offices:
        found |= Q(space__venue__unit__path__startswith=office.path)
    return found


def _behind(one: Standing) -> Q:
    found = Q(by=one.person) | Q(team__leader=one.person)
    for office in one.offices:
        found |= Q(unit__path__startswith=office.path) | Q(team__home__path__startswith=office.path)
        found |= Q(session__unit__path__startswith=office.path)
    return found | Q(session__team__leader=one.person)


def _rivals(bookings: list[Booking]) -> list[Booking]:
    """Who asks for any of these spaces from the first of these times to the last."""
    if not bookings:
        return []
    first, last = _span(bookings)
    asked = Booking.objects.asked().filter(space__in={row.space_id for row in bookings})
    return list(asked.sharing(first, last).with_nouns().order_by("at", "pk"))


def _span(bookings: list[Booking]) -> tuple[datetime, datetime]:
    return min(row.start for row in bookings), max(row.end for row in bookings)


def _rival(other: Booking, booking: Booking) -> bool:
    apart = other.end <= booking.start or booking.end <= other.start
    return other.pk != booking.pk and other.space_id == booking.space_id and not apart
