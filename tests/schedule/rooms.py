"""Spaces of the small town: the culture house of the village, with a hall and a room for dancing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Hold, Slot, SpaceFacts, VenueFacts
from baixing.schedule.models import Booking, Space, Venue
from tests.town import DAY, HOUR, NINE, Town

ALL_WEEK = {weekday: [(8 * 60, 12 * 60), (14 * 60, 22 * 60)] for weekday in range(7)}
SATURDAY = NINE + 2 * DAY  # 09:00
TEN = Slot(SATURDAY + HOUR, SATURDAY + 2 * HOUR)
Circle = Space.Circle


def house(town: Town, **facts: Any) -> Venue:  # noqa: ANN401 - any facts of a venue
    told = VenueFacts(**{"name": "文化馆", "kind": "culture", **facts})
    return actions.add_venue(town.station, told, ALL_WEEK, by=town.zhou, at=NINE)


def hall(town: Town, venue: Venue | None = None, **facts: Any) -> Space:  # noqa: ANN401 - any facts of a space
    """Forty people; leaders of teams ask, staff of its unit and above and below book at once."""
    told = SpaceFacts(**{"name": "排练厅", "capacity": 40, "equipment": "projector stage", **facts})
    return actions.add_space(venue or house(town), told, by=town.gao, at=NINE)


def hold(space: Space, slot: Slot = TEN, **more: Any) -> Hold:  # noqa: ANN401 - any part of it
    return Hold(space, slot, **{"headcount": 20, "purpose": "合唱排练", **more})


def for_team(town: Town, space: Space, slot: Slot = TEN, **more: Any) -> Booking:  # noqa: ANN401
    """The plumbers' leader books, and has to ask."""
    return actions.book(hold(space, slot, team=town.plumbers, **more), by=town.luo, at=NINE)


def for_others(town: Town, space: Space, slot: Slot = TEN, **more: Any) -> Booking:  # noqa: ANN401
    """The other team's leader asks too."""
    return actions.book(hold(space, slot, team=town.others, **more), by=town.others.leader, at=NINE)


def for_station(town: Town, space: Space, slot: Slot = TEN, **more: Any) -> Booking:  # noqa: ANN401
    """The clerk books at once."""
    return actions.book(hold(space, slot, unit=town.station, **more), by=town.zhou, at=NINE)


def slot(hour: float, hours: float = 1, day: int = 0) -> Slot:
    """On the Saturday, or so many days later."""
    start: datetime = SATURDAY + (hour - 9) * HOUR + day * DAY
    return Slot(start, start + hours * HOUR)


def again(booking: Booking) -> Booking:
    return Booking.objects.with_nouns().get(pk=booking.pk)


def states(space: Space) -> list[str]:
    return list(Booking.objects.filter(space=space).order_by("pk").values_list("state", flat=True))


def told(person: Person) -> list[str]:
    """What kinds of notices they have got, the first first; what only reminds them later is none yet."""
    return list(person.notices.exclude(kind="booking.reminder").order_by("pk").values_list("kind", flat=True))
