"""One team on one day as it is driven: which visit after which, when, and how far; and what that is in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baixing.kernel.calendar import LOCAL
from baixing.look.said import WORD_JOINER, exact, said_km, said_time
from baixing.matching.routes import Route as Found
from baixing.matching.routes import route as best
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.queries.roads import km_between
from baixing.orders.rules.above import Roads
from baixing.teams.models import Team

FIVE: Final = 5
SOMEWHAT: Final = 10  # minutes for which nobody makes another appointment
Span = tuple[int, int]  # minutes of a day
LATE = gettext_lazy(
    "%(what)s in %(place)s was agreed on for %(agreed)s. You are there at %(came)s at the earliest, %(late)s late. "
    "Please agree on another time with the resident."
)
SOMEWHAT_LATE = gettext_lazy(
    "%(what)s in %(place)s was agreed on for %(agreed)s. You are there at %(came)s at the earliest, %(late)s late. "
    "Please phone ahead."
)
LATE_ELSEWHERE = gettext_lazy(
    "%(what)s in %(place)s begins at %(agreed)s. You are there at %(came)s at the earliest, %(late)s late."
)
LONG = gettext_lazy(
    "%(what)s in %(place)s has no time yet and does not fit into the hours at which the resident is at home: it would "
    "end %(late)s too late. Please agree on another day."
)


@dataclass(frozen=True)
class Call:
    """What a team has to do on a day, before anybody knows in which order."""

    title: str
    unit: Unit
    minutes: int
    windows: Sequence[Span]
    agreed: bool  # its time is set
    order: Order | None = None  # None: something else that the team holds, or a visit that is over


@dataclass(frozen=True)
class Stop:
    number: int
    call: Call
    start: datetime  # the earliest
    until: datetime
    late: int  # minutes
    km: float | None  # of road from the stop before; None where nobody has measured
    drive: int  # minutes of that

    @property
    def agreed_at(self) -> datetime:
        return self.start - timedelta(minutes=self.late)

    @property
    def way(self) -> str:
        """From the stop before, or from home."""
        if self.km is None:
            return _("way not known")
        if not self.km:
            return _("the same village") if self.number > 1 else _("where the team is at home")
        return _("%(km)s km, %(time)s") % {"km": said_km(self.km), "time": said_time(self.drive)}

    @property
    def fault(self) -> str:
        """Why it cannot be as promised, and what to do; "" when it can."""
        if not self.late:
            return ""
        told = {"what": self.call.title, "place": self.call.unit.short, "late": said_time(self.late)}
        if not self.call.agreed:
            return LONG % told
        clocks = {"agreed": f"{self.agreed_at:%H:%M}", "came": f"{self.start:%H:%M}"}
        somewhat = SOMEWHAT_LATE if self.late <= SOMEWHAT else LATE
        return (somewhat if self.call.order else LATE_ELSEWHERE) % {**told, **clocks}

    @property
    def clock(self) -> str:
        """09:30, as agreed on; 10:15–10:45 where the team may choose."""
        if self.call.agreed:
            return f"{self.agreed_at:%H:%M}"
        first = self.start + timedelta(minutes=-self.start.minute % FIVE)
        first = first if first <= self.until else self.start
        return f"{first:%H:%M}" + (f"–{WORD_JOINER}{self.until:%H:%M}" if first < self.until else "")


@dataclass(frozen=True)
class Route:
    """One team on one day."""

    team: Team
    day: date
    stops: list[Stop]
    home_km: float | None
    leave: datetime
    back: datetime
    unmeasured: list[Unit]  # places that nobody knows: the stops stand in the order of their times
    proven: bool

    @property
    def km(self) -> float:
        return sum(km or 0 for km in (*(stop.km for stop in self.stops), self.home_km))

    @property
    def calendar_day(self) -> str:
        """For paper, on which nobody knows what tomorrow was."""
        return exact(self.day)

    @property
    def said(self) -> str:
        """The day in one sentence."""
        count = len(self.stops)
        words = ngettext(
            "%(n)d visit, about %(km)s km of road. Leave %(home)s at %(leave)s; back at about %(back)s.",
            "%(n)d visits, about %(km)s km of road. Leave %(home)s at %(leave)s; back at about %(back)s.",
            count,
        )
        clocks = {"leave": f"{self.leave:%H:%M}", "back": f"{self.back:%H:%M}"}
        return words % {"n": count, "km": said_km(self.km), "home": self.team.home.short, **clocks}

    @property
    def late(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.late]

    @property
    def places(self) -> str:
        return _(", ").join(unit.short for unit in self.unmeasured)

    @property
    def orders(self) -> list[Order]:
        return [stop.call.order for stop in self.stops if stop.call.order]


def route_of(team: Team, day: date, calls: Sequence[Call], roads: Roads) -> Route:
    spots = [team.home, *(call.unit for call in calls)]
    legs = [[km_between(one, other, roads) for other in spots] for one in spots]
    minutes, windows = [call.minutes for call in calls], [call.windows for call in calls]
    found = best(legs, minutes, windows, [call.agreed for call in calls], roads.speed)
    unmeasured = {unit.pk: unit for unit in spots if unit.lat is None} if not found.known else {}
    midnight = midnight_of(day)
    return Route(
        team=team,
        day=day,
        stops=[_stop(calls, found, at, midnight) for at in range(len(calls))],
        home_km=found.km[-1],
        leave=midnight + timedelta(minutes=found.leave),
        back=midnight + timedelta(minutes=found.back),
        unmeasured=list(unmeasured.values()),
        proven=found.proven,
    )


def _stop(calls: Sequence[Call], found: Found, at: int, midnight: datetime) -> Stop:
    return Stop(
        number=at + 1,
        call=calls[found.order[at]],
        start=midnight + timedelta(minutes=found.start[at]),
        until=midnight + timedelta(minutes=found.until[at]),
        late=found.late[at],
        km=found.km[at],
        drive=found.drive[at],
    )


def midnight_of(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)
