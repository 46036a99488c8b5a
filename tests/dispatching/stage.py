"""A township with villages that lie somewhere, teams of plumbers with much or little to do, and orders that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import count
from random import Random

from baixing.dispatching import actions
from baixing.dispatching.actions.making import work
from baixing.dispatching.models import Plan, Proposal
from baixing.network.actions import add_unit, place_unit
from baixing.network.models import Post, Unit
from baixing.orders import actions as orders
from baixing.orders.models import Order
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Team
from tests.town import DAY, HOUR, NINE, Town

SOURCE = "测量"
NUMBERS: Iterator[int] = count(1)


def located(town: Town, villages: int = 4) -> list[Unit]:
    """The station and more villages of the township, some kilometres apart; all units have their place."""
    some = [add_unit(Unit.Kind.STATION, f"{n} 号村", town.institute, by=None, at=NINE) for n in range(villages)]
    for n, unit in enumerate((town.city, town.county, town.institute, town.station, *some)):
        place_unit(unit, 36.5 + n * 0.03, 104.2 + (n % 3) * 0.05, source=SOURCE, by=None, at=NINE)
    return [town.station, *some]


def person(name: str) -> Person:
    one = enrol(name, f"+8612800001{next(NUMBERS):03}", None, at=NINE - DAY, by=None)
    agree(one, by=one, at=NINE - DAY)
    return one


def team_at(town: Town, home: Unit, name: str, *, a_day: int = 2, a_week: int = 6) -> Team:
    reach = Team.Reach.COUNTY
    team = Team.objects.create(
        name=name, home=home, leader=person(name), reach=reach, day_capacity=a_day, week_capacity=a_week
    )
    team.skills.add(town.tap_repair.skill)
    return team


def waiting(town: Town, village: Unit, *days: int, urgency: str = "normal") -> Order:
    """An order of a new neighbour that is taken on and has no team yet; on these days somebody is at home."""
    resident = person("居民")
    windows = tuple(Slot(NINE + day * DAY, NINE + day * DAY + 3 * HOUR) for day in days)
    wanted = town.wanted(resident=resident, station=village, windows=windows)
    order = orders.place(wanted, by=resident, at=NINE)
    orders.admit(order, urgency=urgency, by=officer_of(order.owner), at=NINE)
    return Order.objects.with_nouns().get(pk=order.pk)


def officer_of(unit: Unit) -> Person:
    return Post.objects.filter(unit=unit).earliest("pk").person


def dispatcher(town: Town, unit: Unit | None = None) -> Person:
    """Of the township, or of another unit."""
    one = person("调度")
    Post.objects.create(person=one, unit=unit or town.institute, kind=Post.Kind.DISPATCHER, since=NINE - DAY)
    return one


def plan_of(unit: Unit, by: Person | None, at: datetime = NINE) -> Plan:
    """Asked for, and made by the worker."""
    plan = actions.ask(unit, by=by, at=at)
    assert work(lambda: at)
    plan.refresh_from_db()
    return plan


def counts(done: actions.Offered) -> tuple[int, int]:
    """How many were offered, and how many could not be any more; all of them were looked at."""
    assert not done.broken
    return done.offered, len(done.overtaken)


def proposal_for(plan: Plan, order: Order) -> Proposal:
    return Proposal.objects.with_nouns().get(plan=plan, order=order)


def dice_of(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - an invented town, nothing secret


def busy_place(town: Town, dice: Random) -> tuple[list[Order], list[Team]]:
    """Orders and teams here and there, as the dice fall."""
    villages = located(town)
    teams = [
        team_at(town, dice.choice(villages), f"{n} 队", a_day=dice.choice((1, 1, 2)), a_week=dice.choice((2, 3)))
        for n in range(5)
    ]
    days = partial(dice.sample, range(1, 6))
    made = [waiting(town, dice.choice(villages), *sorted(days(dice.choice((0, 1, 2, 3))))) for _ in range(9)]
    for order in dice.sample(made, 3):
        Order.objects.filter(pk=order.pk).update(asked_team=dice.choice(teams))
    for order in dice.sample(made, 4):
        Order.objects.filter(pk=order.pk).update(speech=dice.choice(("藏语", "陇中方言")))
    for team in dice.sample(teams, 3):
        Team.objects.filter(pk=team.pk).update(speaks=dice.choice(("陇中方言", "藏语 陇中方言")))
    return made, teams
