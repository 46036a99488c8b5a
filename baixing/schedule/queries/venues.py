"""Venues as everybody finds them, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from baixing.network.models import Unit
from baixing.network.queries import DAYS, children, line_of, top
from baixing.schedule.models import ClosureQuerySet, Space, SpaceQuerySet, Venue, VenueQuerySet
from baixing.schedule.queries.openings import hours_of, hours_words
from baixing.schedule.rules import Standing
from baixing.schedule.rules.venue import EQUIPMENT, WAYS_IN, words_of


@dataclass(frozen=True)
class AskedVenues:
    """What a reader asks of the list of venues."""

    unit: Unit | None = None
    kind: str = ""
    heads: int | None = None
    fitted: str = ""


@dataclass(frozen=True)
class VenueRow:
    venue: Venue
    spaces: int
    heads: int  # of its largest space
    fitted: str


@dataclass(frozen=True)
class Around:
    """Where the list stands in the tree, and where it can be narrowed to."""

    line: list[Unit]
    below: list[Unit]


@dataclass(frozen=True)
class SpaceRow:
    space: Space
    fitted: str
    who: str


@dataclass(frozen=True)
class VenuePage:
    """One venue: what it is, when it is open, what is in it."""

    venue: Venue
    week: list[tuple[str, str]]  # weekday and hours
    spaces: list[SpaceRow]
    closures: ClosureQuerySet
    ways_in: list[str]
    keeps: bool


def visible(one: Standing | None) -> VenueQuerySet:
    """Those in use, for everybody; what is given up, for those who keep it."""
    kept = Q(in_use=True)
    for office in one.offices if one else ():
        kept |= Q(unit__path__startswith=office.path)
    return Venue.objects.filter(kept)


def visible_spaces(one: Standing | None) -> SpaceQuerySet:
    kept = Q(in_use=True, venue__in_use=True)
    for office in one.offices if one else ():
        kept |= Q(venue__unit__path__startswith=office.path)
    return Space.objects.filter(kept)


def listed(asked: AskedVenues) -> VenueQuerySet:
    """Those in use with a space that has all that is asked for; from the top of the tree down."""
    venues = Venue.objects.in_use()
    if asked.unit:
        venues = venues.within(asked.unit)
    if asked.kind:
        venues = venues.filter(kind=asked.kind)
    if asked.heads or asked.fitted:
        fit = Space.objects.filter(venue=OuterRef("pk"), in_use=True, capacity__gte=asked.heads or 1)
        venues = venues.filter(Exists(fit.fitted([asked.fitted] if asked.fitted else [])))
    return venues.order_by("unit__path", "name", "pk")


def rows(venues: Iterable[Venue]) -> list[VenueRow]:
    keys = [venue.pk for venue in venues]
    found = Venue.objects.filter(pk__in=keys).select_related("unit").prefetch_related("spaces")
    by_key = {venue.pk: venue for venue in found}
    return [_row(by_key[key]) for key in keys]


def around(unit: Unit | None) -> Around:
    start = unit or top()
    return Around(line_of(unit) if unit else [], list(children(start)) if start else [])


def page(venue: Venue, one: Standing | None, today: date) -> VenuePage:
    keeps = one is not None and one.is_in_charge(venue.unit)
    spaces = venue.spaces.all() if keeps else venue.spaces.filter(in_use=True)
    return VenuePage(
        venue=venue,
        week=_week(venue),
        spaces=[SpaceRow(space, fitted_words(space), _who(space)) for space in spaces],
        closures=venue.closures.to_come(today).select_related("space"),
        ways_in=words_of(venue.access, WAYS_IN),
        keeps=keeps,
    )


def fitted_words(space: Space) -> str:
    return _(", ").join(words_of(space.equipment, EQUIPMENT))


def of_unit(unit: Unit) -> VenueQuerySet:
    """What the unit itself has; for its page."""
    return Venue.objects.in_use().filter(unit=unit).order_by("name", "pk")


def _row(venue: Venue) -> VenueRow:
    spaces = [space for space in venue.spaces.all() if space.in_use]
    codes = " ".join(space.equipment for space in spaces)
    heads = max((space.capacity for space in spaces), default=0)
    return VenueRow(venue, len(spaces), heads, _(", ").join(words_of(codes, EQUIPMENT)))


def _week(venue: Venue) -> list[tuple[str, str]]:
    hours = hours_of(venue)
    return [(str(DAYS[day]), hours_words(hours.get(day, [])) or _("closed")) for day in range(7)]


def _who(space: Space) -> str:
    """Who books it at once, and who asks."""
    circles = Space.Circle
    at_once, asks = circles(space.at_once), circles(space.asks)
    if at_once == circles.NOBODY:
        return _("By asking: %(who)s") % {"who": asks.label}
    if at_once == asks:
        return _("At once: %(who)s") % {"who": at_once.label}
    return _("At once: %(who)s. By asking: %(others)s") % {"who": at_once.label, "others": asks.label}
