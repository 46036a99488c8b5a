"""A town in which there is more of everything: real rows, made by actions, and copies of them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TypeVar

from django.db.models import F, Model

from baixing.exchange.models import Import
from baixing.journal import actions as journal
from baixing.menu.models import ServiceItem, Synonym
from baixing.network.actions import add_unit
from baixing.network.models import Deputy, Home, Post, Unit
from baixing.notices.models import Notice
from baixing.orders.models import CallBack, Follower, Offer, Order, Reason, Window
from baixing.people.models import Consent, Guardianship, Person, SignIn
from baixing.programme.models import Activity, ActivityList, Brand, Listed, Occasion, Photo, Series
from baixing.schedule.models import Attendance, DaysOff, Role, Session
from baixing.teams.models import Licence, LicenceKind, Membership, Skill, Team
from tests.access import door, held, hours, matters, plans, spaces
from tests.access.held import copies
from tests.access.world import World
from tests.town import DAY, NINE, Town

Row = TypeVar("Row", bound=Model)
Part = TypeVar("Part", Window, Offer)
STATES = ("placed", "pending", "offered", "accepted", "appointed", "served", "disputed")


def first_orders(town: Town) -> list[Order]:
    """One order in each state that a list shows, each lived there through the actions. In the end all are jin's."""
    _make_way(town)
    found = [_one_in(town, state) for state in STATES]
    Order.objects.filter(resident=town.wei).update(resident=town.jin, placed_by=town.jin)
    return list(Order.objects.with_nouns().filter(pk__in=found).order_by("pk"))


def _one_in(town: Town, state: str) -> int:
    order = town.order_in(state)
    _make_way(town)
    return order.pk


def _make_way(town: Town) -> None:
    """Nobody places more than three in ten minutes, and no team is at two places at once."""
    Order.objects.filter(resident=town.jin).update(resident=town.wei, placed_by=town.wei)
    Session.objects.filter(team=town.plumbers).update(start=F("start") + DAY, end=F("end") + DAY)


def grow(town: Town, world: World, orders: list[Order], by: int) -> None:
    """So many more rows of each kind of thing that a page lists, near the cast."""
    for order in orders:
        _orders(town, order, by)
    _teams(town, by)
    _people(town, by)
    _units(town, by)
    _menu(town, by)
    _things(town, world, by)
    held.grow(world.near, by)
    hours.grow(town, by)
    door.grow(town, world.near, by)
    _put_on(world, by)
    spaces.grow(world.near, by)
    matters.grow(town, world.near, by)
    plans.grow(world.near, by)


def _orders(town: Town, order: Order, by: int) -> None:
    alike = copies(order, by)
    for copy in alike:
        copy.code = secrets.token_hex(8)
    if order.visit:
        visits = Session.objects.bulk_create(copies(order.visit, by))
        Attendance.objects.bulk_create(Attendance(session=visit, person=town.luo) for visit in visits)
        for copy, visit in zip(alike, visits, strict=True):
            copy.visit = visit
    made = Order.objects.bulk_create(alike)
    windows, offers = list(Window.objects.filter(order=order)), list(Offer.objects.filter(order=order))
    Window.objects.bulk_create([_of_order(row, copy) for row in windows for copy in made])
    Offer.objects.bulk_create([_of_order(row, copy) for row in offers for copy in made])
    if order.state == Order.State.APPOINTED:
        CallBack.objects.bulk_create(CallBack(order=one, visit=one.visit, asked_at=NINE) for one in made)
    family = Follower.Kind.FAMILY
    Follower.objects.bulk_create(Follower(order=one, person=town.wei, kind=family, at=NINE) for one in made)


def _of_order(row: Part, order: Order) -> Part:
    (copy,) = copies(row, 1)
    copy.order = order
    return copy


def _teams(town: Town, by: int) -> None:
    teams = copies(town.plumbers, by)
    for team in teams:
        team.name = f"水电队 {secrets.token_hex(4)}"
    made = Team.objects.bulk_create(teams)
    kind = LicenceKind.objects.earliest("pk")
    day = NINE.date()
    for team in made:
        team.skills.set(town.plumbers.skills.all())
    held = {"kind": kind, "valid_from": day, "valid_until": day + timedelta(days=20)}
    Licence.objects.bulk_create(Licence(team=team, **held) for team in (*made, *[town.plumbers] * by))
    for state in (Membership.State.MEMBER, Membership.State.APPLIED):
        Membership.objects.bulk_create(
            Membership(team=town.plumbers, person=person, state=state, at=NINE) for person in persons(by)
        )
    Membership.objects.bulk_create(Membership(team=team, person=town.min, state="member", at=NINE) for team in made)
    DaysOff.objects.bulk_create(
        DaysOff(team=town.plumbers, first=day + n * DAY, last=day + n * DAY) for n in range(40, 40 + by)
    )


def persons(by: int) -> list[Person]:
    return Person.objects.bulk_create(Person(name=f"居民 {secrets.token_hex(3)}", made_at=NINE) for _ in range(by))


def wards(town: Town, by: int) -> None:
    """Children whom jin answers for."""
    told = {"asked_at": NINE, "confirmed_at": NINE, "phone": town.jin.phone, "phone_index": town.jin.phone_index}
    Guardianship.objects.bulk_create(Guardianship(ward=one, guardian=town.jin, **told) for one in persons(by))


def _people(town: Town, by: int) -> None:
    shared = {"phone": town.jin.phone, "phone_index": town.jin.phone_index}
    Person.objects.bulk_create(Person(name=f"家人 {secrets.token_hex(3)}", made_at=NINE, **shared) for _ in range(by))
    wards(town, by)
    SignIn.objects.bulk_create(
        SignIn(person=town.jin, session_key=secrets.token_hex(16), at=NINE, seen_at=NINE) for _ in range(by)
    )
    Consent.objects.bulk_create(
        Consent(person=town.jin, kind="photo", text_version="1", given_at=NINE, channel="web", withdrawn_at=NINE)
        for _ in range(by)
    )
    Notice.objects.bulk_create(
        row for person in Person.objects.filter(notices__gt=0).distinct() for row in _told(person, by)
    )
    Home.objects.bulk_create(Home(person=one, station=town.station) for one in persons(by))


def _told(person: Person, by: int) -> list[Notice]:
    rows = copies(Notice.objects.filter(person=person).earliest("pk"), by)
    for row in rows:
        row.once_key = ""
    return rows


def _units(town: Town, by: int) -> None:
    for _ in range(by):
        add_unit(Unit.Kind.STATION, f"村{secrets.token_hex(3)}", town.institute, by=None, at=NINE)
        add_unit(Unit.Kind.MEMBER, f"单位{secrets.token_hex(3)}", town.county, by=None, at=NINE)
    for kind in (Post.Kind.STAFF, Post.Kind.DISPATCHER):
        Post.objects.bulk_create(
            Post(person=one, unit=town.station, kind=kind, since=NINE - DAY) for one in persons(by)
        )
    post = Post.objects.get(person=town.zhou)
    Deputy.objects.bulk_create(Deputy(post=post, person=one, since=NINE, until=NINE + DAY) for one in persons(by))


def _menu(town: Town, by: int) -> None:
    items = copies(town.tap_repair, by)
    for item in items:
        item.code = f"i-{secrets.token_hex(6)}"
    ServiceItem.objects.bulk_create(items)
    Synonym.objects.bulk_create(Synonym(unit=town.city, word=secrets.token_hex(4), means="水龙头") for _ in range(by))
    Skill.objects.bulk_create(Skill(slug=secrets.token_hex(6), name="手艺") for _ in range(by))
    Brand.objects.bulk_create(Brand(slug=secrets.token_hex(6), name="明灯") for _ in range(by))
    Reason.objects.bulk_create(
        Reason(kind=kind, code=secrets.token_hex(6), name=secrets.token_hex(6), instead="社区")
        for kind in Reason.Kind.values
        for _ in range(by)
    )


def _things(town: Town, world: World, by: int) -> None:
    ready, done = (copies(Import.objects.get(pk=world.near[name]), by) for name in ("import", "done_import"))
    Import.objects.bulk_create(row for pair in zip(ready, done, strict=True) for row in pair)
    order = Order.objects.get(pk=world.near["order"])
    for _ in range(by):
        journal.write("urge", order, by=town.jin, at=NINE, words="请快一点")


def _put_on(world: World, by: int) -> None:
    """More activities, and of the one that is asked for more sessions and photos."""
    activity = Activity.objects.get(pk=world.near["activity"])
    made = Activity.objects.bulk_create(copies(activity, by))
    lists = ActivityList.objects.bulk_create(copies(ActivityList.objects.get(pk=world.near["activity_list"]), by))
    Listed.objects.bulk_create(Listed(on_id=world.near["activity_list"], activity=one) for one in made)
    Listed.objects.bulk_create(Listed(on=one, activity=activity) for one in lists)
    Series.objects.bulk_create(copies(Series.objects.get(pk=world.near["series"]), by))
    session = Session.objects.filter(occasion__activity=activity).earliest("pk")
    held = Session.objects.bulk_create(copies(session, by))
    Occasion.objects.bulk_create(Occasion(activity=activity, session=one) for one in held)
    role = session.roles.get()
    roles = copies(role, by)
    for one, of in zip(roles, held, strict=True):
        one.session = of
    Role.objects.bulk_create(roles)
    photos = copies(Photo.objects.get(pk=world.near["photo"]), by)
    for photo in photos:
        photo.digest = secrets.token_hex(8)
    Photo.objects.bulk_create(photos)
