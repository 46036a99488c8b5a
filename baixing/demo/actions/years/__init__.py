"""Two years of a whole city: 68,000 sessions and two million sign-ups, each with all that its life leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from baixing.demo.actions.years.activities import Activities
from baixing.demo.actions.years.doors import Doors
from baixing.demo.actions.years.hours import Ledger, publish
from baixing.demo.actions.years.lines import Journal
from baixing.demo.actions.years.living import Life, Occurrence
from baixing.demo.actions.years.people import People, Settlers
from baixing.demo.actions.years.plan import Planner
from baixing.demo.actions.years.scale import CITY, Scale
from baixing.demo.actions.years.tables import Shelf, bare, settle
from baixing.demo.actions.years.told import Told
from baixing.demo.rules import Stage
from baixing.hours.models import HoursClaim, HoursEntry, Record
from baixing.journal.models import Entry, Words
from baixing.kernel import editions
from baixing.network.models import Home, Unit
from baixing.notices.models import Notice, Outgoing
from baixing.people.models import Consent, Guardianship, Person
from baixing.programme.models import Activity, Occasion
from baixing.schedule.models import Attendance, Role, Session, Signup
from baixing.teams.models import Membership, Volunteer

WRITTEN = (  # each after those that it names
    Person, Home, Consent, Guardianship, Volunteer, Membership, Session, Role, Signup, Attendance, Activity, Occasion,
    HoursClaim, HoursEntry, Record, Notice, Outgoing, Entry, Words,
)  # fmt: skip
EVERY = 500  # sessions or claims between two words on how far it is
Tell = Callable[[Stage, float], None]

__all__ = ["CITY", "Scale", "live_through"]


def live_through(scale: Scale, *, at: datetime, tell: Tell) -> None:
    """In the transaction of the caller: all of it, or nothing."""
    dice = Random(68_000)  # noqa: S311 - the same invented city each time, nothing secret
    villages = list(Unit.objects.tier(1).order_by("path").select_related("parent")[: scale.villages])
    journal = Journal(Shelf(*WRITTEN), dice)
    with bare(*WRITTEN):
        people = Settlers(scale, at, dice, journal).settle(villages, lambda share: tell(Stage.RESIDENTS, share))
        _live(Planner(scale, at, dice), villages, people, journal, tell)
        journal.shelf.flush()
        tell(Stage.INDEXES, 0)
    settle()
    tell(Stage.ROOTS, 0)
    publish(at)
    while editions.sweep():
        pass


def _live(planner: Planner, villages: Sequence[Unit], people: People, journal: Journal, tell: Tell) -> None:
    now, dice = planner.now, planner.dice
    life, told, activities = Life(now, people, journal, dice), Told(now, journal.shelf), Activities(now, journal, dice)
    doors = Doors(life)
    held = planner.sessions(villages)
    activities.number(planner.groups(held))
    lived: dict[int, Occurrence] = {}
    for number, one in enumerate(held):
        one.key = next(life.sessions.keys)
        found = life.begin(one)
        doors.go_on(found)
        life.write(found)
        doors.write()
        if one.start > now and not one.called_off:
            told.tell(found)
        found.signups = {}
        lived[one.key] = found
        if number % EVERY == 0:
            tell(Stage.SESSIONS, number / len(held))
    activities.write(lived)
    for number in Ledger(now, journal, dice).enter(doors.services):
        if number % EVERY == 0:
            tell(Stage.HOURS, number / len(doors.services))
