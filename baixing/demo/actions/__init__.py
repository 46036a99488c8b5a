"""A demo city on the real tree. Every person, phone, team, hour and rating in it is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from baixing.demo.actions.activities import activities
from baixing.demo.actions.city import dress, staff, themes
from baixing.demo.actions.evening import evening
from baixing.demo.actions.hours import hours
from baixing.demo.actions.matters import matters
from baixing.demo.actions.people import cast
from baixing.demo.actions.teams import join_teams, our_team, teams
from baixing.demo.actions.venues import venues
from baixing.demo.actions.work import work
from baixing.menu.actions import load_menu
from baixing.network.actions import load_tree
from baixing.network.models import Unit
from baixing.notices.actions import read_all, send_nothing_of
from baixing.orders import actions as orders
from baixing.people.models import Person

Say = Callable[[str], None]


def seed(*, at: datetime, say: Say) -> bool:
    """Make the demo city once; False when it is there already."""
    if Person.objects.filter(demo=True).exists():
        return False
    dice = Random(1858)  # noqa: S311 - the same invented city each time, nothing secret
    with transaction.atomic():
        load_tree(at)
        load_menu(Unit.objects.get(tier=4))
        orders.load_reasons()
        themes(at)
        say("units and staff")
        dress(dice, at)
        staff(dice, at)
        say("teams")
        teams(dice, at)
        company = cast(dice, at)
        our_team(company, dice, at)
        join_teams(company, dice, at)
        say("activities")
        activities(company, at)
        matters(company, at)
        say("venues")
        venues(company, at)
        say("orders")
        work(company, dice, at)
        say("hours")
        hours(company, at)
        evening(company, dice, at)
    orders.tick(at=at)
    orders.tell_facts(at=at)
    for person in company.roles.values():  # what is older than a day has been read
        read_all(person, by=person, at=at - timedelta(days=1))
    send_nothing_of(at)
    return True
