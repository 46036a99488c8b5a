"""What the pages of orders show, read at one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from baixing.journal.models import Entry, name_of
from baixing.kernel.calendar import LOCAL
from baixing.kernel.prepared import prepared
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.menu import queries as menu
from baixing.menu.models import ServiceItem
from baixing.network import queries as network
from baixing.network.models import Home, Post, Unit
from baixing.network.rules import OFFICERS
from baixing.orders.models import CallBack, Follower, Order, OrderQuerySet, Reason
from baixing.orders.queries.book import audits
from baixing.orders.queries.doors import beside
from baixing.orders.queries.loads import kept_day
from baixing.orders.queries.next_step import TO_OWNER, TO_RESIDENT, TO_STAFF, TO_TEAM, next_step
from baixing.orders.queries.roads import is_afar
from baixing.orders.queries.routes import Route
from baixing.orders.queries.team_days import routes
from baixing.orders.queries.timeline import Step, is_inside, timeline
from baixing.orders.queries.visible import followed
from baixing.orders.rules import LIFE, Standing, actors, danger
from baixing.orders.rules.guards import is_long_served
from baixing.people.models import Person, PersonQuerySet
from baixing.schedule.models import Attendance
from baixing.teams.models import Duty, Membership, Team, TeamQuerySet

SHOWN_FOR = timedelta(minutes=15)
OTHERS = 3  # services named in the place of one that is not offered


@dataclass(frozen=True)
class Told:
    """An order and the one sentence on it."""

    order: Order
    sentence: str


@dataclass(frozen=True)
class OrderPage:
    """All that the page of one order says to one person."""

    order: Order
    own: bool
    owned: bool  # by a unit in which this person is an officer
    at_desk: bool
    sentence: str
    steps: list[Step]
    question: str  # that waits for an answer
    powers: frozenset[str]
    shown: bool
    printable: bool
    kept_day: date | None  # on which a plan has kept room, for the team and the staff
    beside: list[Order]  # of the same household, for the same team
    audits: bool
    danger: danger.Help | None
    family: list[Follower]


@dataclass(frozen=True)
class ItemPage:
    """A service as somebody from one village sees it."""

    row: menu.Row
    offered: bool
    instead: list[menu.Row]  # while it is not offered


def order_page(order: Order, one: Standing) -> OrderPage:
    own, powers, steps = actors.resident(one, order), LIFE.powers(one, order), timeline(order, one)
    return OrderPage(
        order=order,
        own=own,
        owned=actors.owner(one, order),
        at_desk=one.holds_over(OFFICERS, order.station) or one.holds(OFFICERS, order.owner),
        sentence=next_step(order, one.at, _to(order, one)),
        steps=steps,
        question=next((step.words for step in reversed(steps) if step.verb == "ask"), "") if "supply" in powers else "",
        powers=powers,
        shown=own or ("reveal" in powers and order.pk in revealed([order], one)),
        printable=is_printable(order, one),
        kept_day=kept_day(order) if not own else None,
        beside=beside(order) if not own else [],
        audits=audits(order, one),
        danger=danger.help_in(order.danger) if order.is_live else None,
        family=_family(order, one),
    )


def _to(order: Order, one: Standing) -> Mapping[str, object]:
    """To whom the sentence on the order is said: its resident, its team, or whoever works with it."""
    if actors.resident(one, order):
        return TO_RESIDENT
    if order.team_id in one.serves_in:
        return TO_TEAM
    return TO_OWNER if actors.owner(one, order) else TO_STAFF


def own(order: Order, one: Standing) -> bool:
    """Is it this person's own, or one of their wards'?"""
    return actors.resident(one, order)


def revealed(orders: Iterable[Order], one: Standing) -> frozenset[int]:
    """Those whose contact this person has asked for within the last quarter of an hour, and may still see."""
    by_name = {name_of(order): order.pk for order in orders if not is_long_served(order, one.at)}
    since = one.at - SHOWN_FOR
    looks = Entry.objects.filter(thing__in=by_name, verb="reveal", by_id=one.person.pk, at__gte=since)
    return frozenset(by_name[thing] for thing in looks.values_list("thing", flat=True))


def mine(one: Standing) -> OrderQuerySet:
    """One's own orders and those of one's wards, the newest first."""
    own = Q(resident=one.person) | Q(resident__in=one.wards)
    return Order.objects.filter(own).with_nouns().order_by("-placed_at", "-pk")


def told(orders: Iterable[Order], at: datetime) -> list[Told]:
    return [Told(order, next_step(order, at)) for order in orders]


def followed_by(one: Standing) -> OrderQuerySet:
    return followed(one).order_by("-placed_at", "-pk")


def followers_for(one: Standing) -> QuerySet[Follower]:
    """Those whom this person may let go: of their own orders and their wards', and themselves."""
    theirs = Q(order__resident=one.person) | Q(order__resident__in=one.wards)
    return Follower.objects.filter(theirs | Q(person=one.person)).select_related("order", "person")


def _family(order: Order, one: Standing) -> list[Follower]:
    family = followers_for(one).filter(order=order, kind=Follower.Kind.FAMILY)
    return list(family.exclude(person=one.person).order_by("pk"))


def own_live(item: ServiceItem | None, one: Standing) -> Order | None:
    """What this person, or a ward, has under way of the same: perhaps they came back to the form."""
    return mine(one).live().filter(item=item).first() if item else None


def visits(one: Standing) -> list[Order]:
    """The visits to come of the teams one serves in, the next first; those of today stay to the evening."""
    midnight = one.at.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    orders = Order.objects.filter(team__in=one.serves_in, state=Order.State.APPOINTED, visit__start__gte=midnight)
    return list(orders.with_nouns().order_by("visit__start", "pk"))


@dataclass(frozen=True)
class VisitDays:
    """What the teams of a person have before them: day by day as it is driven, and what nobody drives to."""

    routes: list[Route]
    afar: list[Order]

    @property
    def orders(self) -> list[Order]:
        return [*(order for route in self.routes for order in route.orders), *self.afar]

    @property
    def teams(self) -> int:
        return len({route.team.pk for route in self.routes})


def visit_days(one: Standing) -> VisitDays:
    found = visits(one)
    return VisitDays(routes(found, one.serves_in, one.at), [order for order in found if is_afar(order)])


def item_page(item: ServiceItem, person: Person | None, language: str, at: datetime) -> ItemPage:
    today = at.astimezone(LOCAL).date()
    home = home_of(person)
    station = home.station if home else None
    offered = menu.on_offer(station, today).filter(pk=item.pk).exists()
    others = ServiceItem.objects.none() if offered else menu.instead_of(item, station, today, OTHERS)
    return ItemPage(menu.rows([item], language, today)[0], offered, menu.rows(others, language, today))


def items() -> QuerySet[ServiceItem]:
    return ServiceItem.objects.with_nouns()


@prepared
def items_called(code: str) -> QuerySet[ServiceItem]:
    """What is on a menu under this code: one, or none."""
    return ServiceItem.objects.active().filter(code=code)


def home_of(person: Person | None) -> Home | None:
    return network.home_of(person) if person else None


def is_printable(order: Order, one: Standing) -> bool:
    """A slip carries the code: it is for the resident and for those who act for them."""
    return actors.for_resident(one, order) or is_inside(order, one)


def printable(order: Order, one: Standing) -> Order:
    if not is_printable(order, one):
        raise NotAllowed
    return order


def with_visit(order: Order) -> Order:
    if order.visit is None:
        raise NotNow
    return order


def people_served(one: Standing) -> PersonQuerySet:
    """For whom this person may order without proof: themselves and their wards."""
    return Person.objects.living().filter(Q(pk=one.person.pk) | Q(pk__in=one.wards))


def villages(one: Standing) -> QuerySet[Unit]:
    """The villages within the units in which this person is an officer."""
    within = Q(pk=None)
    for post in one.posts:
        if post.kind in OFFICERS:
            within |= Q(pk__in=network.stations(post.unit).values("pk"))
    return Unit.objects.filter(within).order_by("path")


def reasons(kind: str) -> QuerySet[Reason]:
    return Reason.objects.filter(kind=kind, active=True)


def teams_led(one: Standing) -> QuerySet[Team]:
    return Team.objects.filter(pk__in=one.leads)


def teams_known(one: Standing, item: ServiceItem | None) -> TeamQuerySet:
    """Teams that have served this person in this craft, and still do such work."""
    if item is None:
        return Team.objects.none()
    been = Order.objects.filter(
        resident=one.person, item__skill=item.skill_id, team__isnull=False, served_at__isnull=False
    )
    return Team.objects.active().with_skill(item.skill).filter(pk__in=been.values("team")).order_by("pk")


def members(order: Order) -> PersonQuerySet:
    """Who can go: the leader and the members of the order's team, without those off duty until they say otherwise."""
    team = order.team
    in_team = Membership.objects.members().filter(team=team).values("person")
    found = Person.objects.living().filter(Q(pk=team.leader_id if team else None) | Q(pk__in=in_team))
    off = Duty.objects.filter(on_duty=False, off_until=None).values("person")
    return found.exclude(pk__in=off).select_related("duty").order_by("pk")


def named(order: Order) -> PersonQuerySet:
    """The volunteers named for the visit."""
    going = Attendance.objects.filter(session=order.visit).values("person")
    return Person.objects.living().filter(pk__in=going).order_by("pk")


def equal_orders(order: Order) -> OrderQuerySet:
    """Live orders that this one could be merged into."""
    same = Order.objects.live().filter(item=order.item, item__isnull=False).exclude(pk=order.pk)
    return same.filter(Q(resident=order.resident) | Q(station=order.station)).with_nouns().order_by("pk")


def peers(order: Order) -> QuerySet[Unit]:
    """Units of the same tier nearby, with somebody at work: those an order could be passed to."""
    above = order.owner.parent
    near = Unit.objects.within(above.parent or above).tier(order.owner.tier) if above else Unit.objects.none()
    staffed = Post.objects.filter(kind__in=OFFICERS, until=None).values("unit")
    return near.filter(pk__in=staffed).exclude(pk=order.owner_id).order_by("path")


def open_calls(order: Order) -> QuerySet[CallBack]:
    return order.callbacks.filter(done_at=None).order_by("pk")


def calls_for(order: Order, one: Standing) -> QuerySet[CallBack]:
    """The calls about this order that this person has to make."""
    calls = open_calls(order)
    return calls if actors.owner(one, order) else calls.none()
