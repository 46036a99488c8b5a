"""A demo city on the real tree. Every person, phone, team, hour and rating in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.demo.actions.activities import activities
from baixing.demo.actions.asking import ask
from baixing.demo.actions.city import dress, staff, themes
from baixing.demo.actions.evening import evening
from baixing.demo.actions.hours import hours
from baixing.demo.actions.matters import matters
from baixing.demo.actions.people import Company, cast
from baixing.demo.actions.places import lay
from baixing.demo.actions.teams import join_teams, our_team, teams
from baixing.demo.actions.venues import venues
from baixing.demo.actions.work import work
from baixing.demo.actions.years import Scale, live_through
from baixing.demo.actions.years.people import LONG_AGO
from baixing.demo.rules import FIRST_RESIDENT, Size, Stage, phone
from baixing.hours.actions import publish_roots
from baixing.menu.actions import load_menu
from baixing.network.actions import load_tree
from baixing.network.models import Unit
from baixing.notices.actions import read_all, send_nothing_of
from baixing.orders import actions as orders
from baixing.people.models import Person

DAY = timedelta(days=1)
Tell = Callable[[Stage, float], None]  # what is being made, and how much of it stands


class NotHere(Exception):
    """This database holds something that a demo city would spoil."""


def seed(*, at: datetime, tell: Tell, size: Scale | None = None) -> bool:
    """Make the demo city once; False when it is there already. Whoever is killed meanwhile leaves nothing behind."""
    if Person.objects.filter(demo=True).exists():
        if size is not None and made_as() == Size.SMALL:
            raise NotHere(
                _("A small demo city stands here already. Name another folder in DATA, or an empty database.")
            )
        return False
    if Person.objects.exists() or Unit.objects.exists():
        raise NotHere(_("A real city stands in this database. A demo is made in an empty one only."))
    with transaction.atomic():
        _make(at, tell, size)
    return True


def made_as() -> Size:
    """How large the demo city is that stands here."""
    return Size.CITY if Person.objects.behind(phone(FIRST_RESIDENT)).exists() else Size.SMALL


def _make(at: datetime, tell: Tell, size: Scale | None) -> None:
    dice = Random(1858)  # noqa: S311 - the same invented city each time, nothing secret
    years = at if size is None else at - LONG_AGO * DAY  # since when there is anybody
    tell(Stage.UNITS, 0)
    load_tree(at)
    load_menu(Unit.objects.get(tier=4))
    orders.load_reasons()
    themes(at)
    dress(dice, at)
    lay()
    staff(dice, years)
    tell(Stage.TEAMS, 0)
    teams(dice, at, years)
    company = cast(dice, years)
    our_team(company, dice, at)
    join_teams(company, dice, at)
    tell(Stage.ACTIVITIES, 0)
    activities(company, at)
    matters(company, at)
    tell(Stage.VENUES, 0)
    venues(company, at)
    tell(Stage.ORDERS, 0)
    work(company, dice, at)
    tell(Stage.RECORDS, 0)
    hours(company, at)
    evening(company, dice, at)
    ask(company, at)
    if size is not None:
        live_through(size, at=at, tell=tell)
    publish_roots(at=at)
    tell(Stage.CLOCK, 0)
    _let_pass(company, at)


def _let_pass(company: Company, at: datetime) -> None:
    """What the clock would have done by now; what is older than a day has been read."""
    orders.tick(at=at)
    orders.tell_facts(at=at)
    for person in company.roles.values():
        read_all(person, by=person, at=at - DAY)
    send_nothing_of(at)
