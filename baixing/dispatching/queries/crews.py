"""The teams of a month, as they are or as somebody asks; and which of its orders each can serve.

Who may serve what is the rule of `orders.queries.fitting`, without what the months behind have filled: room and days
off are told apart, and how often a team said no is asked nowhere. A test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Prefetch, Q
from numpy.typing import NDArray

from baixing.dispatching.rules.changes import WEEK, Changes, More
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.schedule.models import Session
from baixing.schedule.queries import days_off
from baixing.teams.models import IS_OFF, Licence, Membership, Team
from baixing.teams.queries import short_of_people

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Paper = tuple[int, date, date]  # kind, first and last day
NEW = "new-"  # + a number: the key of a team that there might be
EVERY_DAY = frozenset(range(WEEK))


@dataclass(frozen=True)
class Crew:
    """One team, or one that there might be: `team` is its key, 0 where there is none."""

    key: str
    team: int
    home: Unit
    area: str  # the path under which it comes everywhere
    skills: frozenset[int]
    a_day: int
    a_week: int
    papers: tuple[Paper, ...] | None = ()  # None: whatever is asked for
    speaks: frozenset[str] | None = None  # None: whatever is asked for
    people: frozenset[int] = frozenset()  # who serve in it, of those who ordered
    week: frozenset[int] = EVERY_DAY
    off: frozenset[date] = frozenset()
    booked: Mapping[date, int] = field(default_factory=dict)  # what it did beside these orders
    rests: bool = False  # it goes nowhere; its row stays, for somebody may have asked for it

    def serves(self, order: Order, kind: int | None, first: date, last: date) -> bool:
        """Whether nobody of it has ordered this, and its licence, if one is asked for, holds on each of these days."""
        if order.resident_id in self.people:
            return False
        if kind is None or self.papers is None:
            return True
        return any(own == kind and begins <= first and last <= ends for own, begins, ends in self.papers)


def crews(orders: Sequence[Order], named: Iterable[int], first: date, days: int) -> list[Crew]:
    """The teams on duty that know a craft that was asked for, and those that are named, each once."""
    crafts = {order.item.skill_id for order in orders if order.item}
    active = Team.objects.active().filter(~IS_OFF | Q(pk__in=named), skills__in=crafts).distinct()
    papers = Prefetch("licences", Licence.objects.order_by("pk"))
    teams = list(active.select_related("home__parent").prefetch_related(papers).order_by("pk"))
    knows, people = _knows(teams), _people(teams, orders)
    off, booked = _off(teams, first, days), _booked(teams, orders, first, days)
    return [
        Crew(
            key=str(team.pk),
            team=team.pk,
            home=team.home,
            area=team.area(),
            skills=knows.get(team.pk, frozenset()),
            a_day=team.day_capacity,
            a_week=team.week_capacity,
            papers=tuple((one.kind_id, one.valid_from, one.valid_until) for one in team.licences.all()),
            speaks=frozenset(team.speeches),
            people=people.get(team.pk, frozenset()),
            off=off.get(team.pk, frozenset()),
            booked=booked.get(team.pk, {}),
            rests=not team.on_duty,
        )
        for team in teams
    ]


def changed(found: Sequence[Crew], changes: Changes, homes: Mapping[int, Unit]) -> list[Crew]:
    """These with the changes. What a team is asked to do counts whether it is on duty now or not."""
    hours = {one.team: one for one in changes.hours}
    told = []
    for crew in found:
        if crew.team in changes.away:
            told.append(replace(crew, rests=True))
        elif one := hours.get(crew.team):
            a_day, a_week = one.a_day or crew.a_day, one.a_week or crew.a_week
            week = frozenset(one.days)
            told.append(replace(crew, week=week, off=frozenset(), a_day=a_day, a_week=a_week, rests=False))
        else:
            told.append(crew)
    return told + _more(changes.more, homes)


def _more(more: Iterable[More], homes: Mapping[int, Unit]) -> list[Crew]:
    wanted = [one for one in more for _ in range(one.count)]
    return [
        Crew(
            key=f"{NEW}{number}",
            team=0,
            home=homes[one.home],
            area=Team(home=homes[one.home], reach=one.reach).area(),
            skills=frozenset({one.skill}),
            a_day=one.a_day,
            a_week=one.a_week,
            papers=None,
        )
        for number, one in enumerate(wanted, 1)
    ]


class Fitting:
    """Who has too few people on duty for what takes so many: asked once for both sides."""

    def __init__(self, orders: Sequence[Order], found: Sequence[Crew], today: date) -> None:
        teams = list(Team.objects.filter(pk__in=[crew.team for crew in found if crew.team]))
        self._short = {n: short_of_people(teams, n, today) for n in {order.people_needed for order in orders}}

    def able(
        self, orders: Sequence[Order], crews: Sequence[Crew], days: Sequence[tuple[date, date]]
    ) -> tuple[Flags, Rows]:
        """A column for each set of crews that serves an order; and the column of each order."""
        near = _Near(crews)
        columns: dict[tuple[int, ...], int] = {}
        item = np.zeros(len(orders), np.int64)
        for number, (order, (first, last)) in enumerate(zip(orders, days, strict=True)):
            skill, kind = (order.item.skill_id, order.item.licence_id) if order.item else (0, None)
            short = self._short[order.people_needed]
            some = [(row, crews[row]) for row in near.to(skill, order.station)]
            rows = tuple(row for row, crew in some if crew.team not in short and crew.serves(order, kind, first, last))
            item[number] = columns.setdefault(rows, len(columns))
        serves = np.zeros((len(crews), len(columns)), bool)
        for rows, column in columns.items():
            serves[list(rows), column] = True
        return serves, item


class _Near:
    """Which rows know a craft and come to a village, found by the paths above it."""

    def __init__(self, crews: Sequence[Crew]) -> None:
        self._by_area: dict[tuple[int, str], list[int]] = {}
        self._at_home: dict[tuple[int, int], list[int]] = {}
        self._found: dict[tuple[int, int], list[int]] = {}
        for row, crew in enumerate(crews):
            for skill in crew.skills:
                self._by_area.setdefault((skill, crew.area), []).append(row)
                self._at_home.setdefault((skill, crew.home.pk), []).append(row)

    def to(self, skill: int, station: Unit) -> list[int]:
        key = (skill, station.pk)
        if key not in self._found:
            rows = {row for path in station.line() for row in self._by_area.get((skill, path), ())}
            self._found[key] = sorted(rows.union(self._at_home.get(key, ())))
        return self._found[key]


def _knows(teams: Sequence[Team]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    rows = Team.skills.through.objects.filter(team__in=[team.pk for team in teams])
    for team, skill in rows.values_list("team_id", "skill_id"):
        found.setdefault(team, set()).add(skill)
    return {team: frozenset(skills) for team, skills in found.items()}


def _people(teams: Sequence[Team], orders: Sequence[Order]) -> dict[int, frozenset[int]]:
    residents = {order.resident_id for order in orders}
    found = {team.pk: {team.leader_id} & residents for team in teams}
    members = Membership.objects.members().filter(team__in=found)
    for team, person in members.values_list("team_id", "person_id"):
        if person in residents:
            found[team].add(person)
    return {team: frozenset(people) for team, people in found.items() if people}


def _off(teams: Sequence[Team], first: date, days: int) -> dict[int, frozenset[date]]:
    found: dict[int, set[date]] = {}
    for team, day in days_off(teams, first, days):
        found.setdefault(team, set()).add(day)
    return {team: frozenset(some) for team, some in found.items()}


def _booked(teams: Sequence[Team], orders: Sequence[Order], first: date, days: int) -> dict[int, dict[date, int]]:
    """What they held in these days, less the visits of these very orders."""
    begin, own = datetime.combine(first, time.min, LOCAL), {order.visit_id for order in orders}
    held = Session.objects.live().between(begin, begin + timedelta(days=days))
    found: dict[int, dict[date, int]] = {}
    some = held.filter(team__in=[team.pk for team in teams]).values_list("pk", "team_id", "start")
    for session, team, start in some:
        if team and session not in own:
            day = start.astimezone(LOCAL).date()
            by_day = found.setdefault(team, {})
            by_day[day] = by_day.get(day, 0) + 1
    return found
