"""The front page and the page of a unit, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from baixing.kernel.calendar import LOCAL
from baixing.menu.queries import Row, often_ordered, on_offer, rows
from baixing.menu.rules import edits_menu
from baixing.network.models import Post, Unit
from baixing.network.queries import (
    children,
    home_of,
    hours_words,
    line_of,
    open_words,
    partners,
    top,
    who_answers,
)
from baixing.network.rules import edits, sees_posts
from baixing.orders.models import Order
from baixing.orders.queries.pages import Told, told
from baixing.people.models import Person
from baixing.programme.models import Brand, Theme
from baixing.programme.queries import this_month
from baixing.programme.queries.matters import matters_that_run
from baixing.programme.queries.whats_on import soon, soon_in
from baixing.schedule.models import Session
from baixing.teams.models import Team

MOST_ORDERED, MOST_SOON = 6, 4
PUBLIC_TEAMS = 8


@dataclass(frozen=True)
class Front:
    """The front page: where am I, what can I order, what is on this month."""

    unit: Unit | None
    open_words: str
    items: list[Row]
    theme: Theme | None
    brands: list[Brand]
    live: Told | None
    soon: list[Session]
    matters: frozenset[str]  # which of campaigns, contests and remembrances one can take part in now


@dataclass(frozen=True)
class UnitPage:
    """A node: what it is, who answers, what hangs below it, what it did."""

    unit: Unit
    name: tuple[str, ...]  # in parts, so that a long one breaks between them
    line: list[Unit]
    open_words: str
    answers: list[Post]
    children: list[Unit]
    partners: list[Unit]
    teams: list[Team]
    items: list[Row]
    offered: int
    theme: Theme | None
    soon: list[Session]
    hours: str
    figures: dict[str, int]


@dataclass(frozen=True)
class Kept:
    """What a reader may do for a unit beyond reading its page."""

    edits: bool
    posts: bool
    menu: bool


def front(person: Person | None, language: str, at: datetime) -> Front:
    unit, day = unit_of(person) or top(), at.astimezone(LOCAL).date()
    live = Order.objects.live().filter(resident=person).with_nouns() if person else Order.objects.none()
    return Front(
        unit=unit,
        open_words=open_words(unit, at) if unit else "",
        items=rows(often_ordered(unit, day, MOST_ORDERED), language, day),
        theme=this_month(day),
        brands=list(Brand.objects.all()[:2]),
        live=next(iter(told(live.order_by("due_at")[:1], at)), None),
        soon=soon(unit, at, MOST_SOON),
        matters=matters_that_run(at),
    )


def unit_page(unit: Unit, language: str, at: datetime) -> UnitPage:
    day = at.astimezone(LOCAL).date()
    teams = Team.objects.active().filter(home=unit).select_related("home").prefetch_related("skills")
    return UnitPage(
        unit=unit,
        name=_in_parts(unit),
        line=line_of(unit),
        open_words=open_words(unit, at),
        answers=list(who_answers(unit, at)),
        children=list(children(unit)),
        partners=list(partners(unit)),
        teams=list(teams.order_by("name")[:PUBLIC_TEAMS]),
        items=rows(often_ordered(unit, day, MOST_ORDERED), language, day),
        offered=on_offer(unit, day).count(),
        theme=this_month(day),
        soon=soon_in(unit, at, MOST_SOON),
        hours=hours_words(unit),
        figures=_figures(unit),
    )


def kept(person: Person | None, unit: Unit, at: datetime) -> Kept:
    if person is None:
        return Kept(edits=False, posts=False, menu=False)
    mine = unit.tier > 0 and edits_menu(person, unit, at)
    return Kept(edits=edits(person, unit, at), posts=sees_posts(person, unit, at), menu=mine)


def unit_of(person: Person | None) -> Unit | None:
    """The village a reader calls home."""
    home = home_of(person) if person else None
    return home.station if home else None


def _in_parts(unit: Unit) -> tuple[str, ...]:
    rest = unit.name.removeprefix(unit.short)
    return (unit.short, rest) if rest not in {"", unit.name} else (unit.name,)


def _figures(unit: Unit) -> dict[str, int]:
    """Every order is within the city, so of the city none is asked where it is."""
    whole = unit.parent_id is None and not unit.is_partner()
    orders = Order.objects.all() if whole else Order.objects.within(unit)
    counted = orders.aggregate(placed=Count("*"), served=Count("served_at"))
    return {**counted, "teams": Team.objects.active().at_home_in(unit).count()}
