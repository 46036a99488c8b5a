"""What stands on the desk of somebody who works here: the morning, the board, the inbox, the shelf of all the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from baixing.dispatching.rules import keeps_policy
from baixing.hours.rules.levels import keeps_levels
from baixing.menu.queries import menus_of
from baixing.network.models import Unit
from baixing.network.queries import nearness
from baixing.network.rules import IN_CHARGE, OFFICERS
from baixing.orders.models import Order, OrderQuerySet
from baixing.orders.queries import inbox as inbox_of
from baixing.orders.queries import visible
from baixing.orders.queries.boards import Counts, Lane, Tier, filtered, lanes, morning, tiers
from baixing.orders.rules import Standing, keeps_settings
from baixing.people.rules.above import recoverable
from baixing.programme.rules import edits_programme
from baixing.teams.queries import teams_of

S = Order.State


@dataclass(frozen=True)
class Morning:
    """A unit's day: the counts that are also filters, and the rows behind the chosen one."""

    unit: Unit
    units: list[Unit]
    counts: Counts
    which: str
    orders: OrderQuerySet

    def counters(self) -> list[tuple[str, str, int, str]]:
        """The filter's name, its colour, how many, and what it is called."""
        counts = self.counts
        return [
            ("overdue", "red", counts.overdue, _("Overdue")),
            ("today", "amber", counts.due_today, _("Due today")),
            ("unassigned", "copper", counts.unassigned, _("No team yet")),
            ("disputed", "slate", counts.disputed, _("Disputes")),
            ("calls", "slate", counts.calls, _("Calls to make")),
        ]


@dataclass(frozen=True)
class Board:
    """The work of a unit and of all below it, by state; of one tier, or of all."""

    unit: Unit
    units: list[Unit]
    tiers: list[Tier]
    tier: int | None
    lanes: list[Lane]


@dataclass(frozen=True)
class Inbox:
    """A leader's work: what to answer, what to set a time for, the visits that are set."""

    offers: list[Order]
    timeless: list[Order]
    visits: list[Order]


@dataclass(frozen=True)
class Shelf:
    """One line of the page of everything else."""

    url: str
    title: str
    icon: str


def desk(one: Standing, which: str, asked: str) -> Morning | None:
    """The morning of one of the person's own units; None when they work nowhere."""
    found = _office(one, asked)
    if found is None:
        return None
    unit, units = found
    return Morning(unit, units, morning(unit, one.at), which, filtered(unit, which, one.at))


def board(one: Standing, asked: str, tier: str) -> Board | None:
    found = _office(one, asked)
    if found is None:
        return None
    unit, units = found
    chosen = int(tier) if tier in {"1", "2", "3", "4"} else None
    return Board(unit, units, tiers(unit), chosen, lanes(unit, chosen))


def offices(one: Standing) -> list[Unit]:
    """The units in which the person is an officer, each once."""
    return list({post.unit.pk: post.unit for post in one.posts if post.kind in OFFICERS}.values())


def inbox(one: Standing) -> Inbox:
    """The nearest first, then the most pressing."""
    homes = {team.pk: team.home for team in one.teams_led}
    orders = sorted(inbox_of(one), key=lambda order: (_steps(order, homes), order.due_at or order.placed_at, order.pk))
    by_state = {state: [order for order in orders if order.state == state] for state in (S.OFFERED, S.ACCEPTED)}
    visits = [order for order in orders if order.state == S.APPOINTED]
    visits.sort(key=lambda order: (order.visit.start if order.visit else order.placed_at, order.pk))
    return Inbox(by_state[S.OFFERED], by_state[S.ACCEPTED], visits)


def of_note(one: Standing) -> OrderQuerySet:
    """Where an auditor begins: what is disputed or has gone up, the most pressing first."""
    noted = Q(state=S.DISPUTED) | Q(escalations__isnull=False)
    return visible(one).live().filter(noted).distinct().order_by("due_at", "pk")


def shelves(one: Standing) -> list[Shelf]:
    """All that this person may do beside their desk, by their posts and teams."""
    person, at = one.person, one.at
    rows: list[tuple[bool, str, str, str]] = [
        (bool(one.posts), "desks:find", _("Find an order"), "search"),
        (bool(offices(one)), "dispatching:first", _("Plan: who goes where"), "dispatch"),
        (bool(offices(one)) or bool(one.leads), "schedule:today", _("Held today"), "calendar"),
        (bool(offices(one)), "orders:visits", _("Visits"), "calendar"),
        (_in_charge(one) or bool(one.leads), "schedule:run", _("What we hold"), "culture"),
        (bool(menus_of(person, at)), "menu:edit_list", _("Change the menu"), "order"),
        (True, "programme:whats_on", _("What is on"), "calendar"),
        (_puts_on(one), "programme:desk", _("Activities"), "star"),
        (True, "programme:campaigns", _("Campaigns"), "good"),
        (True, "programme:contests", _("Contests and showcases"), "brush"),
        (True, "programme:remembrances", _("Remembrance"), "light"),
        (edits_programme(person, at), "programme:edit_list", _("Themes and brands"), "star"),
        (_in_charge(one) or bool(one.leads), "hours:claims", _("Hours to check"), "clock"),
        (_in_charge(one), "hours:report_first", _("Report of hours"), "journal"),
        (keeps_levels(person, at), "hours:levels", _("Star levels"), "star"),
        (_in_charge_at_top(one), "hours:transfers", _("Hours from and to other systems"), "swap"),
        *_settings(one),
        (True, "network:units", _("Centres, institutes and stations"), "map"),
        (True, "teams:list", _("Volunteer teams"), "team"),
        (True, "schedule:venues", _("Venues and spaces"), "building"),
        (True, "schedule:bookings", _("Bookings of spaces"), "calendar"),
        (teams_of(person).exists() or bool(one.leads), "teams:mine", _("My teams"), "helper"),
        (_in_charge(one), "teams:found", _("Found a team"), "plus"),
        (_in_charge(one), "teams:ending", _("Licences that run out"), "shield"),
        (_brings_lists(one), "exchange:first", _("Bring in lists"), "upload"),
        (recoverable(person, at) is not None, "people:recover", _("Somebody has lost their number"), "phone"),
        (True, "menu:browse", _("Menu"), "order"),
        (True, "orders:mine", _("My orders"), "orders"),
        (True, "schedule:mine", _("My sign-ups"), "calendar"),
        (True, "hours:mine", _("My hours"), "clock"),
        (True, "hours:publicity", _("Certificates on show"), "talk"),
        (True, "hours:roots", _("The ledger of hours"), "journal"),
        (True, "notices:list", _("Notices"), "bell"),
        (True, "people:me", _("Me"), "me"),
    ]
    return [Shelf(reverse(name), title, icon) for may, name, title, icon in rows if may]


def _settings(one: Standing) -> list[tuple[bool, str, str, str]]:
    return [
        (keeps_settings(one), "orders:reasons", _("Reasons to choose from"), "talk"),
        (keeps_settings(one), "orders:clocks", _("How long each step may take"), "due"),
        (keeps_policy(one), "dispatching:policy", _("How plans weigh"), "filter"),
    ]


def _in_charge(one: Standing) -> bool:
    return any(post.kind in IN_CHARGE for post in one.posts)


def _in_charge_at_top(one: Standing) -> bool:
    return any(post.kind in IN_CHARGE and post.unit.parent_id is None for post in one.posts)


def _brings_lists(one: Standing) -> bool:
    return _in_charge(one) or menus_of(one.person, one.at).exists()


def _puts_on(one: Standing) -> bool:
    return bool(one.leads) or any(post.kind in IN_CHARGE for post in one.posts)


def _steps(order: Order, homes: dict[int, Unit]) -> int:
    home = homes.get(order.team_id or 0)
    return nearness(home, order.station) if home else 0


def _office(one: Standing, asked: str) -> tuple[Unit, list[Unit]] | None:
    units = offices(one)
    return (next((unit for unit in units if str(unit.pk) == asked), units[0]), units) if units else None
