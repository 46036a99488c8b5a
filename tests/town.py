"""A small town everybody knows: 金 the resident, 罗 the team leader, 石 the dispatcher, 卫 the stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from baixing.journal.models import Entry
from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit
from baixing.network.models import Home, Platform, Post, Unit
from baixing.orders import actions
from baixing.orders.models import Order, Reason
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from baixing.schedule.actions import Slot
from baixing.teams.models import Membership, Skill, Team

NINE = datetime(2026, 3, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Thursday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOMORROW = Slot(NINE + DAY, NINE + DAY + 3 * HOUR)
VISIT = Slot(NINE + DAY, NINE + DAY + HOUR)


@dataclass
class Town:
    """Four tiers of units, nine people, two teams of plumbers, one item of the menu."""

    city: Unit
    county: Unit
    institute: Unit
    station: Unit
    jin: Person  # a resident of the village
    zhou: Person  # staff of the station
    shi: Person  # the dispatcher of the station
    wu: Person  # staff of the institute above
    he: Person  # staff of the county centre
    gao: Person  # head of the city centre
    shen: Person  # the city's auditor
    luo: Person  # leads the plumbers
    min: Person  # a volunteer of theirs
    wei: Person  # a stranger with no post
    plumbers: Team
    others: Team  # plumbers too, led by wei's neighbour
    tap_repair: ServiceItem

    def reason(self, kind: str) -> Reason:
        return Reason.objects.filter(kind=kind).earliest("position")

    def wanted(self, **changes: Any) -> actions.Wanted:  # noqa: ANN401 - any part of it
        facts: dict[str, Any] = {
            "resident": self.jin,
            "station": self.station,
            "item": self.tap_repair,
            "words": "水龙头一直滴水",
            "address": "3 号楼 2 单元 501",
            "windows": (TOMORROW,),
        }
        return actions.Wanted(**(facts | changes))

    def place(self, **changes: Any) -> Order:  # noqa: ANN401 - any part of it
        return actions.place(self.wanted(**changes), by=self.jin, at=NINE)

    def order_in(self, state: str) -> Order:
        """An order that really lived its way to this state, through the actions."""
        order = self.place()
        _live(self, order, state)
        return Order.objects.with_nouns().get(pk=order.pk)


WAY = ("pending", "offered", "accepted", "appointed", "served", "closed")


def _live(town: Town, order: Order, state: str) -> None:
    if state in ("asked", "withdrawn", "rejected", "merged", "unmet", "paused", "disputed"):
        _turn_off(town, order, state)
    elif state != "placed":
        for step in WAY[: WAY.index(state) + 1]:
            _step(town, order, step)


def _step(town: Town, order: Order, step: str) -> None:
    match step:
        case "pending":
            actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
        case "offered":
            actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)
        case "accepted":
            actions.accept(order, by=town.luo, at=NINE)
        case "appointed":
            actions.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE)
        case "served":
            actions.serve(order, result="换了垫圈", came=[town.luo], by=town.luo, at=VISIT.end)
        case "closed":
            actions.rate(order, face="good", solved=True, words="", by=town.jin, at=VISIT.end)


def _turn_off(town: Town, order: Order, state: str) -> None:
    match state:
        case "asked":
            actions.ask(order, question="在哪一户?", by=town.zhou, at=NINE)
        case "withdrawn":
            actions.withdraw(order, by=town.jin, at=NINE)
        case "rejected":
            actions.reject(order, town.reason("reject"), words="", by=town.zhou, at=NINE)
            actions.agree(order, by=town.wu, at=NINE)
        case "merged":
            actions.merge(order, town.place(), by=town.zhou, at=NINE)
        case "paused":
            _live(town, order, "pending")
            until = NINE + 3 * DAY
            actions.pause(order, town.reason("pause"), until=until, words="", by=town.zhou, at=NINE)
            actions.agree(order, by=town.wu, at=NINE)
        case "disputed":
            _live(town, order, "served")
            actions.dispute(order, words="还在滴水", by=town.jin, at=VISIT.end)
        case "unmet":
            _live(town, order, "pending")
            for later in (10 * DAY, 20 * DAY):
                actions.escalate(order, by=None, at=NINE + later)
            at = NINE + 21 * DAY
            actions.give_up(order, town.reason("give_up"), words="请找物业", by=town.he, at=at)


def build() -> Town:
    """The town, made through actions wherever one exists."""
    actions.load_reasons()
    city = add_unit(Unit.Kind.CENTRE, "铜城", None, by=None, at=NINE)
    county = add_unit(Unit.Kind.CENTRE, "东区", city, by=None, at=NINE)
    institute = add_unit(Unit.Kind.INSTITUTE, "河湾镇", county, by=None, at=NINE)
    station = add_unit(Unit.Kind.STATION, "柳树村", institute, by=None, at=NINE)
    names = ("jin", "zhou", "shi", "wu", "he", "gao", "shen", "luo", "min", "wei")
    cast = {name: _person(name, number) for number, name in enumerate(names)}
    _give_posts(cast, city, county, institute, station)
    Home.objects.create(person=cast["jin"], station=station, address="3 号楼 2 单元 501")
    skill = Skill.objects.create(slug="plumbing", name="水电维修", name_en="Plumbing")
    plumbers = _team("铜城水电队", station, cast["luo"], skill)
    others = _team("河湾水电队", institute, _person("tang", 11), skill)
    Membership.objects.create(team=plumbers, person=cast["min"], state="member", at=NINE)
    return Town(
        city=city,
        county=county,
        institute=institute,
        station=station,
        plumbers=plumbers,
        others=others,
        tap_repair=_item(city, skill),
        **cast,
    )


def verbs_of(order: Order) -> list[str]:
    return [entry.verb for entry in Entry.objects.of(order)]


def _person(name: str, number: int) -> Person:
    person = enrol(name, f"+86128000000{number:02}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person


def _give_posts(cast: dict[str, Person], city: Unit, county: Unit, institute: Unit, station: Unit) -> None:
    held = (
        ("zhou", station, Post.Kind.STAFF),
        ("shi", station, Post.Kind.DISPATCHER),
        ("wu", institute, Post.Kind.STAFF),
        ("he", county, Post.Kind.STAFF),
        ("gao", city, Post.Kind.HEAD),
        ("shen", city, Post.Kind.AUDITOR),
    )
    Post.objects.bulk_create(
        Post(person=cast[name], unit=unit, kind=kind, since=NINE - DAY) for name, unit, kind in held
    )


def _team(name: str, home: Unit, leader: Person, skill: Skill) -> Team:
    team = Team.objects.create(name=name, home=home, leader=leader, reach=Team.Reach.COUNTY)
    team.skills.add(skill)
    return team


def _item(city: Unit, skill: Skill) -> ServiceItem:
    platform = Platform.objects.create(slug="science", name="科技与科普服务")
    return ServiceItem.objects.create(
        unit=city,
        code="tap-repair",
        name="水龙头维修",
        name_en="Tap repair",
        gist="上门修水龙头和漏水",
        skill=skill,
        platform=platform,
        lead_days=0,
    )
