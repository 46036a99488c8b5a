"""Venues and spaces as their unit keeps them, and the days on which they are closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.actions import spaces
from baixing.schedule.actions import telling_booking as telling
from baixing.schedule.models import Booking, Closure, OpenHours, Space, Venue
from baixing.schedule.queries.openings import span_words
from baixing.schedule.rules import FARTHEST, Standing
from baixing.schedule.rules.booking import LIFE, Hindered, Hindrance
from baixing.schedule.rules.venue import LONGEST_CLOSURE, MOST_SPACES, check_keeper

Week = Mapping[int, Sequence[tuple[int, int]]]  # weekday: from when to when, in minutes of the day


@dataclass(frozen=True)
class VenueFacts:
    """What a venue tells about itself."""

    name: str
    kind: str
    address: str = ""
    about: str = ""
    access: str = ""
    in_use: bool = True


@dataclass(frozen=True)
class SpaceFacts:
    """What a space holds, what it is fitted with, and who may have it."""

    name: str
    capacity: int
    equipment: str = ""
    about: str = ""
    at_once: int = Space.Circle.OWN
    asks: int = Space.Circle.TEAMS
    in_use: bool = True


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@transaction.atomic
def add_venue(unit: Unit, facts: VenueFacts, week: Week, *, by: Person, at: datetime, invented: bool = False) -> Venue:
    check_keeper(Standing(by, at), unit)
    Unit.objects.filter(pk=unit.pk).update(turn=F("turn") + 1)
    _check_venue_name(unit, facts.name, None)
    venue = Venue.objects.create(unit=unit, invented=invented, **asdict(facts))
    _set_hours(venue, week)
    journal.write("add_venue", venue, by=by, at=at, unit=unit.pk)
    return venue


@transaction.atomic
def change_venue(venue: Venue, facts: VenueFacts, week: Week, *, seen: int | None, by: Person, at: datetime) -> None:
    """Bookings that are confirmed stay, whatever its hours become; given up it has none ahead."""
    check_keeper(Standing(by, at), venue.unit)
    Unit.objects.filter(pk=venue.unit_id).update(turn=F("turn") + 1)
    _check_venue_name(venue.unit, facts.name, venue)
    if not Venue.objects.filter(pk=venue.pk, version=seen or 0).update(**asdict(facts), version=F("version") + 1):
        raise Overtaken
    venue.refresh_from_db()
    _set_hours(venue, week)
    if not venue.in_use:
        _check_empty(list(venue.spaces.order_by("pk")), at)
    journal.write("change_venue", venue, by=by, at=at)


@transaction.atomic
def add_space(venue: Venue, facts: SpaceFacts, *, by: Person, at: datetime) -> Space:
    check_keeper(Standing(by, at), venue.unit)
    Venue.objects.filter(pk=venue.pk).update(version=F("version"))  # its spaces are counted in turn
    _check_space(venue, facts, None)
    if venue.spaces.count() >= MOST_SPACES:
        raise NotNow(_("A venue has at most %(most)d spaces. Make another venue.") % {"most": MOST_SPACES})
    space = Space.objects.create(venue=venue, **asdict(facts))
    journal.write("add_space", space, by=by, at=at, venue=venue.pk)
    return space


@transaction.atomic
def change_space(space: Space, facts: SpaceFacts, *, seen: int | None, by: Person, at: datetime) -> None:
    """What is booked stays as it is, also with more people than it holds from now on."""
    check_keeper(Standing(by, at), space.venue.unit)
    Venue.objects.filter(pk=space.venue_id).update(version=F("version"))
    _check_space(space.venue, facts, space)
    if not Space.objects.filter(pk=space.pk, version=seen or 0).update(**asdict(facts), version=F("version") + 1):
        raise Overtaken
    space.refresh_from_db()
    if not space.in_use:
        _check_empty([space], at)
    journal.write("change_space", space, by=by, at=at)


@transaction.atomic
def close_days(
    venue: Venue, days: Days, *, space: Space | None = None, words: str, insist: bool = False, by: Person, at: datetime
) -> Closure:
    """The venue, or one space of it, is closed. What is booked then is named first; `insist` calls it off."""
    check_keeper(Standing(by, at), venue.unit)
    _check_days(days, words, at)
    shut = [space] if space else list(venue.spaces.order_by("pk"))
    for each in shut:
        spaces.take_turn(each)
    booked = _booked(shut, days, at)
    if booked and not insist:
        raise _in_the_way(booked)
    closure = Closure.objects.create(venue=venue, space=space, first=days.first, last=days.last, words=words)
    journal.write("close_days", venue, by=by, at=at, first=days.first.isoformat(), last=days.last.isoformat())
    for one in booked:
        LIFE.move("call_off", None, one, answer=words)
        journal.write("call_off", one, by=by, at=at, words=words, closure=closure.pk)
    telling.called_off(booked, words, at)
    return closure


@transaction.atomic
def open_days(closure: Closure, *, by: Person, at: datetime) -> None:
    """It is open then after all."""
    check_keeper(Standing(by, at), closure.venue.unit)
    if not Closure.objects.filter(pk=closure.pk, dropped_at=None).update(dropped_at=at):
        raise NotNow(_("It is open on these days already."))
    told = {"first": closure.first.isoformat(), "last": closure.last.isoformat()}
    journal.write("open_days", closure.venue, by=by, at=at, **told)


def _set_hours(venue: Venue, week: Week) -> None:
    venue.hours.all().delete()
    OpenHours.objects.bulk_create(
        OpenHours(venue=venue, weekday=weekday, opens=opens, closes=closes)
        for weekday, stretches in sorted(week.items())
        for opens, closes in stretches
    )


def _check_venue_name(unit: Unit, name: str, but: Venue | None) -> None:
    alike = Venue.objects.filter(unit=unit, name=name)
    if (alike.exclude(pk=but.pk) if but else alike).exists():
        raise Unfit(_("This unit has a venue of this name already."), field="name")


def _check_space(venue: Venue, facts: SpaceFacts, but: Space | None) -> None:
    if facts.at_once > facts.asks:
        raise Unfit(_("Whoever books at once may also ask: widen the second circle."), field="asks")
    if facts.asks == Space.Circle.NOBODY:
        raise Unfit(_("Somebody has to be able to book it. Or say below that it is not booked."), field="asks")
    alike = venue.spaces.filter(name=facts.name)
    if (alike.exclude(pk=but.pk) if but else alike).exists():
        raise Unfit(_("This venue has a space of this name already."), field="name")


def _check_empty(given_up: Sequence[Space], at: datetime) -> None:
    """Nobody books them meanwhile: their turns are taken."""
    for space in given_up:
        spaces.take_turn(space)
    ahead = Booking.objects.live().filter(space__in=given_up, end__gt=at).order_by("start", "pk")
    if rows := list(ahead.with_nouns()):
        raise _in_the_way(rows, field="in_use")


def _check_days(days: Days, words: str, at: datetime) -> None:
    if days.last < days.first:
        raise Unfit(_("The last day is before the first."), field="last")
    if days.last < at.astimezone(LOCAL).date():
        raise Unfit(_("These days are over already."), field="last")
    if days.last - days.first >= LONGEST_CLOSURE or days.first > (at + FARTHEST).date():
        raise Unfit(_("At most a year at once, and a year ahead."), field="last")
    if not words.strip():
        raise Unfit(_("Say why: everybody reads it."), field="words")


def _booked(shut: Sequence[Space], days: Days, at: datetime) -> list[Booking]:
    start = datetime.combine(days.first, time.min, LOCAL)
    end = datetime.combine(days.last + timedelta(days=1), time.min, LOCAL)
    live = Booking.objects.live().filter(space__in=shut, end__gt=at).sharing(start, end)
    return list(live.with_nouns().order_by("start", "pk"))


def _in_the_way(booked: Sequence[Booking], field: str = "first") -> Hindered:
    hindrances = [
        Hindrance(one.start, one.end, f"{one.space.name}, {span_words(one.start, one.end)}, {telling.who(one)}")
        for one in booked
    ]
    return Hindered(_("It is booked then. Nothing is closed yet."), hindrances, field=field)
