"""What teams have to do on a day, read in as many questions for many days as for one, and driven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, QuerySet

from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Offer, Order
from baixing.orders.queries.loads import GIVEN, TAKEN
from baixing.orders.queries.roads import AFAR, is_afar
from baixing.orders.queries.routes import FIVE, Call, Route, Span, midnight_of, route_of
from baixing.orders.queries.slots import AFTERNOON, MORNING
from baixing.orders.rules.above import roads_of
from baixing.schedule.models import Session
from baixing.teams.models import Team

A_DAY: Final = 24 * 60
ORDER: Final = tuple(f"order__{noun}" for noun in ("item", "station", "owner", "team", "resident", "first_receiver"))
TeamDay = tuple[int, date]


def routes(visits: Iterable[Order], teams: Iterable[int], at: datetime) -> list[Route]:
    """The days of these visits, with what a plan has kept room for and what else the teams hold; the next first."""
    days: defaultdict[TeamDay, list[Call]] = defaultdict(list)
    named: set[int] = set()
    for order in visits:
        if order.visit is not None:
            named.add(order.visit.pk)
            if not is_afar(order):
                days[_key(order.visit)].append(_set(order.visit, order))
    for offer in _kept(teams, _today(at)).filter(state=Offer.State.ACCEPTED, order__state=Order.State.ACCEPTED):
        if offer.day is not None:
            days[offer.team_id, offer.day] += _free(offer.order, offer.day, at)
    return _driven({key: calls for key, calls in days.items() if calls}, named)


def day_of(team: Team, day: date, more: Iterable[Order], at: datetime) -> Route | None:
    """All that the team has to do that day, and these orders besides; None when that is nothing."""
    calls = [call for order in more for call in _free(order, day, at)]
    known = {call.order.pk for call in calls if call.order}
    kept = _kept(frozenset([team.pk]), day).filter(day=day).exclude(order__in=known)
    calls += [call for offer in kept for call in _free(offer.order, day, at)]
    return next(iter(_driven({(team.pk, day): calls}, set())), None)


def _kept(teams: Iterable[int], first: date) -> QuerySet[Offer]:
    """Orders for which a plan has kept room, and no time is set."""
    own = Offer.objects.filter(team__in=teams, day__gte=first, state__in=GIVEN, order__team=F("team"))
    return own.filter(order__state__in=TAKEN).select_related(*ORDER).prefetch_related("order__windows").order_by("pk")


def _driven(days: Mapping[TeamDay, Sequence[Call]], named: set[int]) -> list[Route]:
    if not days:
        return []
    every = {key: list(calls) for key, calls in days.items()}
    for session in _held(every).exclude(pk__in=named):
        if _key(session) in every:
            every[_key(session)].append(_set(session, None))
    every = {key: calls for key, calls in every.items() if calls}
    found = Team.objects.filter(pk__in={pk for pk, _day in every}).select_related("home")
    teams = {team.pk: team for team in found}
    roads = {top: roads_of(team.home) for top, team in {team.home.line()[0]: team for team in teams.values()}.items()}
    ranked = sorted(every, key=lambda key: (key[1], key[0]))
    return [route_of(teams[pk], day, every[pk, day], roads[teams[pk].home.line()[0]]) for pk, day in ranked]


def _held(days: Iterable[TeamDay]) -> QuerySet[Session]:
    """All that these teams hold from the first of these days to the last, and drive to."""
    first, last = min(day for _pk, day in days), max(day for _pk, day in days)
    between = Session.objects.live().between(midnight_of(first), midnight_of(last + timedelta(days=1)))
    own = between.filter(team__in={pk for pk, _day in days}).select_related("unit").order_by("start", "pk")
    return own.exclude(pk__in=Order.objects.filter(visit__in=between, item__place=AFAR).values("visit"))


def _set(session: Session, order: Order | None) -> Call:
    midnight = midnight_of(_key(session)[1])
    span = (_minute(session.start, midnight), _minute(session.end, midnight))
    unit = order.station if order else session.unit
    return Call(session.title, unit, span[1] - span[0], [span], agreed=True, order=order)


def _free(order: Order, day: date, at: datetime) -> list[Call]:
    """Whenever somebody is at home on that day and it is not over; none when nobody is, or nobody goes there."""
    spans = _at_home(order, day)
    if not spans or is_afar(order) or order.item is None:
        return []
    soonest = max(FIVE * -(-_minute(at, midnight_of(day)) // FIVE), 0)
    ahead = [(max(start, soonest), end) for start, end in spans if end > soonest]
    windows = ahead or [(soonest, spans[-1][1])]
    return [Call(order.item.called, order.station, order.item.minutes, windows, agreed=False, order=order)]


def _at_home(order: Order, day: date) -> list[Span]:
    given = [(window.start, window.end) for window in order.windows.all()]
    halves = [tuple(datetime.combine(day, moment, LOCAL) for moment in half) for half in (MORNING, AFTERNOON)]
    midnight = midnight_of(day)
    spans = [(_minute(start, midnight), _minute(end, midnight)) for start, end in given or halves]
    return [(max(start, 0), min(end, A_DAY)) for start, end in spans if end > 0 and start < A_DAY]


def _key(session: Session) -> TeamDay:
    return session.team_id or 0, session.start.astimezone(LOCAL).date()


def _today(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def _minute(moment: datetime, midnight: datetime) -> int:
    return int((moment - midnight).total_seconds() // 60)
