"""How far an order comes: each step through its own verb, at the moment at which it was taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from baixing.demo import rules
from baixing.demo.actions.teams import OURS
from baixing.demo.rules import Scene
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders import actions
from baixing.orders.models import Order, Reason
from baixing.orders.queries import eligible
from baixing.people.models import Person
from baixing.teams.models import Membership, Team

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VISIT = 45 * MINUTE
MOST_GOING = 3


@dataclass
class Desk:
    """Who does what with the orders of one station: its clerk, and who dispatches there and in each tier above."""

    clerk: Person
    officers: tuple[Person, ...]
    dice: Random
    now: datetime
    visits: Counter[tuple[int, date]] = field(default_factory=Counter)
    said: set[str] = field(default_factory=set)

    def officer(self, unit: Unit) -> Person:
        return self.officers[unit.tier - 1]


Way = Callable[[Order, Desk, datetime], None]


def live(order: Order, scene: Scene, desk: Desk) -> None:
    """Let it live as far as the scene says."""
    at = order.placed_at + 20 * MINUTE
    if scene.way in BEFORE:
        BEFORE[scene.way](order, desk, at)
        return
    actions.admit(order, urgency=Order.Urgency.NORMAL, by=desk.clerk, at=at)
    if scene.way in WITHOUT_TEAM:
        WITHOUT_TEAM[scene.way](order, desk, at + 10 * MINUTE)
        return
    team = _team(order, at, ours=scene.ours)
    if team is None:
        return  # nobody is free: it waits on the desk
    actions.dispatch(order, team, by=desk.officer(order.owner), at=at + 10 * MINUTE)
    if scene.way != "offered":
        _serve(order, scene, team, desk)


def _team(order: Order, at: datetime, *, ours: bool) -> Team | None:
    """The first that can, with as many people as the service needs."""
    needed = max(order.item.people if order.item else 1, 2 if order.two_needed else 1)
    fit = (team for team in _fit(order, at) if (team.name == OURS) == ours)
    return next((team for team in fit if len(_going(team)) >= needed), None)


def _fit(order: Order, at: datetime) -> list[Team]:
    return [found.team for found in eligible(order, at.astimezone(LOCAL).date()) if not found.barriers]


def _serve(order: Order, scene: Scene, team: Team, desk: Desk) -> None:
    at, going = order.placed_at + 40 * MINUTE, _going(team)
    actions.accept(order, by=team.leader, at=at)
    if scene.way == "handed_back":
        words = desk.dice.choice(rules.data("words")["decline"])["words"]
        actions.hand_back(order, _reason("hand_back"), words=words, by=team.leader, at=at + HOUR)
    if scene.way in {"accepted", "handed_back"}:
        return
    slot = _slot(scene, team, desk)
    actions.appoint(order, slot, volunteers=going, by=team.leader, at=at + 10 * MINUTE)
    if scene.way != "appointed":
        done = slot.end.replace(hour=23, minute=30) if scene.evening else slot.end  # written down late
        actions.serve(order, result=rules.result_of(desk.dice, scene.item), came=going, by=team.leader, at=done)
        _hear(order, scene, desk, done)


def _hear(order: Order, scene: Scene, desk: Desk, done: datetime) -> None:
    """What the resident says of it, if anything."""
    if scene.way == "rated":
        words, solved = rules.rating_of(desk.dice, scene.item, scene.face), scene.face != "bad"
        actions.rate(order, face=scene.face, solved=solved, words=words, by=order.resident, at=done + 2 * HOUR)
    elif scene.way == "disputed":
        actions.dispute(order, words=_said("dispute"), by=order.resident, at=done + 2 * HOUR)


def _slot(scene: Scene, team: Team, desk: Desk) -> actions.Slot:
    """The next free part of that day: no two visits of a team share a moment."""
    day = desk.now.astimezone(LOCAL).replace(hour=8, minute=30, second=0, microsecond=0) + scene.visit * DAY
    number = desk.visits[team.pk, day.date()]
    desk.visits[team.pk, day.date()] += 1
    start = day + number * HOUR
    return actions.Slot(start, start + VISIT)


def _going(team: Team) -> list[Person]:
    members = Membership.objects.members().filter(team=team).exclude(person=team.leader).order_by("pk")
    return [team.leader, *(one.person for one in members.select_related("person")[: MOST_GOING - 1])]


def _wait(_order: Order, _desk: Desk, _at: datetime) -> None:
    """Nobody has done anything more."""


def _ask(order: Order, desk: Desk, at: datetime) -> None:
    actions.ask(order, question=_said("question"), by=desk.clerk, at=at)


def _withdraw(order: Order, _desk: Desk, at: datetime) -> None:
    actions.withdraw(order, by=order.resident, at=at)


def _cosign(order: Order, desk: Desk, at: datetime) -> None:
    actions.reject(order, _reason("reject"), words=_said("reject"), by=desk.clerk, at=at)


def _reject(order: Order, desk: Desk, at: datetime) -> None:
    _cosign(order, desk, at)
    actions.agree(order, by=desk.officers[1], at=at + HOUR)


def _open(order: Order, desk: Desk, at: datetime) -> None:
    actions.open(order, by=desk.officer(order.owner), at=at)


def _pause(order: Order, desk: Desk, at: datetime) -> None:
    until = desk.now + 6 * DAY
    actions.pause(order, _reason("pause"), until=until, words=_said("pause"), by=desk.clerk, at=at)
    actions.agree(order, by=desk.officers[1], at=at + HOUR)


def _merge(order: Order, desk: Desk, at: datetime) -> None:
    first = Order.objects.live().filter(resident=order.resident, item=order.item).earliest("pk")
    actions.merge(order, first, by=desk.clerk, at=at)


def _decline(order: Order, desk: Desk, at: datetime, *, times: int) -> None:
    """One team after the other says no; after two in one tier it goes up."""
    for count in range(times):
        moment = at + 10 * count * MINUTE
        team = _fit(order, moment)[0]
        actions.dispatch(order, team, by=desk.officer(order.owner), at=moment)
        actions.decline(order, _reason("decline"), by=team.leader, at=moment + 5 * MINUTE)


def _give_up(order: Order, desk: Desk, at: datetime) -> None:
    _decline(order, desk, at, times=4)
    actions.give_up(order, _reason("give_up"), words=_said("give_up"), by=desk.officer(order.owner), at=at + 3 * HOUR)


def _reason(kind: str) -> Reason:
    return Reason.objects.filter(kind=kind).earliest("position", "pk")


def _said(what: str) -> str:
    return str(rules.data("orders")["said"][what])


BEFORE: dict[str, Way] = {
    "placed": _wait,
    "asked": _ask,
    "withdrawn": _withdraw,
    "cosign": _cosign,
    "rejected": _reject,
}
WITHOUT_TEAM: dict[str, Way] = {
    "pending": _wait,
    "open": _open,
    "paused": _pause,
    "merged": _merge,
    "declined": partial(_decline, times=1),
    "risen": partial(_decline, times=2),
    "risen_twice": partial(_decline, times=4),
    "unmet": _give_up,
}
