"""The small town with more people in it: two villages, two officers in each unit, four teams of plumbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Model

from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit
from baixing.network.models import Home, Post, Unit
from baixing.notices.models import Notice, Outgoing
from baixing.orders.models import CallBack, Escalation, Follower, Offer, Order, Rating, Window
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Session
from baixing.teams.models import Membership, Team
from tests.laid import laid
from tests.town import DAY, NINE, Town, build

OFFICES = (  # who else works where
    ("song", "village", Post.Kind.STAFF),
    ("xu", "institute", Post.Kind.DISPATCHER),
    ("lan", "county", Post.Kind.STAFF),
    ("ning", "city", Post.Kind.STAFF),
)
WRITTEN: tuple[type[Model], ...] = (
    Order,
    Offer,
    Window,
    Rating,
    CallBack,
    Escalation,
    Follower,
    Session,
    Attendance,
    Post,
    Team,
    Notice,
    Outgoing,
)


@dataclass(frozen=True)
class Stage:
    """Where the play is played, and by whom."""

    town: Town
    village: Unit  # the other one
    people: tuple[Person, ...]
    residents: tuple[Person, ...]
    teams: tuple[Team, ...]

    def named(self, name: str) -> Person:
        return next(person for person in self.people if person.name == name)


def raised() -> Stage:
    return laid("stage", _build)


def _build() -> Stage:
    town = build()
    village = add_unit(Unit.Kind.STATION, "杨树村", town.institute, by=None, at=NINE - DAY)
    names = ("song", "xu", "lan", "ning", "hua", "ma", "feng", "yu", "qin", "rui")
    new = {name: _person(name, number) for number, name in enumerate(names, start=30)}
    units = {"village": village, "institute": town.institute, "county": town.county, "city": town.city}
    for name, unit, kind in OFFICES:
        Post.objects.create(person=new[name], unit=units[unit], kind=kind, since=NINE - DAY)
    Home.objects.create(person=new["hua"], station=town.station, address="5 号楼 1 单元 102", alone=True)
    teams = (town.plumbers, town.others, _team(town, village, new["ma"]), _team(town, town.county, new["feng"]))
    for team, name in zip(teams[1:], ("yu", "qin", "rui"), strict=True):
        Membership.objects.create(team=team, person=new[name], state="member", at=NINE - DAY)
    people = tuple(Person.objects.order_by("pk"))
    for person in people:  # all live here, and may join what the neighbours order
        Home.objects.get_or_create(person=person, defaults={"station": town.station, "address": "1 号楼"})
    ServiceItem.objects.update(shared=True)
    return Stage(town, village, people, (town.jin, new["hua"], town.wei), teams)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> list[list[tuple[object, ...]]]:
    """Every row of every table that a verb writes to, and how long the journal is."""
    with connection.cursor() as cursor:
        return [_rows(cursor.execute, cursor.fetchall, question) for question in QUESTIONS]


QUESTIONS = (
    *(f'SELECT * FROM "{model._meta.db_table}" ORDER BY id' for model in WRITTEN),  # noqa: S608 - names of ours
    "SELECT COUNT(*), MAX(id) FROM journal_entry",
)


def _rows(
    execute: Callable[[str], object], fetch: Callable[[], list[tuple[object, ...]]], question: str
) -> list[tuple[object, ...]]:
    execute(question)
    return fetch()


def _person(name: str, number: int) -> Person:
    person = enrol(name, f"+86128000000{number:02}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person


def _team(town: Town, home: Unit, leader: Person) -> Team:
    team = Team.objects.create(name=f"{home.short}水电队", home=home, leader=leader, reach=Team.Reach.COUNTY)
    team.skills.set(town.plumbers.skills.all())
    return team
