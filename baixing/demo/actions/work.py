"""Orders of the last days, each lived through the actions to where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.people import Company, neighbour
from baixing.demo.actions.teams import CENTRE, OURS
from baixing.demo.rules import Scene
from baixing.kernel.calendar import LOCAL
from baixing.menu.models import ServiceItem
from baixing.menu.queries import offered_in
from baixing.network.models import Home, Post, Unit
from baixing.orders import actions
from baixing.orders.models import Reason
from baixing.orders.queries import eligible
from baixing.people.models import Person
from baixing.teams.models import Membership, Team

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VISIT = 45 * MINUTE
MORNING, EVENING = 8, 20  # hours between which people order
SPREAD = 32  # orders in other villages of the county
LONG_AGO = {"served": (90, -1), "rated": (150, -3), "appointed": (30, 2)}  # hours, days to the visit
WAYS = ("placed", "pending", "offered", "accepted", "appointed", "served", "rated", "rated")


@dataclass
class Desk:
    """Who does what with an order of one station."""

    clerk: Person
    dispatcher: Person
    above: Person
    dice: Random
    now: datetime
    visits: Counter[tuple[int, date]] = field(default_factory=Counter)


def work(company: Company, dice: Random, at: datetime) -> None:
    """A week of the demo station, and a little in the villages around."""
    desk = Desk(company["clerk"], company["dispatcher"], company["institute"], dice, at)
    for number, scene in enumerate(sorted(rules.scenes(), key=lambda scene: -scene.ago)):
        resident = _resident(scene.who, company, desk, number)
        _live(_place(scene, resident, company.station, desk), scene, desk)
    _around(company, desk)


def _resident(who: str, company: Company, desk: Desk, number: int) -> Person:
    if who == "grandmother":
        return company.grandmother
    if who == "resident":
        return company["resident"]
    return neighbour(desk.dice, number, company.station, desk.now - 20 * DAY)


def _around(company: Company, desk: Desk) -> None:
    villages = list(Unit.objects.within(company.units[CENTRE]).tier(1).exclude(pk=company.station.pk).order_by("path"))
    month = (desk.now - 10 * DAY).astimezone(LOCAL).date()
    everywhere = offered_in(company.units[CENTRE], month).filter(code__in=rules.spoken_items(), people=1, months="")
    items = list(everywhere.order_by("pk").values_list("code", flat=True))
    for number in range(SPREAD):
        station, way = desk.dice.choice(villages), WAYS[number % len(WAYS)]
        clerk = Post.objects.get(unit=station).person
        other = Desk(clerk, clerk, clerk, desk.dice, desk.now, desk.visits)
        ago, visit = LONG_AGO.get(way, (desk.dice.randint(2, 6), 0))
        scene = Scene("", desk.dice.choice(items), ago, way, visit=visit, face="good")
        resident = neighbour(desk.dice, 1000 + number, station, desk.now - 20 * DAY)
        _live(_place(scene, resident, station, other), scene, other)


def _place(scene: Scene, resident: Person, station: Unit, desk: Desk) -> actions.Order:
    item = ServiceItem.objects.get(code=scene.item) if scene.item else None
    address = Home.objects.get(person=resident).address
    words = rules.words_for(desk.dice, scene.item)
    wanted = actions.Wanted(resident=resident, station=station, item=item, words=words, address=address)
    return actions.place(wanted, by=resident, at=_by_day(desk.now - scene.ago * HOUR))


def _by_day(at: datetime) -> datetime:
    """People do not order in their sleep: the evening before, then."""
    here = at.astimezone(LOCAL)
    if here.hour < MORNING:
        here = (here - DAY).replace(hour=EVENING - 1)
    return here.replace(hour=min(here.hour, EVENING))


def _live(order: actions.Order, scene: Scene, desk: Desk) -> None:
    """Let it live as far as the scene says."""
    at = order.placed_at
    early: dict[str, Callable[[actions.Order, Desk, datetime], None]] = {
        "placed": _wait,
        "asked": _ask,
        "withdrawn": _withdraw,
        "rejected": _reject,
    }
    if scene.way in early:
        early[scene.way](order, desk, at + 20 * MINUTE)
        return
    actions.admit(order, urgency="normal", by=desk.clerk, at=at + 20 * MINUTE)
    later = {"pending": _wait, "open": _open, "paused": _pause, "declined": _decline}
    if scene.way in later:
        later[scene.way](order, desk, at + 30 * MINUTE)
        return
    team = _team(order, scene, at)
    actions.dispatch(order, team, by=desk.dispatcher, at=at + 30 * MINUTE)
    if scene.way != "offered":
        _serve(order, scene, team, desk)


def _team(order: actions.Order, scene: Scene, at: datetime) -> Team:
    """The first that can; with as many people as the service needs."""
    fit = [found.team for found in eligible(order, at.astimezone(LOCAL).date()) if not found.barriers]
    return next((team for team in fit if (team.name == OURS) == scene.ours and len(_going(team)) > 1), fit[0])


def _serve(order: actions.Order, scene: Scene, team: Team, desk: Desk) -> None:
    at = order.placed_at
    actions.accept(order, by=team.leader, at=at + 40 * MINUTE)
    if scene.way == "accepted":
        return
    slot = _slot(scene, team, desk)
    actions.appoint(order, slot, volunteers=_going(team), by=team.leader, at=at + 50 * MINUTE)
    if scene.way == "appointed":
        return
    done = slot.end.astimezone(LOCAL).replace(hour=21, minute=30) if scene.evening else slot.end
    result = rules.said("result", scene.item, "已经办好，当面看过。")
    actions.serve(order, result=result, came=_going(team), by=team.leader, at=done)
    if scene.way == "rated":
        words = rules.said("praise", scene.item, "说话和气，办得仔细，谢谢。")
        actions.rate(order, face=scene.face, solved=True, words=words, by=order.resident, at=done + 2 * HOUR)
    elif scene.way == "disputed":
        actions.dispute(order, words=_said("dispute"), by=order.resident, at=done + DAY)


def _slot(scene: Scene, team: Team, desk: Desk) -> actions.Slot:
    """The next free part of that day: no two visits of a team share a moment."""
    day = desk.now.astimezone(LOCAL).replace(hour=8, minute=30, second=0, microsecond=0) + scene.visit * DAY
    number = desk.visits[team.pk, day.date()]
    desk.visits[team.pk, day.date()] += 1
    start = day + number * HOUR
    return actions.Slot(start, start + VISIT)


def _going(team: Team) -> list[Person]:
    members = Person.objects.filter(memberships__team=team, memberships__state=Membership.State.MEMBER)
    return [team.leader, *members.order_by("pk")[:2]]


def _wait(_order: actions.Order, _desk: Desk, _at: datetime) -> None:
    """Nobody has done anything yet."""


def _ask(order: actions.Order, desk: Desk, at: datetime) -> None:
    actions.ask(order, question=_said("question"), by=desk.clerk, at=at)


def _withdraw(order: actions.Order, _desk: Desk, at: datetime) -> None:
    actions.withdraw(order, by=order.resident, at=at)


def _reject(order: actions.Order, desk: Desk, at: datetime) -> None:
    actions.reject(order, _reason("reject"), words=_said("reject"), by=desk.clerk, at=at)
    actions.agree(order, by=desk.above, at=at + HOUR)


def _open(order: actions.Order, desk: Desk, at: datetime) -> None:
    actions.open(order, by=desk.dispatcher, at=at)


def _pause(order: actions.Order, desk: Desk, at: datetime) -> None:
    until = desk.now + 6 * DAY
    actions.pause(order, _reason("pause"), until=until, words=_said("pause"), by=desk.clerk, at=at)
    actions.agree(order, by=desk.above, at=at + HOUR)


def _decline(order: actions.Order, desk: Desk, at: datetime) -> None:
    team = next(found.team for found in eligible(order, at.astimezone(LOCAL).date()) if not found.barriers)
    actions.dispatch(order, team, by=desk.dispatcher, at=at)
    actions.decline(order, _reason("decline"), by=team.leader, at=at + 20 * MINUTE)


def _reason(kind: str) -> Reason:
    return Reason.objects.filter(kind=kind).earliest("position", "pk")


def _said(what: str) -> str:
    return str(rules.data("orders")["said"][what])
