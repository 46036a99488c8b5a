"""Two counties of one city: what lies near the cast, and the same things far away, of people they never met."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F
from django.test import Client

from baixing.exchange.models import Import
from baixing.exchange.queries.table import Row, Table
from baixing.menu.models import ServiceItem
from baixing.network.actions import add_unit
from baixing.network.models import Deputy, Home, Post, Unit
from baixing.notices.models import Notice, Subscription
from baixing.orders import actions
from baixing.orders.models import CallBack, Follower, Order
from baixing.people.actions import agree, enrol
from baixing.people.models import Factor, Guardianship, Person, SignIn
from baixing.programme.models import Brand
from baixing.schedule.models import DaysOff
from baixing.teams.models import Licence, LicenceKind, Membership, Team
from tests.access import door, held, hours, matters, plans, spaces
from tests.programme.stage import things as put_on
from tests.second_step import PUBLIC_PART
from tests.town import NINE, VISIT, Town

DAY: Final = timedelta(days=1)
FAR: Final = 60  # from here on the numbers of the far people
NOBODY: Final = "nobody"  # not signed in
STAFF: Final = frozenset({"zhou", "shi", "wu", "he", "gao"})  # officers over the village
CHARGE: Final = frozenset({"zhou", "wu", "he", "gao"})  # of these, heads and staff
POSTED: Final = STAFF | {"shen", "editor"}
PERSONS: Final = POSTED | {"jin", "luo", "min", "wei"}
ROLES: Final = PERSONS | {NOBODY}
Things = dict[str, int | str]
CAST: Final = ("jin", "zhou", "shi", "wu", "he", "gao", "shen", "luo", "min", "wei")
EXTRAS: Final = ("deputy", "asks", "child")
BORN: Final = {"near": date(1951, 11, 23), "far": date(1952, 11, 23)}
CODES: Final = {"near": "tap-repair", "far": "far-repair"}


@dataclass
class World:
    """Who there is, and the numbers of one thing of each kind, near and far."""

    people: dict[str, Person]
    near: Things
    far: Things
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """The browser of this person, who is signed in."""
        client = Client(headers={"accept-language": "en"})
        if role in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        elif role != NOBODY:
            client.force_login(self.people[role])
        return client

    def sign_in_all(self) -> None:
        """Once for many tests, with the second step behind them."""
        for role in sorted(PERSONS):
            self.cookies[role] = self.client(role).cookies[settings.SESSION_COOKIE_NAME].value
        SignIn.objects.filter(session_key__in=self.cookies.values()).update(proved_at=F("at"))


def build(town: Town) -> World:
    people = {name: getattr(town, name) for name in PERSONS - {"editor"}}
    people["editor"] = _person(planted("name", "neareditor"), 20)
    Post.objects.create(person=people["editor"], unit=town.city, kind=Post.Kind.EDITOR, since=NINE - DAY)
    far = _far_town(town)
    Brand.objects.create(slug="lamp", name="明灯")
    plant(town, "near")
    plant(far, "far")
    near_things, far_things = _things(town, "near", people["min"], 40), _things(far, "far", far.min, FAR)
    near_things |= hours.things(town, above=town.gao, issuer=town.he)
    far_things |= hours.things(far, above=town.gao, issuer=far.he)
    return World(people, near_things, far_things)


def plant(town: Town, where: str) -> None:
    """Names and homes that stand nowhere else, so that whatever shows them is found."""
    for name in CAST:
        person = getattr(town, name)
        person.name = planted("name", f"{where}{name}")
        person.save(update_fields=["name"])
    Person.objects.filter(pk=town.jin.pk).update(born=BORN[where])
    Home.objects.filter(person=town.jin).update(address=planted("home", where), alone=True)


def planted(kind: str, whose: str) -> str:
    return f"zq{kind}x{whose}qz"


def _far_town(town: Town) -> Town:
    """A village of another county with its own clerk, team and resident; the city is the same."""
    county = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    institute = add_unit(Unit.Kind.INSTITUTE, "山口镇", county, by=None, at=NINE)
    station = add_unit(Unit.Kind.STATION, "高坡村", institute, by=None, at=NINE)
    cast = {name: _person(f"far {name}", number) for number, name in enumerate(CAST, 30)}
    staff, dispatcher = Post.Kind.STAFF, Post.Kind.DISPATCHER
    for name, unit, kind in (("zhou", station, staff), ("shi", station, dispatcher), ("he", county, staff)):
        Post.objects.create(person=cast[name], unit=unit, kind=kind, since=NINE - DAY)
    Home.objects.create(person=cast["jin"], station=station, address="1 号院")
    skill = town.plumbers.skills.get()
    team = Team.objects.create(name="高坡水电队", home=station, leader=cast["luo"], reach=Team.Reach.VILLAGE)
    team.skills.add(skill)
    Membership.objects.create(team=team, person=cast["min"], state="member", at=NINE)
    item = ServiceItem.objects.create(
        unit=county,
        code="far-repair",
        name="水管维修",
        gist="修水管",
        skill=skill,
        platform=town.tap_repair.platform,
        lead_days=0,
    )
    return Town(town.city, county, institute, station, **cast, plumbers=team, others=team, tap_repair=item)


def _things(town: Town, where: str, member: Person, number: int) -> Things:
    """One of each kind of thing that an address can name."""
    post = Post.objects.get(person=town.zhou)
    deputy = Deputy.objects.create(
        post=post, person=_person(planted("name", f"{where}deputy"), number), since=NINE, until=NINE + DAY
    )
    kind, _made = LicenceKind.objects.get_or_create(slug="electrician", defaults={"name": "电工证"})
    licence = Licence.objects.create(
        team=town.plumbers, kind=kind, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1)
    )
    applied = Membership.objects.create(
        team=town.plumbers, person=_person(planted("name", f"{where}asks"), number + 1), state="applied", at=NINE
    )
    child = _person(planted("name", f"{where}child"), number + 2)
    order = _appointed(town, where)
    assert order.visit is not None
    CallBack.objects.create(order=order, visit=order.visit, asked_at=NINE)
    family = Follower.objects.create(order=order, person=child, kind=Follower.Kind.FAMILY, at=NINE)
    return {
        "unit": town.station.pk,
        "centre": town.city.pk if number < FAR else town.county.pk,
        "order": order.pk,
        "follower": family.pk,
        "reason": town.reason("reject").pk,
        "code": CODES[where],
        "track": order.code,
        "post": post.pk,
        "deputy": deputy.pk,
        "team": town.plumbers.pk,
        "licence": licence.pk,
        "days_off": DaysOff.objects.create(team=town.plumbers, first=date(2027, 1, 1), last=date(2027, 1, 2)).pk,
        "membership": applied.pk,
        "member": Membership.objects.get(team=town.plumbers, person=member).pk,
        "notice": Notice.objects.filter(person=town.jin).earliest("pk").pk,
        "guardianship": _asked(child, town.jin).pk,
        **_more(town, where, member),
    }


def _more(town: Town, where: str, member: Person) -> Things:
    """How people get in, what is brought in, and what the other floors hold."""
    return {
        **(_doors(town) | _lists(town)),
        **(held.things(town, where) | spaces.things(town, planted("words", where))),
        **(door.things(town, member) | matters.things(town) | plans.things(town)),
    }


def _doors(town: Town) -> dict[str, int]:
    """How people get in and are told."""
    factor = _passkeys(town.zhou)[0]
    return {"subscription": _subscription(town.jin).pk, "sign_in": _sign_in(town.jin).pk, "factor": factor.pk}


def _lists(town: Town) -> dict[str, int]:
    """One that its clerk has read and may confirm, and one that is brought in; and what is put on."""
    row = Row(2, {"name": "向晚", "phone": "12800000999"})
    told = {"kind": "people", "unit": town.station, "by": town.zhou, "at": NINE}
    table = Table("人员.xlsx", ["name", "phone"], [row]).dumped()
    ready = Import.objects.create(**told, state="ready", table=table, verdicts='[[2,"new",[],[]]]', total=1, new=1)
    done = Import.objects.create(**told, state="done", written_at=NINE, total=1, new=1)
    return {"import": ready.pk, "done_import": done.pk, **put_on(town)}


def _appointed(town: Town, where: str) -> Order:
    order = town.place(words=planted("words", where), address=planted("place", where))
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)
    actions.accept(order, by=town.luo, at=NINE)
    actions.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)
    return order


def _asked(child: Person, guardian: Person) -> Guardianship:
    """A child has named this person by their phone."""
    named = {"phone": guardian.phone, "phone_index": guardian.phone_index}
    return Guardianship.objects.create(ward=child, asked_at=NINE, **named)


def _subscription(person: Person) -> Subscription:
    said = {"browser": "Firefox", "host": "push.example", "sealed": "{}", "found": f"of {person.pk}"}
    return Subscription.objects.create(person=person, made_at=NINE, **said)


def _sign_in(person: Person) -> SignIn:
    return SignIn.objects.create(person=person, session_key=f"elsewhere-{person.pk}", at=NINE, seen_at=NINE)


def _passkeys(person: Person) -> list[Factor]:
    """Two, so that one may go."""
    made = {"person": person, "kind": Factor.Kind.PASSKEY, "secret": PUBLIC_PART, "made_at": NINE}
    return [Factor.objects.create(**made, handle=f"{person.pk} {number}") for number in range(2)]


def _person(name: str, number: int) -> Person:
    person = enrol(name, f"+86128000001{number:02}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person
