"""A demo city on the real tree. Every person, phone, team, hour and rating in it is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from baixing.demo import rules
from baixing.kernel.calendar import LOCAL
from baixing.kernel.seal import blind, tail
from baixing.menu.actions import load_menu
from baixing.network.actions import load_tree
from baixing.network.models import Home, Post, Unit
from baixing.orders import actions as orders
from baixing.orders.queries import eligible
from baixing.people import actions as people
from baixing.people.models import Consent, Person
from baixing.people.rules import REQUIRED, TEXT_VERSIONS
from baixing.programme.models import Brand, Theme
from baixing.teams.models import Licence, LicenceKind, Membership, Skill, Team

TEAMS = 1858
VISIT = timedelta(minutes=45)
Say = Callable[[str], None]


def seed(*, at: datetime, say: Say) -> bool:
    """Make the demo city once; False when it is there already."""
    if Person.objects.filter(demo=True).exists():
        return False
    dice = Random(1858)  # noqa: S311 - the same invented city each time, nothing secret
    with transaction.atomic():
        load_tree(at)
        city = Unit.objects.get(tier=4)
        load_menu(city)
        orders.load_reasons()
        _add_themes(at)
        say("staff")
        _staff(dice, at)
        say("teams")
        _teams(dice, at)
        say("orders")
        _orders(_cast(at), dice, at)
    orders.tell_facts(at=at)
    return True


def _add_themes(at: datetime) -> None:
    month = at.astimezone(LOCAL).date().replace(day=1)
    Theme.objects.get_or_create(month=month, defaults={**rules.THEME, "invented": True})
    for brand in rules.BRANDS:
        Brand.objects.get_or_create(slug=brand["slug"], defaults={**brand, "invented": True})


def _persons(dice: Random, first: int, count: int, at: datetime) -> list[Person]:
    """Invented persons whose phones are of a range that nobody is given."""
    made = []
    for number in range(first, first + count):
        phone = rules.phone(number)
        person = Person(
            name=rules.name(dice), phone=phone, phone_index=blind(phone), phone_tail=tail(phone), demo=True, made_at=at
        )
        person.set_unusable_password()
        made.append(person)
    rows = Person.objects.bulk_create(made)
    _agree(rows, at)
    return rows


def _agree(rows: list[Person], at: datetime) -> None:
    Consent.objects.bulk_create(
        Consent(person=p, kind=kind, text_version=TEXT_VERSIONS[kind], given_at=at, channel="web", by=p)
        for p in rows
        for kind in REQUIRED
    )


def _staff(dice: Random, at: datetime) -> None:
    """One member of staff a unit, so that every order has somebody who can act."""
    units = list(Unit.objects.filter(tier__gte=1).order_by("path"))
    for number, unit in enumerate(units):
        unit.phone, unit.invented = rules.office_phone(number), True
    Unit.objects.bulk_update(units, ["phone", "invented"], batch_size=500)
    rows = _persons(dice, 10_000, len(units), at)
    Post.objects.bulk_create(
        Post(person=person, unit=unit, kind=Post.Kind.STAFF, since=at - timedelta(days=30))
        for person, unit in zip(rows, units, strict=True)
    )


def _teams(dice: Random, at: datetime) -> None:
    """1,858 teams: each craft at the city and in every county, the rest in townships and villages."""
    skills, leaders = list(Skill.objects.all()), _persons(dice, 20_000, TEAMS, at)
    teams: list[Team] = []
    knows: list[Skill] = []
    for leader, (home, skill, reach) in zip(leaders, _homes(dice, skills), strict=False):
        number = len(teams) + 1
        name = f"{home.short}{skill.name}{dice.choice(rules.TEAM_NOUNS)}{number}"[:60]
        teams.append(Team(name=name, home=home, leader=leader, reach=reach, invented=True, **rules.capacity(dice)))
        knows.append(skill)
    rows = Team.objects.bulk_create(teams)
    Team.skills.through.objects.bulk_create(
        Team.skills.through(team_id=team.pk, skill_id=skill.pk) for team, skill in zip(rows, knows, strict=True)
    )
    _licence(rows, at)


def _homes(dice: Random, skills: list[Skill]) -> Iterator[tuple[Unit, Skill, int]]:
    centres = list(Unit.objects.filter(tier__gte=3).order_by("path"))
    yield from ((home, skill, home.tier - 1) for home in centres for skill in skills)
    towns = list(Unit.objects.tier(2).order_by("path"))
    villages = list(Unit.objects.tier(1).order_by("path"))
    while True:
        yield dice.choice(towns), dice.choice(skills), 1
        yield dice.choice(villages), dice.choice(skills), dice.choice((0, 1, 1))


def _licence(teams: list[Team], at: datetime) -> None:
    """Every kind of licence for the teams of the centres, for two years."""
    kinds = list(LicenceKind.objects.all())
    day = at.astimezone(LOCAL).date()
    Licence.objects.bulk_create(
        Licence(team=team, kind=kind, valid_from=day - timedelta(days=365), valid_until=day + timedelta(days=365))
        for team in teams
        if team.home.tier >= 3  # noqa: PLR2004 - centres
        for kind in kinds
    )


def _cast(at: datetime) -> dict[str, Person]:
    """One account a role, all about the same village."""
    station = Unit.objects.tier(1).order_by("path")[0]
    units = {unit.tier: unit for unit in Unit.objects.above(station)}
    cast = {
        key: people.enrol(row.name, rules.phone(n), None, at=at, by=None, demo=True)
        for n, (key, row) in enumerate(rules.CAST.items(), 1)
    }
    _agree(list(cast.values()), at)
    since = at - timedelta(days=30)
    Post.objects.bulk_create(
        Post(person=cast[key], unit=units[row.tier], kind=row.post, since=since)
        for key, row in rules.CAST.items()
        if row.post
    )
    Home.objects.create(person=cast["resident"], station=station, address="演示小区 3 号楼 2 单元 501")
    team = Team.objects.create(
        name="铜城暖心水电队", home=units[3], leader=cast["leader"], reach=Team.Reach.COUNTY, invented=True
    )
    team.skills.set(Skill.objects.filter(slug__in=["plumbing", "electrics", "appliances", "carpentry"]))
    _licence([team], at)
    Membership.objects.create(team=team, person=cast["volunteer"], state=Membership.State.MEMBER, at=at)
    return cast


def _orders(cast: dict[str, Person], dice: Random, at: datetime) -> None:
    """A few days of work, lived through the actions."""
    home = Home.objects.select_related("station").get(person=cast["resident"])
    items = list(rules.demo_items())
    for number, (state, words) in enumerate(rules.ORDERS):
        resident = cast["resident"] if number < rules.OWN else _neighbour(dice, number, home, at)
        then = at - timedelta(days=4, hours=number)
        wanted = orders.Wanted(resident=resident, station=home.station, item=items[number % len(items)], words=words)
        _live(orders.place(wanted, by=resident, at=then), state, cast, then)


def _neighbour(dice: Random, number: int, home: Home, at: datetime) -> Person:
    person = _persons(dice, 30_000 + number, 1, at)[0]
    Home.objects.create(person=person, station=home.station, address=f"演示小区 {number} 号楼 101")
    return person


def _live(order: orders.Order, state: str, cast: dict[str, Person], at: datetime) -> None:
    if state == "placed":
        return
    orders.admit(order, urgency="normal", by=cast["clerk"], at=at + timedelta(hours=1))
    if state == "pending":
        return
    at += timedelta(hours=2)
    mine = [found for found in eligible(order, at.astimezone(LOCAL).date()) if not found.barriers]
    team = next((found.team for found in mine if found.team.leader_id == cast["leader"].pk), mine[0].team)
    if state == "offered":  # still to be answered: it was offered just now
        at += timedelta(days=4)
    orders.dispatch(order, team, by=cast["dispatcher"], at=at)
    if state != "offered":
        _serve(order, state, team, at + timedelta(hours=1))


def _serve(order: orders.Order, state: str, team: Team, at: datetime) -> None:
    orders.accept(order, by=team.leader, at=at)
    if state == "accepted":
        return
    ahead = timedelta(days=6 if state == "appointed" else 2)
    day = (at + ahead).astimezone(LOCAL).replace(hour=8, minute=0, second=0, microsecond=0)
    start = day + VISIT * (order.pk % 14)  # a day has room for fourteen
    slot = orders.Slot(start, start + VISIT)
    orders.appoint(order, slot, volunteers=_going(team), by=team.leader, at=at)
    if state == "appointed":
        return
    orders.serve(order, result="已经修好，试过了，不再漏水。", came=_going(team), by=team.leader, at=slot.end)
    if state == "closed":
        orders.rate(order, face="good", solved=True, words="来得快，修得好", by=order.resident, at=slot.end)


def _going(team: Team) -> list[Person]:
    return [team.leader, *Person.objects.filter(memberships__team=team, memberships__state=Membership.State.MEMBER)]
