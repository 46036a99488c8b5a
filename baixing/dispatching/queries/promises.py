"""What teams were promised to do: which of it may move in a plan, and which its team cannot keep any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q

from baixing.dispatching.queries.seen import PROMISED
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import Offer, Order, OrderQuerySet
from baixing.orders.queries.loads import GIVEN, Loads, loads
from baixing.orders.queries.persons import for_plans
from baixing.schedule.models import DaysOff
from baixing.schedule.queries import days_off, week_of
from baixing.teams.models import Team

S = Order.State
FAR = 60  # days in which a visit may lie


@dataclass(frozen=True)
class Promise:
    """The team that was offered an order, or has accepted it, and the day that was kept or set for it."""

    team: Team
    day: date | None  # None: nobody has named one yet; then it does not move
    state: str
    lost: bool  # the team cannot come on that day any more


def promises(unit: Unit, at: datetime, *, moves: bool) -> tuple[list[Order], dict[int, Promise]]:
    """Those that a plan looks at: what is lost in any case, all that has a day and has not begun where it may move."""
    today = at.astimezone(LOCAL).date()
    every = _promised(unit)
    orders = list(every if moves else every.filter(_may_be_lost(today)))
    said = {order.pk: (order.team, _day(order, at)) for order in orders if order.team and not _has_begun(order, at)}
    teams = list({team.pk: team for team, _day_ in said.values()}.values())
    off, given = days_off(teams, today, FAR), loads(teams, today, FAR)
    found = {}
    for order in orders:
        if order.pk in said:
            team, day = said[order.pk]
            lost = _is_lost(team, day, off)
            if lost or (moves and day and _has_room(team, day, given)):
                found[order.pk] = Promise(team, day, order.state, lost)
    return [order for order in orders if order.pk in found], found


def _promised(unit: Unit) -> OrderQuerySet:
    own = Order.objects.filter(state__in=PROMISED, owner__path__startswith=unit.path, proposal="", item__isnull=False)
    kept = Offer.objects.filter(state__in=GIVEN)
    named = for_plans(own).select_related("item__skill", "station__parent", "owner", "resident", "visit")
    teams = Prefetch(
        "team", Team.objects.select_related("home__parent", "leader").prefetch_related("licences", "skills")
    )
    return named.prefetch_related("windows", teams, Prefetch("offers", kept, to_attr="given")).order_by(
        "placed_at", "pk"
    )


def _may_be_lost(today: date) -> Q:
    away = DaysOff.objects.touching(today, today + timedelta(days=FAR)).values("team")
    return Q(team__active=False) | Q(team__on_duty=False) | Q(team__in=away)


def _has_begun(order: Order, at: datetime) -> bool:
    return order.state == S.APPOINTED and (order.visit is None or order.visit.start <= at)


def _day(order: Order, at: datetime) -> date | None:
    """From today on."""
    today = at.astimezone(LOCAL).date()
    if order.visit is not None:
        return order.visit.start.astimezone(LOCAL).date()
    given: Sequence[Offer] = getattr(order, "given", ())
    day = next((offer.day for offer in given), None)
    return day if day and day >= today else None


def _is_lost(team: Team, day: date | None, off: frozenset[tuple[int, date]]) -> bool:
    """Where no day is named, only a break without an end is in the way."""
    if not team.active or (not team.on_duty and team.off_until is None):
        return True
    on_a_break = not team.on_duty and day is not None and team.off_until is not None and day <= team.off_until
    return on_a_break or (day is not None and (team.pk, day) in off)


def _has_room(team: Team, day: date, given: Loads) -> bool:
    """With this one in it. Where a leader has set more than the team said it does, nothing is moved."""
    fits = given.days[team.pk, day] <= team.day_capacity
    return fits and given.weeks[team.pk, week_of(day)] <= team.week_capacity
