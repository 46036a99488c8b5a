"""Teams of a list: new ones with their leaders, and what changes about those that are there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from baixing.exchange.queries.cells import BAD, CHANGED, NEW, SAME, Cells, Checked
from baixing.exchange.queries.columns import form_of, plain
from baixing.exchange.queries.places import Places
from baixing.exchange.queries.table import Row
from baixing.kernel.calendar import LOCAL
from baixing.kernel.seal import blind
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.people.queries import needs_guardian
from baixing.people.rules import plain_name
from baixing.teams.actions import TeamFacts
from baixing.teams.models import Skill, Team

FORM: Final = form_of("teams")
MOST_A_DAY, MOST_A_WEEK = 50, 300  # visits


@dataclass(frozen=True)
class TeamDeed:
    """A team to be founded with its leader, or one that is there and what it says about itself from now on."""

    home: Unit
    facts: TeamFacts
    leader: Person | None
    team: Team | None
    before: TeamFacts | None


class TeamsCheck:
    """Knows the teams at home under the unit, and those of the rows before."""

    def __init__(self, scope: Unit, _by: Person, at: datetime, _rows: list[Row]) -> None:
        self.scope, self.today = scope, at.astimezone(LOCAL).date()
        self.places = Places(scope)
        self.skills = skills_by_name()
        teams = Team.objects.at_home_in(scope).select_related("home", "leader").prefetch_related("skills")
        self.teams = {(team.home_id, team.name): team for team in teams}
        self.first: dict[tuple[int, str], int] = {}

    def some(self, rows: list[Row]) -> list[Checked]:
        read = [self._read(row) for row in rows]
        known = _people([phone for _checked, _cells, phone in read if phone])
        return [self._judge(checked, cells, known.get(blind(phone), [])) for checked, cells, phone in read]

    def _read(self, row: Row) -> tuple[Checked, Cells, str]:
        checked = Checked(row)
        cells = Cells(row, FORM, checked)
        return checked, cells, cells.phone("phone")

    def _judge(self, checked: Checked, cells: Cells, behind: list[Person]) -> Checked:
        name = cells.text("name")
        home = self.places.unit(cells, "home") if "home" in cells else self.scope
        team = self.teams.get((home.pk, name)) if home else None
        before = facts_of(team) if team else None
        facts = self._facts(cells, name, before or TeamFacts(name))
        leader = self._leader(cells, team, behind)
        if home is None or not name:
            return checked
        first = self.first.setdefault((home.pk, name), checked.row.number)
        if first != checked.row.number:
            checked.fault("name", _("Row %(row)s says the same. Delete one of the two.") % {"row": first})
        if team and not team.active:
            checked.fault("name", _("This team is closed. Reopen it on its page first, or take out this row."))
        if checked.verdict != BAD:
            checked.verdict = NEW if team is None else SAME if facts == before else CHANGED
            checked.deed = TeamDeed(home, facts, leader, team, before)
        return checked

    def _facts(self, cells: Cells, name: str, base: TeamFacts) -> TeamFacts:
        """What the row says; what it leaves empty stays as it is."""
        skills = cells.named("skills", self.skills)
        reach = cells.choice("reach")
        day, week = cells.number("day_capacity", 1, MOST_A_DAY), cells.number("week_capacity", 1, MOST_A_WEEK)
        about = cells.text("about")
        day = day or base.day_capacity
        week = week or max(base.week_capacity, day)
        if week < day:
            cells.fault("week_capacity", _("This is less than in one day."))
        return replace(
            base,
            name=name,
            about=about or base.about,
            reach=int(reach) if reach else base.reach,
            skills=tuple(sorted((one for one in skills if isinstance(one, Skill)), key=lambda one: one.pk)),
            day_capacity=day,
            week_capacity=week,
        )

    def _leader(self, cells: Cells, team: Team | None, behind: list[Person]) -> Person | None:
        """Who leads a new team. Who leads one that is there is not changed by a list."""
        name = cells.text("leader")
        if team:
            if name and plain_name(name) != plain_name(team.leader.name):
                cells.checked.notes.append(_("The team keeps its leader. Hand over the lead on the page of the team."))
            return None
        if "phone" not in cells:
            cells.fault("phone", _("A new team needs the phone of its leader."))
            return None
        called = [person for person in behind if not name or plain_name(person.name) == plain_name(name)]
        if len(called) != 1:
            if not any(fault.column == "phone" for fault in cells.checked.faults):
                cells.fault("leader", _nobody(called))
            return None
        if needs_guardian(called[0], self.today):
            cells.fault("leader", _("Under 14, a guardian must say yes first. Name somebody else."))
        return called[0]


def facts_of(team: Team) -> TeamFacts:
    return TeamFacts(
        name=team.name,
        about=team.about,
        reach=team.reach,
        speaks=team.speaks,
        skills=tuple(sorted(team.skills.all(), key=lambda one: one.pk)),
        day_capacity=team.day_capacity,
        week_capacity=team.week_capacity,
    )


def skills_by_name() -> dict[str, object]:
    """By Chinese name, English name and slug."""
    found: dict[str, object] = {}
    for skill in Skill.objects.all():
        found |= {plain(name): skill for name in (skill.slug, skill.name_en, skill.name) if name}
    return found


def _nobody(called: list[Person]) -> str:
    if called:
        return _("Several people use this phone. Write the name of the leader too.")
    return _("Nobody of this name has this phone here. Bring the person in with a list of people first.")


def _people(phones: list[str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for person in Person.objects.living().filter(phone_index__in={blind(phone) for phone in phones}).order_by("pk"):
        found[person.phone_index].append(person)
    return found
