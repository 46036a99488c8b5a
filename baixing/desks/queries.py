"""What each role's home shows, gathered from several apps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest  # noqa: TID251 - the frame of a page is asked for with its request
from django.urls import reverse
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL, now
from baixing.look.frame import Frame, NavItem
from baixing.menu.models import ServiceItem
from baixing.menu.queries import on_offer
from baixing.menu.rules import edits_menu
from baixing.network.models import Post, Unit
from baixing.network.queries import children, home_of, hours_words, line_of, open_words, partners, top, who_answers
from baixing.network.rules import OFFICERS, edits, sees_posts
from baixing.notices import queries as notices
from baixing.orders.models import Order, OrderQuerySet
from baixing.orders.queries.boards import Counts, filtered, morning
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.programme.models import Brand, Theme
from baixing.programme.queries import this_month
from baixing.teams.models import Team

MOST_ORDERED = 6
PUBLIC_TEAMS = 20


@dataclass(frozen=True)
class Front:
    """The front page: where am I, what can I order, what is on this month."""

    unit: Unit | None
    open_words: str
    items: list[ServiceItem]
    theme: Theme | None
    brands: list[Brand]
    live: Order | None


@dataclass(frozen=True)
class UnitPage:
    """A node: what it is, who answers, what hangs below it, what it did."""

    unit: Unit
    line: list[Unit]
    open_words: str
    answers: list[Post]
    children: list[Unit]
    partners: list[Unit]
    teams: list[Team]
    items: list[ServiceItem]
    offered: int
    theme: Theme | None
    hours: str
    figures: dict[str, int]


@dataclass(frozen=True)
class Kept:
    """What a reader may do for a unit beyond reading its page."""

    edits: bool
    posts: bool
    menu: bool


@dataclass(frozen=True)
class Morning:
    """A unit's day: the counts that are also filters, and the rows behind the chosen one."""

    unit: Unit
    units: list[Unit]
    counts: Counts
    which: str
    orders: OrderQuerySet


def front(person: Person | None, at: datetime) -> Front:
    unit, day = _unit_of(person) or top(), at.astimezone(LOCAL).date()
    live = Order.objects.live().filter(resident=person).with_nouns() if person else Order.objects.none()
    offered = on_offer(unit, day) if unit else ServiceItem.objects.none()
    return Front(
        unit=unit,
        open_words=open_words(unit, at) if unit else "",
        items=list(offered.order_by("pk")[:MOST_ORDERED]),
        theme=this_month(day),
        brands=list(Brand.objects.all()[:2]),
        live=live.order_by("due_at").first(),
    )


def unit_page(unit: Unit, at: datetime) -> UnitPage:
    day = at.astimezone(LOCAL).date()
    offered = on_offer(unit, day)
    teams = Team.objects.active().filter(home=unit).select_related("home").prefetch_related("skills")
    return UnitPage(
        unit=unit,
        line=line_of(unit),
        open_words=open_words(unit, at),
        answers=list(who_answers(unit, at)),
        children=list(children(unit)),
        partners=list(partners(unit)),
        teams=list(teams.order_by("name")[:PUBLIC_TEAMS]),
        items=list(offered.order_by("pk")[:MOST_ORDERED]),
        offered=offered.count(),
        theme=this_month(day),
        hours=hours_words(unit),
        figures=_figures(unit),
    )


def kept(person: Person | None, unit: Unit, at: datetime) -> Kept:
    if person is None:
        return Kept(edits=False, posts=False, menu=False)
    mine = unit.tier > 0 and edits_menu(person, unit, at)
    return Kept(edits=edits(person, unit, at), posts=sees_posts(person, unit, at), menu=mine)


def desk(one: Standing, which: str, asked: str) -> Morning | None:
    """The morning of one of the person's own units; None when they work nowhere."""
    units = offices(one)
    if not units:
        return None
    unit = next((u for u in units if str(u.pk) == asked), units[0])
    return Morning(unit, units, morning(unit, one.at), which, filtered(unit, which, one.at))


def offices(one: Standing) -> list[Unit]:
    """The units in which the person is an officer, each once."""
    return list({post.unit.pk: post.unit for post in one.posts if post.kind in OFFICERS}.values())


def frame_of(request: HttpRequest) -> Frame:
    """What the frame of every page shows this reader."""
    person = request.user if isinstance(request.user, Person) else None
    unit = _unit_of(person) or top()
    return Frame(
        nav=_nav(person, request.path),
        unit_name=unit.short if unit else "",
        unit_phone=unit.phone if unit else "",
        unit_address=unit.address if unit else "",
        unit_open=open_words(unit, now()) if unit else "",
        person=person.name if person else "",
        notices_url=reverse("notices:list") if person else "",
        unread=notices.unread(person, now()) if person else 0,
    )


def _nav(person: Person | None, path: str) -> tuple[NavItem, ...]:
    """Staff and leaders get their desks; a resident gets the four words of the bottom bar."""
    one = Standing(person, now()) if person else None
    if one and offices(one):
        rows = (
            ("desks:morning", _("Today"), "today"),
            ("desks:board", _("Dispatch"), "dispatch"),
            ("orders:on_behalf", _("Order for somebody"), "order"),
            ("desks:more", _("More"), "more"),
        )
    elif one and one.leads:
        rows = (
            ("desks:inbox", _("Inbox"), "orders"),
            ("orders:visits", _("Visits"), "calendar"),
            ("desks:front", _("Home"), "home"),
            ("people:me", _("Me"), "me"),
        )
    else:
        rows = (
            ("desks:front", _("Home"), "home"),
            ("menu:browse", _("Place an order"), "order"),
            ("orders:mine", _("My orders"), "orders"),
            ("people:me", _("Me"), "me"),
        )
    return tuple(_entry(name, label, icon, path) for name, label, icon in rows)


def _entry(name: str, label: str, icon: str, path: str) -> NavItem:
    url = reverse(name)
    return NavItem(url, label, icon, here=path == url)


def _unit_of(person: Person | None) -> Unit | None:
    home = home_of(person) if person else None
    return home.station if home else None


def _figures(unit: Unit) -> dict[str, int]:
    orders = Order.objects.within(unit)
    return {
        "placed": orders.count(),
        "served": orders.filter(served_at__isnull=False).count(),
        "teams": Team.objects.active().at_home_in(unit).count(),
    }
