"""How much the teams have to do: visits that are set, and orders that they were asked for or have accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q

from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Offer, Order
from baixing.schedule.queries import visits_by_day, week_of
from baixing.teams.models import Team

TAKEN = (Order.State.OFFERED, Order.State.ACCEPTED)
GIVEN = (Offer.State.LIVE, Offer.State.ACCEPTED)
TeamDays = Counter[tuple[int, date]]


@dataclass(frozen=True)
class Loads:
    """By team and day: visits and room that a plan keeps. By team and week, from its Monday: all of it."""

    days: TeamDays
    weeks: TeamDays


def loads(teams: Sequence[Team], on: date, days: int, but: Order | None = None) -> Loads:
    """From the Monday of this day on, for so many days; `but` this order, which is asked about."""
    by_day = visits_by_day(teams, week_of(on), days)
    weeks: TeamDays = Counter()
    for team, first, kept in _taken(teams, but):
        if kept and kept >= on:
            by_day[team, kept] += 1
        else:
            weeks[team, week_of(max(first, on) if first else on)] += 1
    for (team, day), count in by_day.items():
        weeks[team, week_of(day)] += count
    return Loads(by_day, weeks)


def kept_day(order: Order) -> date | None:
    """The day on which a plan keeps room for its visit, until the time is set."""
    if order.state not in TAKEN:
        return None
    given = Offer.objects.filter(order=order, state__in=GIVEN)
    return given.values_list("day", flat=True).first()


def _taken(teams: Sequence[Team], but: Order | None) -> list[tuple[int, date | None, date | None]]:
    """Orders without a time yet: the team, the first day that the resident gave, the day that a plan has kept."""
    orders = Order.objects.filter(team__in=[team.pk for team in teams], state__in=TAKEN).order_by()
    others = orders.exclude(pk=but.pk) if but else orders
    kept = Max("offers__day", filter=Q(offers__state__in=GIVEN))
    rows = others.annotate(first=Min("windows__start"), kept=kept).values_list("team_id", "first", "kept")
    return [(team, first.astimezone(LOCAL).date() if first else None, kept) for team, first, kept in rows if team]
